"""Bound prose: a page says no figure that a fact does not give, and no headline compares without one.

A figure may stand all the same if it is part of a phrase in content/en/definitions.toml, or if it is given on the
spot, with a reason:
`{{ "two" | given("the texts named above") }}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import jinja2

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.errors import ContentError
from report.core.folders import files_below, files_in
from report.core.texts import read_text
from report.prose.binding import COMPARISON, FIGURE, NEEDLESS, REASON, Fault, Reading
from report.prose.definitions import check_used, read_definitions
from report.prose.frontmatter import open_page
from report.prose.language import environment

HEADLINES = ("title", "subtitle", "summary", "listing")
NOT_PROSE = ("needs", "basis", "spark")
PROSE = ("caption",)
MESSAGES = {
    FIGURE: (
        "“{}” holds a figure that no fact gives",
        'print a fact, or give it with a reason: {{{{ "two" | given("the texts named above") }}}} (CONTRIBUTING.md)',
    ),
    COMPARISON: (
        "“{}” compares in a headline, and no fact chose the word",
        "let facts choose it: {{{{ 'rises' if facts.x > 0 else 'falls' }}}}, or an {{% if %}} that compares them",
    ),
    REASON: ("“{}” is given without a reason", 'say why it may stand: {{{{ "{}" | given("the texts named above") }}}}'),
    NEEDLESS: ("“{}” need not be given: it holds nothing that is checked", "write it as it is"),
}
OTHER = ("only words as they stand can be given", 'put them in quotes: {{ "two" | given("the texts named above") }}')
ENVIRONMENT = environment()


def check_prose(content: Path, store: Store | None = None, written: Iterable[str] = ()) -> None:
    """Check every page below `content`; not what is written by language.

    Args:
        written: phrases of definitions that pages written by language need.
        store: where it is kept that a file is in order, or None to read each anew.

    Raises:
        ContentError: a figure typed by hand, a headline that compares without a fact, an allowance without a reason or
            one that nothing needs; with file and line.
    """
    definitions = read_definitions(content)
    by_language = {path.parent for path in content.glob("*/language.toml")}
    stems = {path.stem for folder in by_language for path in files_in(folder / "findings", "*.md")}
    pages = [
        path
        for path in files_below(content, "*.md")
        if by_language.isdisjoint(path.parents) and not (path.parent.name == "findings" and path.stem in stems)
    ]
    code = code_of(store, check_prose) if store else ""
    used: set[str] = {*written}
    for path in pages:
        name = path.relative_to(content).with_suffix("").as_posix()
        phrases = [phrase for known in definitions if known.is_for(name) for phrase in known.phrases]

        def checked(path: Path = path, phrases: Sequence[str] = phrases) -> bytes:
            return json.dumps(sorted(check_page(path, content, phrases))).encode()

        key = fingerprint("prose", name, path.read_bytes(), code, *phrases)
        used |= set(json.loads(store.keep_bytes(key, ".json", checked) if store else checked()))
    check_used(definitions, used, content)


def check_page(path: Path, content: Path, phrases: Sequence[str] = ()) -> set[str]:
    """Check one page; those of the phrases that it uses.

    Raises:
        ContentError: see `check_prose`.
    """
    page = open_page(path, content)
    reading = Reading(phrases)
    lines = read_text(path).split("\n")
    faults = []
    for place, text in _texts(page.values):
        if place[0] not in NOT_PROSE or place[-1] in PROSE:
            found = reading.read(_parse(text, page.where(*place)), is_headline=place[0] in HEADLINES)
            faults += [(_line(lines, page.lines.get(place, 1), fault), fault) for fault in found]
    faults += [(_line(lines, fault.line, fault), fault) for fault in reading.read(_parse(page.body, page.name))]
    _tell(faults, page.name)
    return reading.used


def _texts(values: object, *place: object) -> Iterator[tuple[tuple, str]]:
    """Every text in a mapping, however deep, with its place."""
    if isinstance(values, str):
        yield place, values
    elif isinstance(values, Mapping | list):
        for key, value in values.items() if isinstance(values, Mapping) else enumerate(values):
            yield from _texts(value, *place, key)


def _parse(text: str, where: str) -> jinja2.nodes.Template:
    try:
        return ENVIRONMENT.parse(text)
    except jinja2.TemplateError as error:
        raise ContentError(f"template syntax: {error.message}", where) from None


def _line(lines: Sequence[str], start: int, fault: Fault) -> int:
    """Where the words stand: YAML and TOML fold lines, so that a fault knows no more than where its text begins."""
    for sought in (fault.found.words, fault.found.figure):
        for number, line in enumerate(lines[start - 1 :], start):
            if sought in line and f'"{sought}" | given' not in line:
                return number
    return start


def _tell(faults: Sequence[tuple[int, Fault]], name: str) -> None:
    if not faults:
        return
    (line, first), *more = sorted(faults, key=lambda fault: fault[0])
    message, hint = MESSAGES.get(first.kind, OTHER)
    also = f" (and {len(more)} more here: lines {', '.join(str(line) for line, _ in more[:8])})" if more else ""
    words = first.found.words
    raise ContentError(message.format(words) + also, f"{name}:{line}", hint.format(words))
