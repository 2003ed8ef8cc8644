"""Pages from the store: each is kept under all that its template was given, so a sentence costs one page.

Nothing is declared: the key is made of the values themselves, of the templates, and of the code behind both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import meta
from jinja2.bccache import Bucket

from report.code import code_of, environment
from report.folders import files_below
from report.pages.values import NotAValue, Values
from report.settings import Settings
from report.store import Store, fingerprint
from report.texts import ENCODING

# All that renders templates, and what compiles them.
RENDERED_BY, COMPILED_BY = "report.outputs:render_site", "report.pages.markup:Press"


class KeptPages:
    """Rendered templates in the store.

    Args:
        templates: folder of the templates; its `static/` is copied, not rendered.
        environment: that renders them.
        names: what every template can use. Those count that it does use, or that one it is made with does; what they
            hold may change from page to page, so it is looked at for each.
    """

    def __init__(
        self, store: Store, templates: Path, environment: jinja2.Environment, names: Mapping[str, object]
    ) -> None:
        self._store = store
        files = {path.relative_to(templates).as_posix(): path for path in files_below(templates)}
        self._texts = {
            name: path.read_text(ENCODING, "replace") for name, path in files.items() if not name.startswith("static/")
        }
        self._environment = environment
        self._names = names
        self._values = Values()

    def page(self, name: str, values: Mapping[str, object], render: Callable[[], str]) -> str:
        """What `render` gives for the template `name` with these values, rendered only if it isn't in the store."""
        try:
            used = {other: _counting(self._names[other]) for other in self._used.get(name, ()) if other in self._names}
            key = fingerprint("page", self._common, name, self._values.text(used), self._values.text(values))
        except (NotAValue, jinja2.TemplateSyntaxError):
            # A template that cannot be parsed is an error where it is rendered, with its place.
            return render()
        what = f"{name.removesuffix('.html')} {values.get('path', '')}".rstrip()
        return self._store.keep_bytes(key, ".page", lambda: render().encode(), what).decode()

    @cached_property
    def _common(self) -> str:
        """Fingerprint of what all pages depend on: the templates and the code behind them."""
        code = code_of(self._store, RENDERED_BY)
        return fingerprint(code, environment(), *(part for pair in self._texts.items() for part in pair))

    @cached_property
    def _used(self) -> dict[str, list[str]]:
        """The names that each template takes from outside, by itself or by those it includes, extends and imports."""

        def look() -> bytes:
            parsed = {name: self._environment.parse(text, name) for name, text in self._texts.items()}
            names = {name: meta.find_undeclared_variables(tree) for name, tree in parsed.items()}
            others = {name: [*meta.find_referenced_templates(tree)] for name, tree in parsed.items()}
            used = {}
            for name in parsed:
                # None stands for a template whose name is worked out: any of them.
                waiting, met = [name], set()
                while waiting:
                    other = waiting.pop()
                    if other not in met:
                        met.add(other)
                        waiting += parsed if other is None else others.get(other, [])
                used[name] = sorted(set().union(*(names.get(other, set()) for other in met)))
            return json.dumps(used).encode()

        code = code_of(self._store, "report.pages.kept:KeptPages._used", "report.language:environment")
        key = fingerprint("names in templates", code, *(part for pair in self._texts.items() for part in pair))
        return json.loads(self._store.keep_bytes(key, ".json", look, "names in templates"))


def _counting(value: object) -> object:
    """What of a name's value counts: of the settings, those that a site depends on."""
    return value.told if isinstance(value, Settings) else value


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """What Jinja compiled, in the store; compiling takes most of the time of a build that has to."""

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
