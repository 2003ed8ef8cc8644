"""The folder that this machine and an engine elsewhere both see: there staging tables lie, as Parquet.

A staging table is there when the note of its key is: what was half-written has none. Each attempt writes to a folder of
its own, since an engine may go on with what it was asked by a run that was killed.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pyarrow import fs

from report.cache.store import StoreError, explain_os_error
from report.core.errors import SettingsError

ADDRESS = re.compile(r"([a-z][a-z0-9]+)://", re.IGNORECASE)
# An engine would take these in a name for a pattern, or for what an address is made of.
UNFIT = set("*?[]{}\\%#")
OPTION = "--shared"


class Made(NamedTuple):
    """A staging table.

    Attributes:
        folder: its name in the shared folder.
        schema: as the engine writes it down; a table without rows may be no file at all.
        rows: how many it has.
    """

    folder: str
    schema: str
    rows: int


class Shared:
    """A shared folder: of this machine's file system, or at an address such as s3://BUCKET/FOLDER.

    Raises:
        SettingsError: its name cannot be used, or nothing answers there.
    """

    def __init__(self, place: str) -> None:
        self.address = checked_address(place, OPTION)
        self._files, self._root = file_system(self.address, OPTION)
        try:
            self._files.create_dir(self._root, recursive=True)
        except OSError as error:
            raise self.explain(error) from error

    def within(self, name: str) -> str:
        """The address of what has this name."""
        return f"{self.address.rstrip('/')}/{name}"

    def keep(self, key: str, make: Callable[[str], tuple[str, int]]) -> tuple[Made, bool]:
        """The staging table of a key, as it is if it is there, else made; and whether it was made.

        Args:
            make: writes it to the folder of this name, and gives its schema and how many rows it has.

        Raises:
            StoreError: the folder cannot be written.
        """
        note = f"{self._root}/{key}.json"
        try:
            there = self._read(note)
            if there:
                return there, False
            folder = f"{key[:32]}-{uuid.uuid4().hex[:8]}.parquet"
            try:
                made = Made(folder, *make(folder))
                self.write(f"{key}.json", json.dumps(made).encode())
            except BaseException:
                with suppress(OSError):
                    self._files.delete_dir(f"{self._root}/{folder}")
                raise
            return made, True
        except OSError as error:
            raise self.explain(error) from error

    def write(self, name: str, content: bytes) -> None:
        """Write a small file, whole or not at all."""
        path = f"{self._root}/{name}"
        temporary = f"{path}.{uuid.uuid4().hex[:8]}.part"
        try:
            with self._files.open_output_stream(temporary) as file:
                file.write(content)
            self._files.move(temporary, path)
        except OSError as error:
            with suppress(OSError):
                self._files.delete_file(temporary)
            raise self.explain(error) from error

    def _read(self, note: str) -> Made | None:
        if self._files.get_file_info(note).type != fs.FileType.File:
            return None
        with self._files.open_input_stream(note) as file:
            made = Made(*json.loads(file.read()))
        there = self._files.get_file_info(f"{self._root}/{made.folder}").type != fs.FileType.NotFound
        # Of a table without rows there may be nothing but the note.
        return made if there or not made.rows else None

    def explain(self, error: OSError) -> StoreError:
        """The error of the family for a folder that cannot be written."""
        return explain_os_error(error, self.address, OPTION)


def checked_address(place: str, where: str) -> str:
    """A place as an address: of this machine's file system with `file://` and whole.

    Raises:
        SettingsError: its name has characters that mean something in addresses.
    """
    unfit = sorted(UNFIT & set(place))
    if unfit:
        message = f"an engine would not take `{''.join(unfit)}` in `{place}` for a part of a name"
        raise SettingsError(message, where, "rename the folder, or link to it")
    return place if ADDRESS.match(place) else f"file://{Path(place).expanduser().resolve()}"


def file_system(address: str, where: str) -> tuple[fs.FileSystem, str]:
    """The file system of an address, and the path in it.

    Raises:
        SettingsError: there is none of that kind, or nothing answers.
    """
    if address.startswith("file://"):
        return fs.LocalFileSystem(), address.removeprefix("file://")
    try:
        return fs.FileSystem.from_uri(address)
    except (OSError, ValueError) as error:
        said = str(error).splitlines()[0]
        hint = "give a path, s3://BUCKET/FOLDER or hdfs://HOST:PORT/FOLDER; docs/cluster.md says what each needs"
        raise SettingsError(f"`{address}` cannot be reached: {said}", where, hint) from error
