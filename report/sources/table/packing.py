"""What a file is, by its first bytes and not by its name, and the table inside a packed one."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from report.core.errors import SourceError

HEAD = 2**16
TABLES = (".csv", ".tsv", ".txt", ".tab", ".psv")
PACKED = {"gzip": ".gz", "zip": ".zip", "bzip2": ".bz2", "xz": ".xz"}
SQLITE = "an SQLite database"
FIRST_BYTES = {
    b"PAR1": "parquet",
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a file packed by zstd",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an Excel book (.xls)",
    b"SQLite format 3\x00": SQLITE,
    b"ARROW1": "an Arrow (Feather) file",
    b"Obj\x01": "an Avro file",
    b"ORC": "an ORC file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
LFS = "a pointer of Git LFS"
MARKUP = {
    b"version https://git-lfs": LFS,
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<?xml": "XML",
    b"{": "JSON",
    b"[": "JSON",
}
ADVICE = {
    "an Excel book": "save it as “CSV UTF-8” in Excel, and give that file",
    "an OpenDocument spreadsheet": "save it as CSV, and give that file",
    SQLITE: "give the folder of an archive that it is in, or export its tracks as CSV",
    "a web page": "the download gave a page instead of the data: fetch the file again",
    "JSON": "convert it to CSV or Parquet",
    LFS: "the data itself was not fetched: run `git lfs pull` in its folder",
}
FAULTS = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError, NotImplementedError)


def kind_of(path: Path) -> str:
    """ "parquet", "text", the way it is packed ("gzip", "zip", "bzip2", "xz"), or what it is in words."""
    with path.open("rb") as file:
        return _kind(file.read(512))


def _kind(head: bytes) -> str:
    for start, kind in FIRST_BYTES.items():
        if head.startswith(start):
            return kind
    words = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((kind for start, kind in MARKUP.items() if words.startswith(start)), "text")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a table of text, unpacked.

    Raises:
        SourceError: it is something else, or cannot be unpacked.
    """
    kind = kind_of(path)
    try:
        if kind == "zip":
            with zipfile.ZipFile(path) as packed, packed.open(_table_in(packed, path)) as file:
                yield _of_text(file, path, "the file in this zip")
            return
        openers = {"text": open, "gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
        if kind not in openers:
            raise refusal(kind, path)
        with openers[kind](path, "rb") as file:
            yield file if kind == "text" else _of_text(file, path, f"what this {kind} file holds")
    except PermissionError:
        raise
    except FAULTS as error:
        hint = "it may be truncated: fetch it again" if kind != "text" else None
        if isinstance(error, RuntimeError):
            hint = "unpack it, and give the file that it holds"
        raise SourceError(f"this file cannot be read: {error}", path, hint) from error


def _of_text(file: BinaryIO, path: Path, what: str) -> BinaryIO:
    """The file, if it holds text; a packed book or picture is told."""
    buffered = io.BufferedReader(file, HEAD) if not hasattr(file, "peek") else file
    kind = _kind(buffered.peek(512)[:512])
    if kind != "text":
        raise SourceError(f"{what} is {_words(kind)}", path, "unpack it, and give the file that it holds")
    return buffered


def _table_in(packed: zipfile.ZipFile, path: Path) -> str:
    names = [name for name in packed.namelist() if not name.endswith("/")]
    if any(name.startswith(("xl/", "[Content_Types]")) for name in names):
        raise refusal("an Excel book (.xlsx)", path)
    if "mimetype" in names and "content.xml" in names:
        raise refusal("an OpenDocument spreadsheet", path)
    own = [name for name in names if not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith(".")]
    tables = [name for name in own if name.lower().endswith(TABLES)] or (own if len(own) == 1 else [])
    if len(tables) != 1:
        shown = ", ".join(own[:10]) or "nothing"
        raise SourceError(
            "this is a zip with more than one table in it" if tables else "this is a zip without a table in it",
            path,
            f"unpack it, and give one of its files; it holds {shown}",
        )
    return tables[0]


def _words(kind: str) -> str:
    return {"parquet": "a Parquet file"}.get(kind, f"packed by {kind}" if " " not in kind and kind.islower() else kind)


def refusal(kind: str, path: Path, expected: str = "a table of tracks") -> SourceError:
    """The error of the family for a file that is something else than was expected."""
    hint = next((advice for start, advice in ADVICE.items() if kind.startswith(start)), None)
    words = _words(kind)
    default = "unpack it, and give the file that it holds" if "packed" in words or "archive" in kind else None
    message = f"this is {words}, not {expected}"
    return SourceError(message, path, hint or default or "give a CSV or Parquet file of tracks")
