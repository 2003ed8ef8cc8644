"""The same five aggregations by the report's engine, the sqlite3 command line, Polars and PySpark, in one run.

    python -m bench.compare DIR --python PYTHON [--rounds 3]

DIR is an archive in both layouts (python -m bench.archive DIR --tracks N --sqlite): sqlite3 reads the databases, the
others the Parquet files. PYTHON is the interpreter of an environment of its own with what bench/requirements.txt
lists; PySpark needs Java. bench/compare/ holds the queries, which DuckDB, sqlite3 and Spark share word for word, and
the programs that ask them. Each way must give the same rows: an answer that differs ends the run.

A round starts a session of each way, one after the other, and asks it the five questions in turn, then all five
once more. A process for each question would count the start of a virtual machine five times, and one pass would count
what it compiles on the way; so ratios are of the second pass, which is the kindest to all, and start and first pass
stand beside it. What a way keeps between questions it may use. The figures are medians of the rounds.

Each has two threads and 4 GB where it can be told: DuckDB's limit, Spark's driver, Polars' budget before it spills.
sqlite3 has two threads that sort, and maps its files into memory, which counts as resident. All files are read once
before: the system's cache is warm. CPU seconds and memory are of a way's process and all that it starts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.sessions import Answer, Session, Way
from bench.ways import MEMORY_GB, OURS, THREADS, find_files, find_programs, in_duckdb, in_polars, in_spark, in_sqlite

QUESTIONS = {
    "popularity": "popularity histogram",
    "duration": "duration by second",
    "years": "tracks by release year",
    "recordings": "tracks per ISRC",
    "key_mode": "key × mode",
}


@dataclass(frozen=True)
class Run:
    """What a session took."""

    start: Answer
    first: dict[str, Answer]
    again: dict[str, Answer]
    peak: int


def main() -> None:
    """Compare the ways on the archive of the command line, print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive", type=Path, metavar="DIR")
    parser.add_argument("--python", required=True, help="an interpreter with what bench/requirements.txt lists")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    options = parser.parse_args()
    tables, databases = find_files(options.archive)
    versions = find_programs(options.python)
    for file in {*tables.values(), *databases.values()}:
        with file.open("rb") as whole:
            while whole.read(2**24):
                pass
    # On the archive's disk: sorting many codes takes space.
    with tempfile.TemporaryDirectory(prefix="compare-", dir=options.archive) as folder:
        ways = [
            in_duckdb(tables, Path(folder)),
            in_sqlite(databases, Path(folder)),
            in_polars(options.python, tables, Path(folder)),
            in_spark(options.python, tables, Path(folder)),
        ]
        runs = compare(ways, options.rounds, Path(folder))
    print(f"{versions}; {THREADS} threads, {MEMORY_GB} GB, rounds: {options.rounds}, warm file cache\n")
    print(by_question(runs))
    print()
    print(by_way(runs))


def compare(ways: list[Way], rounds: int, folder: Path) -> dict[str, list[Run]]:
    """What the sessions of each way took; the first way's rows are what the others must give.

    Raises:
        SystemExit: a way gives other rows, or ends.
    """
    runs: dict[str, list[Run]] = {way.name: [] for way in ways}
    expected: dict[str, list[str]] = {}
    for number in range(rounds):
        for way in ways:
            with Session(way, folder) as session:
                first, again = ({name: session.ask(name) for name in QUESTIONS} for _ in range(2))
                for name, answer in (*first.items(), *again.items()):
                    check_rows(way.name, name, answer.rows, expected.setdefault(name, answer.rows))
                runs[way.name].append(Run(session.start, first, again, session.peak()))
            print(f"round {number + 1}, {way.name}: done", file=sys.stderr, flush=True)
    return runs


def check_rows(way: str, name: str, rows: list[str], expected: list[str]) -> None:
    """Stop where a way does not give the rows that the first one gave.

    Raises:
        SystemExit: it doesn't; the message shows a few that differ.
    """
    if rows != expected:
        more, fewer = sorted(set(rows) - set(expected)), sorted(set(expected) - set(rows))
        raise SystemExit(
            f"{way} gives other rows for {QUESTIONS[name]} than the first way\n"
            f"  {len(rows)} rows, {len(expected)} expected; only here: {more[:3]}; lacking: {fewer[:3]}"
        )


def by_question(runs: dict[str, list[Run]]) -> str:
    """A Markdown table, a line for each aggregation and way; ratios are of the second pass."""
    lines = [
        "| aggregation | rows | way | wall, s | CPU, s | wall ÷ ours | CPU ÷ ours | first, wall s | first, CPU s |",
        "|---|---:|---|" + "---:|" * 6,
    ]
    for label, names in [*((label, [name]) for name, label in QUESTIONS.items()), ("all five", list(QUESTIONS))]:
        ours = seconds([run.again[name] for name in names] for run in runs[OURS])
        for way, taken in runs.items():
            cells = [label, f"{sum(len(taken[0].again[name].rows) for name in names):,}", way]
            cells += beside(seconds([run.again[name] for name in names] for run in taken), ours)
            cells += [f"{value:.2f}" for value in seconds([run.first[name] for name in names] for run in taken)]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def by_way(runs: dict[str, list[Run]]) -> str:
    """A Markdown table, a line for each way: its start, and that with the first pass: what asking once takes."""
    lines = [
        "| way | start, wall s | start, CPU s | start and first pass, wall s | CPU, s | wall ÷ ours | CPU ÷ ours "
        "| resident MB |",
        "|---|" + "---:|" * 7,
    ]
    ours = seconds([run.start, *run.first.values()] for run in runs[OURS])
    for way, taken in runs.items():
        cells = [way, *(f"{value:.2f}" for value in seconds([run.start] for run in taken))]
        cells += beside(seconds([run.start, *run.first.values()] for run in taken), ours)
        lines.append(f"| {' | '.join([*cells, f'{max(run.peak for run in taken) / 1e6:,.0f}'])} |")
    return "\n".join(lines)


def seconds(rounds: Iterable[Iterable[Answer]]) -> tuple[float, float]:
    """Wall and CPU seconds of some answers together, each the median of the rounds."""
    summed = [(sum(one.wall for one in answers), sum(one.cpu for one in answers)) for answers in map(list, rounds)]
    return median(wall for wall, _ in summed), median(cpu for _, cpu in summed)


def beside(own: tuple[float, float], ours: tuple[float, float]) -> list[str]:
    """Cells: wall and CPU seconds, and both as multiples of ours."""
    return [f"{value:.2f}" for value in own] + [f"{value / base:.1f}" for value, base in zip(own, ours, strict=True)]


if __name__ == "__main__":
    main()
