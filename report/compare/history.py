"""What the page of changes tells: the comparison, what was said of it, the two pictures of each figure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from report.compare.drift import Alarm, alarms_of, read_limits
from report.compare.notes import Notes, read_notes
from report.compare.rows import FigureChange
from report.compare.views import Comparison, View, compare, fact_names
from report.core.errors import COMMAND, ChangeError
from report.core.kinds import standing_of
from report.core.numbers import words
from report.core.progress import Progress
from report.figures.figure import Figure, Images, Picture, picture_of
from report.writing.words import words_in

# On the terminal.
ALARMS_SAID = 20
# What the page has room for; the data has all.
FACTS_SHOWN = 30
FIGURES_SHOWN = 48
# Of these, with pictures: a page may ask for thirty files, and each figure has two.
FIGURES_DRAWN = 12


@dataclass(frozen=True)
class Earlier:
    """A report of an earlier edition that stays reachable at `href`."""

    name: str
    as_of: str | None
    href: str


@dataclass(frozen=True)
class Pair:
    """A figure whose rows changed; where it is drawn, with its two pictures, of which a side without rows has none."""

    change: FigureChange
    number: int
    title: str
    href: str
    is_drawn: bool
    before: Picture | None
    after: Picture | None


@dataclass(frozen=True)
class History:
    """A site's past.

    Attributes:
        comparison: with the edition before, or None.
        alarms: what somebody must look at, acknowledged or not.
        notes: what was said of changes, and corrections.
        draw: id of a figure -> its pictures in the edition before, None where that has no rows for it.
        earlier: reports that stay reachable, the latest first.
        current: name of the edition of the newest report, where this is an earlier one, or ""; `newest` is where that
            report is published, or "", and `gone` the findings of which it has no page.
    """

    comparison: Comparison | None = None
    alarms: Sequence[Alarm] = ()
    notes: Notes = field(default_factory=Notes)
    draw: Callable[[str], Images | None] | None = None
    earlier: Sequence[Earlier] = ()
    current: str = ""
    newest: str = ""
    gone: Collection[str] = ()

    @property
    def open(self) -> list[Alarm]:
        """Alarms that nobody has acknowledged."""
        return [alarm for alarm in self.alarms if not alarm.acknowledged]

    @property
    def drifts(self) -> list[Alarm]:
        """Alarms other than flipped verdicts."""
        return [alarm for alarm in self.alarms if alarm.kind != "flip"]

    def of_flip(self, claim: str) -> Alarm:
        """The alarm of a flipped verdict."""
        return next(alarm for alarm in self.alarms if (alarm.kind, alarm.subject) == ("flip", claim))

    def as_dict(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        acknowledged = {
            (alarm.kind, alarm.subject): {"date": alarm.acknowledged.date, "note": alarm.acknowledged.note}
            for alarm in self.alarms
            if alarm.acknowledged
        }
        return {
            "comparison": self.comparison and self.comparison.as_dict(),
            "alarms": [
                {"kind": alarm.kind, "subject": alarm.subject, "says": str(alarm)}
                | {"acknowledged": acknowledged.get((alarm.kind, alarm.subject))}
                for alarm in self.alarms
            ],
            "corrections": [
                {"date": entry.date, "wrong": entry.wrong, "done": entry.done, "pages": list(entry.pages)}
                for entry in self.notes.corrections
            ],
        }


def read_history(
    after: View,
    before: View | None,
    content: Path,
    draw: Callable[[str], Images | None] | None = None,
    earlier: Sequence[Earlier] = (),
    current: str = "",
    newest: str = "",
    gone: Collection[str] = (),
) -> History:
    """The history of a site: compared if there is something to compare with.

    Args:
        draw, earlier, current, newest, gone: as `History` has them.

    Raises:
        ContentError: changes.toml or drift.toml cannot be used.
    """
    notes, limits = read_notes(content), read_limits(content)
    history = History(notes=notes, draw=draw, earlier=earlier, current=current, newest=newest, gone=gone)
    if before is None:
        return history
    comparison = compare(before, after)
    say = words_in(content, standing_of(after.edition)).text
    alarms = alarms_of(comparison, limits, notes, fact_names(before, after), say)
    return replace(history, comparison=comparison, alarms=alarms)


def sound_alarms(history: History, content: Path, progress: Progress, is_strict: bool) -> None:
    """Say what nobody has acknowledged, a line each, the worst first; of many the rest is counted.

    Raises:
        ChangeError: there is such a thing and the build is strict.
    """
    if not history.open:
        return
    pair = f"{history.comparison.before['name']} {history.comparison.after['name']}"
    for alarm in history.open[:ALARMS_SAID]:
        progress.alarm(f"ALARM: {alarm}")
    if len(history.open) > ALARMS_SAID:
        more = len(history.open) - ALARMS_SAID
        progress.alarm(f"ALARM: and {more:,} more; {COMMAND} editions compare {pair} --all lists them")
    if is_strict:
        count = len(history.open)
        raise ChangeError(
            f"{words(count)} change{' is' if count == 1 else 's are'} not acknowledged, so nothing is published",
            content / "changes.toml",
            f"look at each, then add a dated line for it: {COMMAND} editions acknowledge {pair} --note 'what it is'",
        )


def pairs_of(history: History, figures: Sequence[Figure]) -> tuple[list[Pair], Mapping[str, bytes | Path]]:
    """Figures whose rows changed, in the order of the comparison, and the files of their earlier pictures.

    Args:
        figures: those on the pages of findings.
    """
    pairs, files = [], {}
    placed = {figure.id: figure for figure in figures}
    changes = history.comparison.figures if history.comparison else ()
    for number, change in enumerate([change for change in changes if change.id in placed][:FIGURES_SHOWN]):
        figure, is_drawn, before = placed[change.id], number < FIGURES_DRAWN, None
        images = history.draw(change.id) if is_drawn and history.draw else None
        if images:
            path = f"figures/{change.id}-before.svg"
            files[path] = images.narrow
            before = picture_of(path, images.narrow)
        href = f"{figure.finding}.html#{figure.anchor}"
        pairs.append(Pair(change, figure.number, figure.title, href, is_drawn, before, figure.narrow))
    return pairs, files
