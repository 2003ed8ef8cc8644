"""What changed since the edition before, in Markdown: what templates/changes.html shows, from the same data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from report.compare import said
from report.compare.drift import Alarm
from report.compare.history import FACTS_SHOWN, History
from report.compare.moves import Move
from report.compare.rows import FigureChange
from report.compare.views import Comparison, Flip
from report.core.numbers import count, day
from report.figures.figure import Figure
from report.publication.markdown import items, prose, table, text
from report.writing.words import Words


def changes(history: History, shorts: Mapping[str, str], figures: Mapping[str, Figure], say: Words) -> Iterator[str]:
    """The blocks below the words of the page of changes.

    Args:
        shorts: stem of each finding -> what it is called.
        figures: those on the pages of findings, by id.
        say: the words of the site.
    """
    if history.comparison:
        yield from _compared(history, history.comparison, shorts, figures, say)
    yield f"## {say('changes.corrections')}"
    yield (
        items(
            f"{day(entry.date)}: {text(entry.wrong)} {text(entry.done)} "
            + ", ".join(f"[{text(shorts.get(stem, stem.capitalize()))}]({stem}.html)" for stem in entry.pages)
            for entry in history.notes.corrections
        )
        or say("changes.nothing")
    )
    if history.earlier:
        yield f"## {say('changes.editions')}"
        yield items(
            f"[{text(say.text('front.edition', edition=report.name))}]({report.href})"
            + (say("changes.earlier", day=report.as_of) if report.as_of else "")
            for report in history.earlier
        )


def _compared(
    history: History, c: Comparison, shorts: Mapping[str, str], figures: Mapping[str, Figure], say: Words
) -> Iterator[str]:
    yield f"## {say('changes.verdicts')}"
    yield items(_flip(flip, history, say) for flip in c.flips) or said.verdicts(c, say)
    if history.drifts:
        yield f"## {say('changes.limits')}"
        yield items(
            f"{text(_sentence(alarm.says))} {text(_sentence(alarm.limit))} {_seen(alarm, say)}"
            for alarm in history.drifts
        )
    yield f"## {say('changes.facts')}"
    yield said.facts(c, say)
    yield from _moves("fact", c.sized[:FACTS_SHOWN], say)
    yield from _moves("turned", c.turned, say)
    yield from _moves("worded", c.named, say)
    yield f"## {say('changes.figures')}"
    yield said.figures(c, say)
    yield items(_figure(change, shorts, figures[change.id], say) for change in c.figures if change.id in figures)
    yield f"## {say('changes.tables')}"
    yield prose(said.tables(c, say))
    parts, sides = ("read", "dropped", "kept"), ("small_before", "small_after")
    heads = [f"{say(f'changes.{part}')}, {say(f'changes.{side}')}" for part in parts for side in sides]
    rows = [
        [
            text(each.name),
            *(count((side or {}).get(key)) for key in parts for side in (each.before, each.after)),
        ]
        for each in c.tables
    ]
    yield table([say("changes.table"), *heads], rows)


def _flip(flip: Flip, history: History, say: Words) -> str:
    before, after = (
        f"{say(f'changes.{when}')}: **{side.verdict.capitalize()}**, {text(f'{side.observed} {side.observed_of}')}."
        for when, side in (("before", flip.before), ("after", flip.after))
    )
    claim = f"[{flip.after.id}](claims.html#{flip.after.id}) “{text(flip.after.words)}”"
    return f"{claim} {before} {after} {_seen(history.of_flip(flip.after.id), say)} {text(flip.after.why)}"


def _seen(alarm: Alarm, say: Words) -> str:
    if not alarm.acknowledged:
        return f"**{say('changes.not_seen')}**"
    return prose(say("changes.seen", day=alarm.acknowledged.date, note=alarm.acknowledged.note))


def _moves(heading: str, moves: Sequence[Move], say: Words) -> Iterator[str]:
    if moves:
        rows = [[text(move.name), *map(text, move.shown)] for move in moves]
        yield table([say(f"changes.{name}") for name in (heading, "before", "after", "change")], rows)


def _figure(change: FigureChange, shorts: Mapping[str, str], figure: Figure, say: Words) -> str:
    name = text(say.text("changes.pair", page=shorts[figure.finding], number=figure.number))
    link = f"[{name}]({figure.finding}.html#{figure.anchor})"
    return f"{link}: {said.rows(change, say)}. {prose(said.furthest(change, say))}".rstrip()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
