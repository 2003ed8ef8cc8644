"""Figures that are definitions: the phrases of content/en/definitions.toml, each with what it means.

A scale, a band or a limit is no finding, and no fact could change it. It is written as a phrase of words, so that the
number by itself, or beside other words, stays a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from report.core.errors import ContentError
from report.core.texts import LANGUAGE
from report.prose.wording import figures, masked
from report.writing import definitions
from report.writing.definitions import FILE, Definition, line_of


def read_definitions(content: Path) -> list[Definition]:
    """The definitions of `content`, none if it has no file of them.

    Raises:
        ContentError: no TOML, a key missing or unknown, a page that isn't there, a phrase without a figure or without
            a word, or one that is there twice.
    """
    path = content / LANGUAGE / FILE
    found = definitions.read_definitions(path)
    seen: list[str] = []
    for number, definition in enumerate(found, 1):
        for page in definition.pages:
            if not any((content / name).is_file() for name in (f"{page}.md", f"{page}.toml", f"{LANGUAGE}/{page}.md")):
                where = f"{content.name}/{FILE} (definition {number})"
                raise ContentError(f"there is no page `{page}`", where, "a page is named by its path without `.md`")
        for phrase in definition.phrases:
            _check_phrase(phrase, seen, path)
            seen.append(phrase)
    return found


def check_used(known: Sequence[Definition], used: Iterable[str], content: Path) -> None:
    """Raises ContentError for a phrase that no page uses any more."""
    path = content / LANGUAGE / FILE
    idle = [phrase for definition in known for phrase in definition.phrases if phrase not in used]
    if idle:
        more = [f"{line_of(path, phrase)}: “{phrase}”" for phrase in idle[1:]]
        raise ContentError(f"“{idle[0]}” stands on no page any more", line_of(path, idle[0]), "take it out", more)


def _check_phrase(phrase: object, others: Sequence[str], path: Path) -> None:
    if not isinstance(phrase, str) or not re.search(r"[^\W\d_]{2}", phrase):
        hint = "a figure by itself would be let through wherever it stands"
        raise ContentError(f"“{phrase}” has no word beside its figure", line_of(path, phrase), hint)
    if next(figures(masked(phrase)[0]), None) is None:
        hint = "it may stand without being defined"
        raise ContentError(f"“{phrase}” has no figure in it", line_of(path, phrase), hint)
    if phrase in others:
        raise ContentError(f"“{phrase}” is defined twice", line_of(path, phrase))
