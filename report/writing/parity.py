"""Two languages say the same: slots and blocks, their anchors, figures, cases and facts, in the same order.

How many sentences say a paragraph is each language's own; what a line hangs on is not. Problems name the file and line
of the second language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from report.writing.page import FACT, REFERENCE, WORDS, Block, Choice, Line, Page, Problem

# A slot of a translation: the mark of the text that it is of.
OF = "of"
# A place in the words of a chart.
PLACE = re.compile(r"\{(\w*)\}")


def parity(one: Page, other: Page) -> Iterator[Problem]:
    """What the second page says otherwise than the first.

    Args:
        one: the page in the language that is translated from.
    """
    for name in one.slots:
        if name not in other.slots:
            yield Problem(other.name, f"the slot `{name}` is missing", f"{one.name} has it")
    for name, choices in other.slots.items():
        if name == OF:
            continue
        if name not in one.slots:
            yield Problem(_where(choices, other), f"the slot `{name}` is not in {one.name}")
        else:
            yield from _same(name, one.slots[name], choices, other, strict=True)
    for at, block in enumerate(one.blocks):
        if at >= len(other.blocks):
            yield Problem(other.name, f"{_named(block)} is missing at the end", f"{one.name} has it")
            return
        translated = other.blocks[at]
        if (block.kind, block.name, block.level) != (translated.kind, translated.name, translated.level):
            place = translated.lines[0].where if translated.lines else other.name
            yield Problem(place, f"here stands {_named(translated)}, in {one.name} {_named(block)}", "keep the order")
            return
        yield from _same(
            _named(block), block.choices, translated.choices, other, strict=block.kind in ("list", "table")
        )
    for block in other.blocks[len(one.blocks) :]:
        yield Problem(_where(block.choices, other), f"{_named(block)} is not in {one.name}")


def stale(mark: str, one: Page, other: Page) -> Iterator[Problem]:
    """Whether a translation says that it is of another text than `one`, whose mark this is, or does not say it."""
    said = " ".join(line.text for choice in other.slots.get(OF, []) for line in choice)
    if said != mark:
        message = f"this is of an older {one.name}" if said else f"this does not say of which {one.name} it is"
        yield Problem(_where(other.slots.get(OF, []), other), message, f"look through it, then write `{OF}: {mark}`")


def label_parity(one: Mapping, other: Mapping, where: str, under: str = "") -> Iterator[Problem]:
    """Keys of labels.toml that the second language lacks or has more, and those that are not translated."""
    for key, words in one.items():
        place = f"{under}{key}"
        if key not in other:
            yield Problem(where, f"`{place}` has no words in this language", f"the other says {words!r}"[:100])
        elif isinstance(words, Mapping):
            yield from label_parity(words, other[key], where, f"{place}.")
        elif isinstance(words, str) and words == other[key] and len(words.split()) > 3:
            yield Problem(where, f"`{place}`: “{words[:40]}” is not translated")
        elif isinstance(words, str) and {*PLACE.findall(words)} != {*PLACE.findall(other[key])}:
            yield Problem(where, f"`{place}` names other places in braces than the other language")
    for key in other.keys() - one.keys():
        yield Problem(where, f"`{under}{key}` is not in the other language")


def _same(what: str, left: Sequence[Choice], right: Sequence[Choice], page: Page, strict: bool) -> Iterator[Problem]:
    """Whether two slots or blocks hang on the same, line by line, and use the same facts."""
    ours, theirs = ([_key(line, strict) for line in _lines(choices, strict)] for choices in (left, right))
    lines = _lines(right, strict)
    for at, key in enumerate(ours):
        if at >= len(theirs) or theirs[at] != key:
            where = lines[at].where if at < len(lines) else _where(right, page)
            found = _shown(theirs[at]) if at < len(theirs) else "nothing"
            yield Problem(where, f"{what}: here stands {found}, in the other language {_shown(key)}", "keep the order")
            return
    if len(theirs) > len(ours):
        yield Problem(lines[len(ours)].where, f"{what}: {_shown(theirs[len(ours)])} is not in the other language")
    missing, more = _facts(left) - _facts(right), _facts(right) - _facts(left)
    if missing or more:
        said = f"lacks {', '.join(sorted(missing))}" if missing else f"has {', '.join(sorted(more))} more"
        yield Problem(_where(right, page), f"{what}: {said} than the other language", "both say the same facts")
    for line in (line for choice in right for line in choice):
        if any(line.text == each.text for choice in left for each in choice) and _words(line) > 3:
            yield Problem(line.where, f"“{line.text[:40]}…” is not translated")


def _lines(choices: Sequence[Choice], strict: bool) -> list[Line]:
    """All lines; in prose those that hang on something, and those that go on as an alternative."""
    lines = [line for choice in choices for line in choice]
    return lines if strict else [line for line in lines if line.of or line.goes_on]


def _key(line: Line, strict: bool) -> tuple:
    facts = tuple(sorted(name for name, _ in line.facts if name not in WORDS)) if strict or line.of else ()
    return (line.of, line.cases, line.asserts, line.goes_on, facts)


def _shown(key: tuple) -> str:
    of, cases, asserts, goes_on, facts = key
    tag = f"[{of}: {', '.join(cases)}]" if cases else f"[{of}]" if of else ""
    signs = " ".join(filter(None, ("~" if goes_on else "", "!" if asserts else "", tag)))
    return f"“{signs or 'a line'}” with {', '.join(facts) or 'no fact'}"


def _facts(choices: Sequence[Choice]) -> set[str]:
    lines = [line for choice in choices for line in choice]
    facts = {name for line in lines for name, _ in line.facts if name not in WORDS}
    return facts | {f"#{name}" for line in lines for name in REFERENCE.findall(line.text)}


def _where(choices: Sequence[Choice], page: Page) -> str:
    return choices[0][0].where if choices and choices[0] else page.name


def _named(block: Block) -> str:
    return {"figure": f"figure `{block.name}`", "heading": f"heading `#{block.name}`"}.get(
        block.kind, f"a {block.kind}"
    )


def _words(line: Line) -> int:
    return sum(word.isalpha() for word in FACT.sub("", line.text).split())
