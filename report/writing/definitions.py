"""Numbers that are definitions: phrases, by language, each with what it means and the pages where it may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.texts import read_text
from report.writing.page import Problem
from report.writing.wording import Wording

FILE = "definitions.toml"
KEYS = {"meaning": str, "phrases": list, "pages": list}


@dataclass(frozen=True)
class Definition:
    """What is defined, in which phrases, and on which pages, such as "findings/duration"; everywhere if on none."""

    meaning: str
    phrases: tuple[str, ...]
    pages: tuple[str, ...]

    def is_for(self, page: str) -> bool:
        """Whether its phrases may stand on a page."""
        return not self.pages or page in self.pages


def read_definitions(path: Path) -> list[Definition]:
    """The definitions of a file, none if it is not there.

    Raises:
        ContentError: no TOML, a key missing or unknown.
    """
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    tables = (read_toml(path, name) or {}).get("definition", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ContentError("there are no definitions", name, "each is a table under [[definition]]")
    found = []
    for number, table in enumerate(tables, 1):
        where = f"{name} (definition {number})"
        for key, value in table.items():
            if key not in KEYS or type(value) is not KEYS[key]:
                raise ContentError(f"`{key}` is not a key of a definition, or of the wrong type", where)
        if len(str(table.get("meaning", "")).split()) < 3 or not table.get("phrases"):
            raise ContentError("a definition has a `meaning`, a sentence, and `phrases`", where)
        found.append(Definition(table["meaning"], tuple(table["phrases"]), tuple(table.get("pages", ()))))
    return found


def definition_problems(path: Path, known: Sequence[Definition], wording: Wording) -> list[Problem]:
    """Phrases without a word, without a number, or there twice."""
    found, seen = [], set()
    for phrase in (phrase for definition in known for phrase in definition.phrases):
        if not re.search(r"[^\W\d_]{2}", phrase):
            hint = "a number by itself would be let through wherever it stands"
            found.append(Problem(line_of(path, phrase), f"“{phrase}” has no word beside its number", hint))
        elif next(wording.numbers(wording.masked(phrase)[0]), None) is None:
            found.append(
                Problem(line_of(path, phrase), f"“{phrase}” has no number in it", "it may stand without being defined")
            )
        if phrase in seen:
            found.append(Problem(line_of(path, phrase), f"“{phrase}” is defined twice"))
        seen.add(phrase)
    return found


def idle_problems(path: Path, known: Sequence[Definition], used: Iterable[str]) -> list[Problem]:
    """Phrases that no page uses any more."""
    phrases = [phrase for definition in known for phrase in definition.phrases if phrase not in used]
    hint = "take it out"
    return [Problem(line_of(path, phrase), f"“{phrase}” stands on no page any more", hint) for phrase in phrases]


def line_of(path: Path, phrase: object) -> str:
    """The line of a file where a phrase stands first, as errors name it."""
    text, name = read_text(path), f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    at = text.find(f'"{phrase}"')
    return f"{name}:{text.count(chr(10), 0, at) + 1}" if at >= 0 else name
