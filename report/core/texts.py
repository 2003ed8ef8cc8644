"""Text files that people write: UTF-8, with or without the mark that editors of Windows put before it."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

# The language that the site is in.
LANGUAGE = "en"
# For `open`, where a file is read line by line.
ENCODING = "utf-8-sig"


def read_text(path: Path) -> str:
    """The text of a file, without a mark.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    return path.read_text(encoding=ENCODING)


def for_spreadsheets(data: bytes) -> bytes:
    """A CSV with the mark by which Excel knows UTF-8; as it is where it has one, or is plain ASCII."""
    return data if data.isascii() or data.startswith(BOM_UTF8) else BOM_UTF8 + data
