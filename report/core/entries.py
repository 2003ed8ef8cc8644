"""Content in TOML: read, its tables listed, its keys checked; every error says in which file and entry."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.texts import read_text


def read_toml(path: Path, where: object) -> dict[str, object] | None:
    """What the file holds; None where there is none.

    Raises:
        ContentError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(read_text(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ContentError(f"this cannot be read: {error.strerror}", where) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"this is not TOML: {error}", where) from error


def entries(tables: Mapping, name: str, place: str) -> list[tuple[Mapping, str]]:
    """The tables under [[name]], each with its place for errors."""
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise ContentError(f"`{name}` is not a list of tables", place, f"each is a table under [[{name}]]")
    return [(table, f"{place} [[{name}]] {number}") for number, table in enumerate(found, 1)]


def check_keys(table: Mapping, known: Sequence[str], where: str, required: Sequence[str] = ()) -> None:
    """Raises ContentError for a key that is not `known`, or one `required` that is missing."""
    for key in table:
        if key not in known:
            raise ContentError(f"`{key}` is not a key here", where, suggest(key, known) or f"known: {', '.join(known)}")
    for key in required:
        if key not in table:
            raise ContentError(f"`{key}` is missing", where)


def text_of(table: Mapping, key: str, where: str) -> str:
    """A text that is not empty, its white space as single spaces."""
    if not isinstance(table[key], str) or not table[key].strip():
        raise ContentError(f"`{key}` is not a text", where)
    return " ".join(table[key].split())
