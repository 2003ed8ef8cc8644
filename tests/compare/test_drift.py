"""Limits are kept, alarms are sounded once each, and only a line that is true silences one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_site import write
from views import view

from report.compare.acknowledge import acknowledge, chosen
from report.compare.drift import read_limits
from report.compare.history import History, read_history, sound_alarms
from report.compare.notes import read_notes
from report.compare.views import View
from report.core.errors import ChangeError, ContentError
from report.core.progress import Progress

DRIFT = """
[rows]
percent = 1
reason = "r"
[default]
share = { points = 2, reason = "r" }
coefficient = { amount = 0.1, reason = "r" }
year = { amount = 2, reason = "r" }
count = { percent = 50, least = 1000, reason = "r" }
measure = { percent = 10, reason = "r" }
"""
FLIP = """
[[flip]]
claim = "a"
from = "holds"
to = "does not hold"
edition = "new"
compared = "old"
date = 2026-01-31
note = "The decade is complete now."
"""
LIMIT = "[[limit]]\nreason = 'r'\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write(tmp_path / "content", {"en/findings/duration.md": ""})
    (tmp_path / "content/drift.toml").write_text(DRIFT)
    return tmp_path / "content"


def history(content: Path, before: dict | View, after: dict | View, *, limits: str = "", notes: str = "") -> History:
    """Two editions, or facts of two, with more limits and notes."""
    (content / "drift.toml").write_text(DRIFT + limits)
    (content / "changes.toml").write_text(notes)
    views = [edition if isinstance(edition, View) else view(facts=edition) for edition in (before, after)]
    named = [
        View({**v.edition, "name": name}, v.facts, v.figures, v.claims)
        for v, name in zip(views, ("old", "new"), strict=True)
    ]
    return read_history(named[1], named[0], content)


def said(found: History) -> list[str]:
    return [str(alarm) for alarm in found.open]


class TestLimits:
    @pytest.mark.parametrize(
        ("name", "before", "within", "beyond", "where"),
        [
            ("zero_share", 0.5, 0.52, 0.53, "default.share"),
            ("gini", 0.5, 0.45, 0.35, "default.coefficient"),
            ("peak_year", 2020, 2022, 2023, "default.year"),
            ("tracks", 2000, 2900, 3100, "default.count"),
            ("tracks", 10, 900, 1000, "default.count"),
            ("mean_s", 100.5, 110.5, 111.5, "default.measure"),
            ("mean_s", 0, 0, 0.5, "default.measure"),
        ],
    )
    def test_each_kind(self, content: Path, name: str, before: float, within: float, beyond: float, where: str) -> None:
        assert not said(history(content, {name: before}, {name: within}))
        (alarm,) = said(history(content, {name: before}, {name: beyond}))
        assert alarm.startswith(f"fact duration.{name} moved from ")
        assert alarm.endswith(f"content/drift.toml [{where}]")

    def test_the_last_pattern_that_fits_counts(self, content: Path) -> None:
        limits = f"{LIMIT}facts = 'duration.*'\npoints = 30\n{LIMIT}facts = '*.zero_share'\npoints = 20\n"
        found = history(
            content, {"zero_share": 0.5, "b_share": 0.5}, {"zero_share": 0.75, "b_share": 0.75}, limits=limits
        )
        assert said(found) == [
            "fact duration.zero_share moved from 50.0% to 75.0% (+25.0 points); "
            "limit 20 points, content/drift.toml [[limit]] 2"
        ]

    def test_what_is_not_watched_is_silent(self, content: Path) -> None:
        limits = f"{LIMIT}facts = 'duration.*'\nwatch = false\n"
        assert not said(history(content, {"a_share": 0.1, "b": 1}, {"a_share": 0.9, "b": None}, limits=limits))

    def test_what_becomes_unknown_is_an_alarm_and_what_becomes_known_is_not(self, content: Path) -> None:
        (alarm,) = said(history(content, {"a_share": 0.1, "b": None}, {"a_share": None, "b": 1}))
        assert (
            alarm
            == "fact duration.a_share was 10.0% and is unknown now; the limit is in content/drift.toml [default.share]"
        )

    def test_rows_tables_and_columns(self, content: Path) -> None:
        before = view(kept={"tracks": 1000, "albums": 1000, "artists": 1000, "playlists": 5})
        after = view(kept={"tracks": 989, "albums": 990, "artists": 5000}, lacks=["albums.label", "playlists"])
        assert said(history(content, before, after)) == [
            "column albums.label is gone",
            "table playlists is gone; it had 5 rows",
            "table tracks went from 1,000 rows to 989 rows (−1.1%); limit −1%, content/drift.toml [rows]",
        ]

    @pytest.mark.parametrize(
        ("limits", "message"),
        [
            (f"{LIMIT}facts = 'duration.zeros'\npoints = 1", "no fact is called `duration.zeros`"),
            (f"{LIMIT}facts = 'duration.*'", "the limit is not clear"),
            (f"{LIMIT}facts = 'duration.*'\npoints = 1\npercent = 1", "the limit is not clear"),
            (f"{LIMIT}facts = 'duration.*'\nwatch = true", "the limit is not clear"),
            (f"{LIMIT}facts = 'duration.*'\npoints = -1", "`points` is not a number from 0 up"),
            (f"{LIMIT}facts = 'duration.*'\npints = 1", "`pints` is not a key here"),
            ("[[limit]]\nfacts = 'duration.*'\npoints = 1", "`reason` is missing"),
            ("[[limit", "this is not TOML"),
        ],
    )
    def test_mistakes_are_told(self, content: Path, limits: str, message: str) -> None:
        with pytest.raises(ContentError) as error:
            history(content, {"zero_share": 0.5}, {"zero_share": 0.5}, limits=limits)
        assert message in error.value.message
        assert error.value.where.startswith("content/drift.toml")

    def test_without_limits_only_verdicts_are_watched(self, content: Path) -> None:
        (content / "drift.toml").unlink()
        assert read_limits(content) is None


class TestAcknowledging:
    FLIPPED = (view(verdicts={"a": "holds", "b": "holds"}), view(verdicts={"a": "does not hold", "b": "holds"}))

    def test_a_flip_is_an_alarm_until_a_line_says_it_was_seen(self, content: Path) -> None:
        found = history(content, *self.FLIPPED)
        assert said(found) == ["claim a went from “holds” to “does not hold”"]
        found = history(content, *self.FLIPPED, notes=FLIP)
        assert (said(found), found.of_flip("a").acknowledged.note) == ([], "The decade is complete now.")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('claim = "a"', 'claim = "c"', "there is no claim `c`"),
            ('claim = "a"', 'claim = "b"', "claim `b` did not go from “holds” to “does not hold”, but nowhere"),
            ('to = "does not hold"', 'to = "holds in part"', "but from “holds” to “does not hold”"),
            ('to = "does not hold"', 'to = "holds"', "cannot flip from a verdict to the same"),
            ('to = "does not hold"', 'to = "fails"', "`fails` is not a verdict"),
            ("date = 2026-01-31", 'date = "soon"', "`soon` is not a date"),
            ('compared = "old"\n', "", "`compared` is missing"),
            ('note = "The decade is complete now."', 'note = ""', "`note` is not a text"),
        ],
    )
    def test_a_line_that_is_not_true_is_refused(self, content: Path, old: str, new: str, message: str) -> None:
        with pytest.raises(ContentError) as error:
            history(content, *self.FLIPPED, notes=FLIP.replace(old, new))
        assert message in error.value.message
        assert error.value.where == "content/changes.toml [[flip]] 1"

    def test_a_line_about_other_editions_silences_nothing(self, content: Path) -> None:
        notes = FLIP.replace('edition = "new"', 'edition = "newer"')
        assert len(said(history(content, *self.FLIPPED, notes=notes))) == 1

    @pytest.mark.parametrize("subject", ["fact = 'duration.a_share'", "table = 'playlists'", "column = 'albums.label'"])
    def test_drift(self, content: Path, subject: str) -> None:
        before = view(facts={"a_share": 0.1}, kept={"albums": 9, "playlists": 9})
        after = view(facts={"a_share": 0.9}, kept={"albums": 9}, lacks=["albums.label"])
        note = f"[[drift]]\n{subject}\nedition = 'new'\ncompared = 'old'\ndate = 2026-01-31\nnote = 'n'\n"
        assert len(said(history(content, before, after))) == 3
        left = said(history(content, before, after, notes=note))
        assert len(left) == 2
        assert not any(subject.split("'")[1] in alarm for alarm in left)

    @pytest.mark.parametrize("subject", ["fact = 'duration.b'", "table = 'tracks2'", "column = 'albums.x'", ""])
    def test_drift_of_what_is_not_there(self, content: Path, subject: str) -> None:
        note = f"[[drift]]\n{subject}\nedition = 'x'\ncompared = 'y'\ndate = 2026-01-31\nnote = 'n'\n"
        with pytest.raises(ContentError):
            history(content, {"a": 1}, {"a": 1}, notes=note)

    def test_strict_ends_before_publishing(self, content: Path) -> None:
        lines = []
        progress = Progress()
        progress.say = lines.append
        sound_alarms(history(content, *self.FLIPPED, notes=FLIP), content, progress, is_strict=True)
        found = history(content, *self.FLIPPED)
        sound_alarms(found, content, progress, is_strict=False)
        with pytest.raises(ChangeError) as error:
            sound_alarms(found, content, progress, is_strict=True)
        assert error.value.message == "one change is not acknowledged, so nothing is published"
        assert lines == ["ALARM: claim a went from “holds” to “does not hold”"] * 2

    def test_the_worst_first_and_of_many_the_rest_is_counted(self, content: Path) -> None:
        names = [f"f{number:02}_share" for number in range(30)]
        before = dict.fromkeys(names, 0.1) | {"gone_share": 0.5}
        after = {name: 0.13 + number / 100 for number, name in enumerate(names)} | {"gone_share": None}
        found = history(content, before, after)
        assert [alarm.subject.partition(".")[2] for alarm in found.open] == ["gone_share", *reversed(names)]
        assert [round(alarm.times, 1) for alarm in found.open[1:3]] == [16.0, 15.5]
        lines = []
        progress = Progress()
        progress.say = lines.append
        sound_alarms(found, content, progress, is_strict=False)
        assert len(lines) == 21
        assert lines[-1].startswith("ALARM: and 11 more; ")
        assert lines[-1].endswith(" editions compare old new --all lists them")


class TestWritingDown:
    """What is written is what --strict asks for."""

    BEFORE = view(facts={"a_share": 0.1, "b_share": 0.1}, kept={"albums": 9})
    AFTER = view(facts={"a_share": 0.9, "b_share": 0.3}, kept={"albums": 9}, lacks=["albums.label"])
    FLIPPED = TestAcknowledging.FLIPPED

    def written(self, content: Path, subjects: list[str], kept: str = "") -> History:
        found = history(content, self.BEFORE, self.AFTER, notes=kept)
        note = 'A new column; “quotes”, "straight" and a \\ too.'
        acknowledge(chosen(found.open, subjects), found.comparison, note, content, date(2026, 1, 31))
        return history(content, self.BEFORE, self.AFTER, notes=(content / "changes.toml").read_text("utf-8"))

    def test_all(self, content: Path) -> None:
        found = self.written(content, [])
        assert found.open == []
        assert {(alarm.acknowledged.date, alarm.acknowledged.note) for alarm in found.alarms} == {
            ("2026-01-31", 'A new column; “quotes”, "straight" and a \\ too.')
        }

    def test_those_that_are_named(self, content: Path) -> None:
        found = self.written(content, ["*.a_share", "albums.label"])
        assert [alarm.subject.partition(".")[2] for alarm in found.open] == ["b_share"]

    def test_a_flip(self, content: Path) -> None:
        found = history(content, *self.FLIPPED)
        acknowledge(found.open, found.comparison, "It is so.", content, date(2026, 1, 31))
        assert history(content, *self.FLIPPED, notes=(content / "changes.toml").read_text("utf-8")).open == []

    def test_what_stands_there_stays(self, content: Path) -> None:
        self.written(content, ["albums.label"], "# Kept.\n")
        assert (content / "changes.toml").read_text("utf-8").startswith("# Kept.\n\n[[drift]]\ncolumn = ")

    def test_what_no_alarm_is_of(self, content: Path) -> None:
        with pytest.raises(ChangeError) as error:
            chosen(history(content, self.BEFORE, self.AFTER).open, ["albums.lable"])
        assert error.value.hint == "did you mean `albums.label`?"


class TestCorrections:
    ENTRY = "[[correction]]\ndate = {}\nwrong = 'It was wrong.'\ndone = 'It is right.'\npages = ['{}']\n"

    def test_the_latest_first(self, content: Path) -> None:
        text = self.ENTRY.format("2026-01-01", "duration") + self.ENTRY.format("2026-02-01", "duration")
        (content / "changes.toml").write_text(text)
        assert [entry.date for entry in read_notes(content).corrections] == ["2026-02-01", "2026-01-01"]

    def test_of_a_page_that_is_not_there(self, content: Path) -> None:
        (content / "changes.toml").write_text(self.ENTRY.format("2026-01-01", "durations"))
        with pytest.raises(ContentError) as error:
            read_notes(content)
        assert (error.value.message, error.value.hint) == ("`durations` is not a page", "did you mean `duration`?")
