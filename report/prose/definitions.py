"""Figures that are definitions: the phrases of content/definitions.toml, each with what it means.

A scale, a band or a limit is no finding, and no fact could change it. It is written as a phrase of words, so that the
number by itself, or beside other words, stays a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.texts import read_text
from report.prose.wording import figures, masked

FILE = "definitions.toml"
KEYS = {"meaning": str, "phrases": list, "pages": list}


@dataclass(frozen=True)
class Definition:
    """What is defined, in which phrases, and on which pages (path in content/ without `.md`) these may stand."""

    meaning: str
    phrases: tuple[str, ...]
    pages: tuple[str, ...]

    def is_for(self, page: str) -> bool:
        """Whether its phrases may stand on a page, such as "findings/duration"."""
        return not self.pages or page in self.pages


def read_definitions(content: Path) -> list[Definition]:
    """The definitions of `content`, none if it has no file of them.

    Raises:
        ContentError: no TOML, a key missing or unknown, a page that isn't there, a phrase without a figure or without
            a word, or one that is there twice.
    """
    path = content / FILE
    name = f"{content.name}/{FILE}"
    tables = (read_toml(path, name) or {}).get("definition", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ContentError("there are no definitions", name, "each is a table under [[definition]]")
    found: list[Definition] = []
    for number, table in enumerate(tables, 1):
        where = f"{name} (definition {number})"
        for key, value in table.items():
            if key not in KEYS or type(value) is not KEYS[key]:
                raise ContentError(f"`{key}` is not a key of a definition, or of the wrong type", where)
        if len(str(table.get("meaning", "")).split()) < 3 or not table.get("phrases"):
            raise ContentError("a definition has a `meaning`, a sentence, and `phrases`", where)
        definition = Definition(table["meaning"], tuple(table["phrases"]), tuple(table.get("pages", ())))
        for page in definition.pages:
            if not any((content / name).is_file() for name in (f"{page}.md", f"{page}.toml", f"en/{page}.md")):
                raise ContentError(f"there is no page `{page}`", where, "a page is named by its path without `.md`")
        for phrase in definition.phrases:
            _check_phrase(phrase, [other for known in found for other in known.phrases], path)
        found.append(definition)
    return found


def check_used(definitions: Sequence[Definition], used: Iterable[str], content: Path) -> None:
    """Raises ContentError for a phrase that no page uses any more."""
    path = content / FILE
    idle = [phrase for definition in definitions for phrase in definition.phrases if phrase not in used]
    if idle:
        more = [f"{_line(path, phrase)}: “{phrase}”" for phrase in idle[1:]]
        raise ContentError(f"“{idle[0]}” stands on no page any more", _line(path, idle[0]), "take it out", more)


def _check_phrase(phrase: object, others: Sequence[str], path: Path) -> None:
    if not isinstance(phrase, str) or not re.search(r"[^\W\d_]{2}", phrase):
        hint = "a figure by itself would be let through wherever it stands"
        raise ContentError(f"“{phrase}” has no word beside its figure", _line(path, phrase), hint)
    if next(figures(masked(phrase)[0]), None) is None:
        hint = "it may stand without being defined"
        raise ContentError(f"“{phrase}” has no figure in it", _line(path, phrase), hint)
    if phrase in others:
        raise ContentError(f"“{phrase}” is defined twice", _line(path, phrase))


def _line(path: Path, phrase: object) -> str:
    text, name = read_text(path), f"{path.parent.name}/{path.name}"
    at = text.find(f'"{phrase}"')
    return f"{name}:{text.count(chr(10), 0, at) + 1}" if at >= 0 else name
