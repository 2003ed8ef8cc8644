"""What is said of work under way: rows, rate, and the time left of all of it. The clock is the test's."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from report.core.progress import PlainProgress, Progress, Stage, TerminalProgress, progress_for
from report.core.timeleft import Effort, TimeLeft


class Clock:
    """A clock that stands still until it is told to go on, and a program that computes as long as it is not waiting."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.used = 50.0

    def __call__(self) -> float:
        return self.at

    def cpu(self) -> float:
        return self.used

    def go(self, seconds: float, waiting: float = 0.0, threads: int = 1) -> None:
        """So many seconds pass, and so many of them are spent on waiting for the disk."""
        self.at += seconds
        self.used += (seconds - waiting) * threads


def expecting(clock: Clock, seconds: dict[str, float]) -> TimeLeft:
    """What is left of stages that take so many seconds of one processor."""
    left = TimeLeft(clock, clock.cpu)
    left.expect({name: Effort(cpu_s) for name, cpu_s in seconds.items()}, threads=1)
    return left


@pytest.fixture
def clock() -> Clock:
    return Clock()


class TestTimeLeft:
    def test_nothing_is_said_of_what_nobody_expects(self, clock: Clock) -> None:
        left = expecting(clock, {})
        left.begin("a")
        assert left.of_all() is None
        assert left.of_stage() is None

    def test_what_is_expected_runs_down_with_the_clock(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 30.0})
        left.begin("a")
        assert left.of_all() == pytest.approx(40)
        clock.go(4)
        assert left.of_all() == pytest.approx(36)

    def test_what_stages_took_says_what_others_will(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 30.0})
        left.begin("a")
        clock.go(20)
        left.end("a")
        assert left.of_all() == pytest.approx(60, rel=0.04)
        left.begin("b")
        clock.go(15)
        assert left.of_all() == pytest.approx(45, rel=0.04)

    def test_a_stage_that_takes_longer_slows_the_rest_down_as_well(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 30.0})
        left.begin("a")
        clock.go(20)
        assert left.of_stage() == pytest.approx(2)
        assert left.of_all() == pytest.approx(2 + 60, rel=0.04)

    def test_rows_that_are_counted_count_for_more_than_expectations(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 30.0})
        left.begin("a")
        clock.go(5)
        assert left.of_all(share=0.25) == pytest.approx(15 + 60, rel=0.06)

    def test_what_is_passed_over_is_not_waited_for(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 30.0, "c": 5.0})
        left.begin("c")
        assert left.of_all() == pytest.approx(5)

    def test_a_part_tells_of_the_parts_after_it(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 40.0, "b": 100.0})
        left.begin("a", 1, 4)
        assert left.of_stage() == pytest.approx(10)
        assert left.of_all() == pytest.approx(140)
        clock.go(10)
        left.end("a")
        left.begin("a", 2, 4)
        clock.go(20)
        left.end("a")
        # 30 s for what was to take 20, and the last two parts as long as these two.
        assert left.of_all() == pytest.approx(150 + 30, rel=0.04)

    def test_parts_found_in_the_store_are_not_waited_for(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 20.0})
        left.begin("a", 3, 4)
        assert left.of_stage() == pytest.approx(10)
        assert left.of_all() == pytest.approx(20)

    def test_a_stage_that_nobody_expected_says_nothing_of_the_rest(self, clock: Clock) -> None:
        left = expecting(clock, {"b": 30.0})
        left.begin("a")
        clock.go(100)
        left.end("a")
        assert left.of_all() == pytest.approx(30)

    def test_what_is_done_between_stages_takes_time_as_well(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 10.0, "c": 10.0})
        left.begin("a")
        clock.go(10)
        left.end("a")
        clock.go(5)
        left.begin("b")
        assert left.of_all() == pytest.approx(30, rel=0.04)

    def test_new_expectations_keep_what_was_learnt(self, clock: Clock) -> None:
        left = expecting(clock, {"a": 10.0, "b": 1.0})
        left.begin("a")
        clock.go(20)
        left.end("a")
        left.expect({"c": Effort(10)}, threads=1)
        assert left.of_all() == pytest.approx(20, rel=0.04)

    def test_a_slow_disk_says_nothing_of_what_only_computes(self, clock: Clock) -> None:
        left = TimeLeft(clock, clock.cpu)
        left.expect({"a": Effort(10, 1000), "b": Effort(100), "c": Effort(10, 500)}, threads=1)
        left.begin("a")
        clock.go(30, waiting=20)
        left.end("a")
        left.begin("b")
        # A third of the time was computed, as expected; so is b. c computes for 10 of the 15 s that it reads.
        assert left.of_all() == pytest.approx(100 + 15, rel=0.02)

    def test_what_computes_longer_than_it_reads_does_not_wait(self, clock: Clock) -> None:
        left = TimeLeft(clock, clock.cpu)
        left.expect({"a": Effort(10, 1000), "b": Effort(100, 2000)}, threads=1)
        left.begin("a")
        clock.go(30, waiting=20)
        left.end("a")
        left.begin("b")
        # 33 MB a second: b reads for 60 s, and computes for 100.
        assert left.of_all() == pytest.approx(100, rel=0.04)

    def test_while_the_disk_is_waited_for_less_is_done(self, clock: Clock) -> None:
        left = TimeLeft(clock, clock.cpu)
        left.expect({"a": Effort(10, 1000)}, threads=1)
        left.begin("a")
        clock.go(20, waiting=15)
        assert left.of_stage() == pytest.approx(20, rel=0.04)

    @pytest.mark.parametrize("threads", [1, 2, 8])
    def test_threads_share_what_is_computed(self, clock: Clock, threads: int) -> None:
        left = TimeLeft(clock, clock.cpu)
        left.expect({"a": Effort(80), "b": Effort(160)}, threads=threads)
        left.begin("a")
        assert left.of_all() == pytest.approx(240 / threads)
        clock.go(80 / threads, threads=threads)
        left.end("a")
        left.begin("b")
        assert left.of_all() == pytest.approx(160 / threads, rel=0.04)

    def test_threads_that_cannot_share_are_found_out(self, clock: Clock) -> None:
        left = TimeLeft(clock, clock.cpu)
        left.expect({"a": Effort(80), "b": Effort(160)}, threads=8)
        left.begin("a")
        clock.go(20, threads=4)
        left.end("a")
        left.begin("b")
        assert left.of_all() == pytest.approx(40, rel=0.04)


def worst(clock: Clock, expected: dict[str, float], taken: dict[str, float]) -> float:
    """The greatest error, as a share of what was left, from the first tenth to the last twentieth of a run."""
    left, began, whole = expecting(clock, expected), clock.at, sum(taken.values())
    errors = []
    for name, seconds in taken.items():
        left.begin(name)
        for _ in range(50):
            true = whole - (clock.at - began)
            if 0.05 * whole <= true <= 0.9 * whole:
                errors.append(abs(left.of_all() - true) / true)
            clock.go(seconds / 50)
        left.end(name)
    return max(errors)


@pytest.mark.parametrize("pace", [0.3, 1, 4])
def test_a_tenth_of_the_run_tells_how_fast_a_machine_is(clock: Clock, pace: float) -> None:
    expected = {f"stage {n}": 5.0 + 7 * (n % 4) for n in range(40)}
    taken = {name: pace * seconds * (0.85 + 0.1 * (n % 4)) for n, (name, seconds) in enumerate(expected.items())}
    assert worst(clock, expected, taken) < 0.2


@pytest.mark.parametrize(
    ("ranges", "other", "pace"), [(16, 10, 1.1), (16, 13, 0.9), (40, 10, 2.0), (40, 13, 2.0), (40, 12, 0.4)]
)
def test_an_import_in_ranges(clock: Clock, ranges: int, other: int, pace: float) -> None:
    """Each range is counted when it is complete; every second takes 10 s, the rest their own time; expectations are
    those of a machine `pace` times as fast."""
    takes = [(10, other)[number % 2] for number in range(ranges)]
    whole, began = sum(takes), clock.at
    left = expecting(clock, {"import tracks": whole / pace, "import albums": whole / pace / 6})
    left.begin("import tracks")
    stage, errors = Stage("import tracks", ranges * 10**6, left, now=clock), []
    for seconds in takes:
        with stage.part() as count:
            for _ in range(seconds):
                true = whole * 7 / 6 - (clock.at - began)
                if clock.at - began > whole * 7 / 6 / 10:
                    errors.append(abs(stage.left[0] - true) / true)
                clock.go(1)
            count(10**6)
    assert max(errors) < 0.2


class TestStage:
    def test_rows_rate_and_time_left(self, clock: Clock) -> None:
        stage = Stage("import tracks", 4000, now=clock)
        clock.go(2)
        stage.advance(1000)
        assert stage.describe() == "import tracks: 1,000 of 4,000 rows, 500 a second; 0:06 left"

    def test_time_left_of_all(self, clock: Clock) -> None:
        left = expecting(clock, {"stage tracks": 10.0, "stage features": 3590.0})
        left.begin("stage tracks")
        stage = Stage("stage tracks", 1000, left, now=clock)
        clock.go(5)
        stage.guess(0.1)
        assert stage.describe() == "stage tracks: 500 of 1,000 rows, 100 a second; 59:55 left until the edition"

    def test_before_anything_expected_has_begun_nothing_is_said_of_all(self, clock: Clock) -> None:
        """Nobody knows yet how fast this machine is, nor how long a sample is written after its last row."""
        left = expecting(clock, {"stage tracks": 2.0})
        left.begin("write the sample archive")
        stage = Stage("write the sample archive", None, left, now=clock)
        clock.go(20)
        stage.advance(1000)
        assert stage.describe() == "write the sample archive: 1,000 rows, 50 a second"
        left.end("write the sample archive")
        left.begin("stage tracks")
        stage = Stage("stage tracks", 1000, left, now=clock)
        assert stage.left == (pytest.approx(2), "left until the edition")

    def test_a_stage_may_become_overdue_while_it_is_described(self, clock: Clock) -> None:
        class Late(TimeLeft):
            asked = 0

            @property
            def is_overdue(self) -> bool:
                self.asked += 1
                return self.asked > 1

        left = Late(clock, clock.cpu)
        left.expect({"a": Effort(10.0)}, threads=1)
        left.begin("a")
        stage = Stage("a", 10, left, now=clock)
        assert stage.describe() == "a; 0:10 left until the edition"
        assert stage.describe() == "a"

    def test_an_engine_is_believed_where_nothing_is_expected(self, clock: Clock) -> None:
        stage = Stage("check the text of tracks", 1000, now=clock)
        clock.go(5)
        for share in (-0.01, 0.25, 0.2):
            stage.guess(share)
        assert (stage.done, stage.left) == (250, (15.0, "left"))

    def test_rows_of_an_earlier_run_are_no_speed(self, clock: Clock) -> None:
        stage = Stage("import tracks", 4000, now=clock)
        stage.find(2000)
        clock.go(10)
        stage.advance(500)
        assert stage.describe() == "import tracks: 2,500 of 4,000 rows, 50 a second; 0:30 left"

    def test_what_is_under_way_goes_on_as_before(self, clock: Clock) -> None:
        stage = Stage("import tracks", 4000, now=clock)
        with stage.part() as count:
            clock.go(10)
            count(1000)
        with stage.part():
            clock.go(5)
            assert stage.left == (pytest.approx(25), "left")
            clock.go(500)
            assert stage.left[0] < 550

    def test_the_end_is_all_rows(self, clock: Clock) -> None:
        stage = Stage("stage tracks", 1000, now=clock)
        clock.go(2)
        stage.end()
        assert stage.summary() == "stage tracks: 1,000 rows, 500 a second, 2.0 s"


@pytest.mark.parametrize("make", [PlainProgress, TerminalProgress])
def test_stages_are_told_in_parts_and_at_their_end(make: Callable[[io.StringIO, int], Progress], clock: Clock) -> None:
    out = io.StringIO()
    progress = make(out, 1)
    # On a busy machine the second part may take longer than the first, and so longer than was to be expected.
    progress.time_left = TimeLeft(clock, clock.cpu)
    progress.expect({"stage tracks": Effort(7200)}, threads=1)
    for number in (1, 2):
        with progress.stage("stage tracks", 1000, number, 2) as stage:
            clock.go(1800 / number)
            stage.guess(0.5)
            assert stage.left[1] == "left until the edition"
    lines = [line for line in out.getvalue().splitlines() if " s" in line and "rows" in line]
    assert [line.partition(":")[0].strip() for line in lines] == ["stage tracks, 1 of 2", "stage tracks, 2 of 2"]


class TestLoudness:
    """Few lines where nobody asked for more."""

    def said(self, loudness: int) -> list[str]:
        out = io.StringIO()
        progress = PlainProgress(out, loudness)
        with progress.stage("stage tracks", 1000) as stage:
            stage.advance(1000)
        progress.detail("drew duration/by_year")
        progress.say("edition tried is written")
        progress.alarm("ALARM: fact a.b moved")
        return [line.partition(":")[0] for line in out.getvalue().splitlines()]

    def test_a_short_stage_is_not_worth_a_line(self) -> None:
        assert self.said(0) == ["edition tried is written", "ALARM"]

    def test_more(self) -> None:
        assert self.said(1) == ["stage tracks", "drew duration/by_year", "edition tried is written", "ALARM"]

    def test_less(self) -> None:
        assert self.said(-1) == ["ALARM"]


def test_figures_are_counted_without_a_rate(clock: Clock) -> None:
    stage = Stage("draw the figures", 71, now=clock, unit="figures")
    stage.find(2)
    clock.go(20)
    stage.advance(10)
    assert stage.describe() == "draw the figures: 12 of 71 figures; 1:58 left"
    assert stage.summary() == "draw the figures: 12 figures, 20.0 s"


def test_a_stage_that_takes_longer_than_expected_says_no_time(clock: Clock) -> None:
    left = expecting(clock, {"count a": 1.0})
    left.begin("count a")
    stage = Stage("count a", None, left, now=clock)
    assert stage.left == (1.0, "left until the edition")
    clock.go(60)
    assert stage.left is None
    assert stage.describe() == "count a"


def test_lines_where_there_is_no_terminal() -> None:
    assert type(progress_for(io.StringIO())) is PlainProgress
