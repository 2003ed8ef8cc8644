"""Two editions beside each other on the terminal: what changed, and writing down that it was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from report.cache.store import Store
from report.core.errors import SettingsError
from report.core.kinds import standing_of
from report.core.numbers import MISSING, count
from report.core.settings import Settings
from report.warehouse.edition import Edition
from report.warehouse.editions import check_comparable
from report.warehouse.published import read_published

if TYPE_CHECKING:
    from report.compare.history import History

WIDTH = 80
FACTS, FIGURES, ALARMS = 20, 10, 20
NAME = 41


def acknowledged(newer: Edition, older: Edition, settings: Settings, subjects: list[str], note: str) -> Iterator[str]:
    """Write down that alarms were looked at, and say which.

    Raises:
        SettingsError: the note says nothing.
        ChangeError: a subject is of no open alarm.
    """
    from report.compare.acknowledge import acknowledge, chosen

    if not note.strip():
        raise SettingsError("the note says nothing", "--note", "give a sentence or two")
    history = history_of(newer, older, settings)
    alarms = chosen(history.open, subjects)
    acknowledge(alarms, history.comparison, " ".join(note.split()), settings.content, date.today())
    yield f"{len(alarms)} of {len(history.open)} open alarms acknowledged in {settings.content / 'changes.toml'}"
    yield from (f"  {alarm.subject}" for alarm in alarms)


def history_of(newer: Edition, older: Edition, settings: Settings) -> History:
    """What changed from the older to the newer."""
    from report.compare.history import read_history
    from report.compare.views import view_of
    from report.results.results import Results

    check_comparable(newer, older)
    published, store = read_published(settings.content / "published"), Store(settings.cache / "store")
    with (
        Results(newer, published, settings.queries, store) as after,
        Results(older, published, settings.queries, store) as before,
    ):
        views = view_of(newer, after, settings.content, store), view_of(older, before, settings.content, store)
        return read_history(*views, settings.content)


def compared(newer: Edition, older: Edition, settings: Settings, is_json: bool, is_all: bool = False) -> Iterator[str]:
    """What changed from the older to the newer; what the page of changes says, without its pictures."""
    from report.compare import said
    from report.publication.outputs import as_json
    from report.writing.words import words_in

    history = history_of(newer, older, settings)
    if is_json:
        yield from as_json(history.as_dict()).decode().splitlines()
        return
    c = history.comparison
    say = words_in(settings.content, standing_of(newer.manifest)).text
    yield said.since(c, say)
    for flip in c.flips:
        yield f"  {flip.after.id}: {flip.before.verdict} -> {flip.after.verdict}"
    yield ""
    yield f"{len(history.open)} of {len(history.alarms)} alarms not acknowledged"
    # What is open comes first.
    alarms = sorted(history.alarms, key=lambda alarm: alarm.acknowledged is not None)
    shown = alarms if is_all else alarms[:ALARMS]
    for alarm in shown:
        line = f"  {'seen:  ' if alarm.acknowledged else 'ALARM: '}{alarm}"
        yield from wrap(line, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    if len(shown) < len(alarms):
        yield f"  and {len(alarms) - len(shown):,} more, which --all lists"
    yield ""
    yield f"facts: {len(c.moves)} not as they were, {c.same_facts} the same, {c.unknown_facts} known in neither"
    for move in [*c.sized[:FACTS], *c.turned]:
        before_, after_, difference = move.shown
        name = move.name
        if len(name) > NAME:
            yield f"  {name}"
            name = ""
        yield f"  {name:<{NAME}} {before_:>10} {after_:>10} {difference or move.status:>14}"
    yield ""
    yield f"figures: {len(c.figures)} with other rows, {c.same_figures} with the same"
    for change in c.figures[:FIGURES]:
        yield f"  {change.id:<30} {said.rows(change, say)}"
    yield ""
    yield "rows kept"
    for table in c.tables:
        kept = [count(side["kept"]) if side else MISSING for side in (table.before, table.after)]
        yield f"  {table.name:<24} {kept[0]:>14} {kept[1]:>14}"
        for word, columns in (("new", table.new_columns), ("gone", table.lost_columns)):
            if columns:
                yield f"    {word}: {', '.join(columns)}"
