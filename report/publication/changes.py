"""What changed since the edition before, in Markdown: what templates/changes.html shows, from the same data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from report.compare.drift import Alarm
from report.compare.history import FACTS_SHOWN, History
from report.compare.moves import Move
from report.compare.rows import FigureChange
from report.compare.views import Comparison, Flip
from report.core.numbers import count, day
from report.figures.figure import Figure
from report.publication.markdown import items, table, text


def changes(history: History, shorts: Mapping[str, str], figures: Mapping[str, Figure]) -> Iterator[str]:
    """The blocks below the words of the page of changes.

    Args:
        shorts: stem of each finding -> what it is called.
        figures: those on the pages of findings, by id.
    """
    if history.comparison:
        yield from _compared(history, history.comparison, shorts, figures)
    yield "## Corrections"
    yield (
        items(
            f"{day(entry.date)}: {text(entry.wrong)} {text(entry.done)} "
            + ", ".join(f"[{text(shorts.get(stem, stem.capitalize()))}]({stem}.html)" for stem in entry.pages)
            for entry in history.notes.corrections
        )
        or "Nothing has had to be corrected so far."
    )
    if history.earlier:
        yield "## Earlier reports"
        yield items(
            f"[Edition {text(report.name)}]({report.href})" + (f", as of {day(report.as_of)}" if report.as_of else "")
            for report in history.earlier
        )


def _compared(
    history: History, c: Comparison, shorts: Mapping[str, str], figures: Mapping[str, Figure]
) -> Iterator[str]:
    yield "## Verdicts"
    yield items(_flip(flip, history) for flip in c.flips) or c.verdicts_said
    if history.drifts:
        yield "## Beyond limits"
        yield items(
            f"{text(_sentence(alarm.says))} {text(_sentence(alarm.limit))} {_seen(alarm)}" for alarm in history.drifts
        )
    yield "## Facts"
    yield c.facts_said
    yield from _moves("Fact", c.sized[:FACTS_SHOWN])
    yield from _moves("Fact that became known or unknown", c.turned)
    yield from _moves("Fact that is words", c.named)
    yield "## Figures"
    yield c.figures_said
    yield items(_figure(change, shorts, figures[change.id]) for change in c.figures if change.id in figures)
    yield "## Tables"
    yield text(c.tables_said)
    sides = [f"{word}, {side}" for word in ("Read", "Dropped", "Kept") for side in ("before", "after")]
    rows = [
        [
            text(each.name),
            *(
                count((side or {}).get(key))
                for key in ("read", "dropped", "kept")
                for side in (each.before, each.after)
            ),
        ]
        for each in c.tables
    ]
    yield table(["Table", *sides], rows)


def _flip(flip: Flip, history: History) -> str:
    before, after = (
        f"{when}: **{side.verdict.capitalize()}**, {text(f'{side.observed} {side.observed_of}')}."
        for when, side in (("Before", flip.before), ("After", flip.after))
    )
    claim = f"[{flip.after.id}](claims.html#{flip.after.id}) “{text(flip.after.words)}”"
    return f"{claim} {before} {after} {_seen(history.of_flip(flip.after.id))} {text(flip.after.why)}"


def _seen(alarm: Alarm) -> str:
    if not alarm.acknowledged:
        return "**Not yet acknowledged.**"
    return f"Looked at on {day(alarm.acknowledged.date)}: {text(alarm.acknowledged.note)}"


def _moves(heading: str, moves: Sequence[Move]) -> Iterator[str]:
    if moves:
        rows = [[text(move.name), *map(text, move.shown)] for move in moves]
        yield table([heading, "Before", "After", "Change"], rows)


def _figure(change: FigureChange, shorts: Mapping[str, str], figure: Figure) -> str:
    name = f"[{text(shorts[figure.finding])}, figure {figure.number}]({figure.finding}.html#{figure.anchor})"
    most = change.largest
    if most is None:
        return f"{name}: {change.said}."
    before, after, difference = most.shown
    furthest = f"{most.name} at {change.largest_at}: from {before} to {after}{f' ({difference})' if difference else ''}"
    return f"{name}: {change.said}. Furthest moved {text(furthest)}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
