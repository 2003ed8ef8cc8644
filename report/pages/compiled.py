"""Templates as Jinja compiled them, from the store: compiling takes most of the time of a build that has to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from report.cache.code import code_of
from report.cache.store import Store, fingerprint

COMPILED_BY = "report.pages.markup:Press"


class TemplateFiles(jinja2.FileSystemLoader):
    """Templates, named from their folder's own name on: what is compiled of them holds wherever the project lies."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._name = folder.name

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        text, _, is_current = super().get_source(environment, template)
        return text, f"{self._name}/{template}", is_current


class CompiledTemplates(FileSystemBytecodeCache):
    """What Jinja compiled, in the store."""

    def __init__(self, store: Store) -> None:
        super().__init__(str(store.folder / "templates"))
        self._store = store
        self._code = code_of(store, COMPILED_BY)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Jinja compiles in how an environment is set, and what filters make of what cannot change.
        return fingerprint(self._code, name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        self._store.used.add(Path(self._get_cache_filename(bucket)))
        super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        # What cannot be kept is compiled again next time.
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
