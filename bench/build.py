"""How long a build takes after each kind of edit, against a plain `mkdocs build` of its default site in the same run.

    python bench/build.py [--runs N] [--keep]

Prints medians of wall and CPU seconds, and ratios: to mkdocs, and to the bare import of the libraries that pages need.
--keep adds the ratios to mkdocs, with the commit, to bench/results.csv.
The runs of all kinds take turns, so that a machine that is busy for a while is busy for all of them.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("build.py", "report.toml", "report", "queries", "content", "templates")
RESULTS = ROOT / "bench/results.csv"
RUNS = 5
BUILD = [sys.executable, "build.py"]
MKDOCS = [sys.executable, "-m", "mkdocs"]
BARE = [sys.executable, "-c", "import jinja2, markdown, yaml"]


def seconds(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall and CPU time of a command that has to succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def replaced(path: Path, old: str, new: str) -> None:
    """Edit a file; `old` has to be in it."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{old!r} is not in {path}: this edit has to be thought of anew")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edits(project: Path) -> dict[str, Callable[[int], None]]:
    """Kinds of edit: each changes the project for the run of that number."""
    page, chart = project / "content/en/findings/duration.md", project / "report/charts/duration.py"
    query = project / "queries/duration/by_minute.sql"
    return {
        "no change": lambda run: None,
        "a sentence": lambda run: page.write_text(f"{page.read_text('utf-8')}\nA further sentence.\n", "utf-8"),
        "a chart": lambda run: replaced(chart, f"headroom={20 + run})", f"headroom={21 + run})"),
        "a query": lambda run: query.write_text(f"{query.read_text('utf-8').rstrip()}\n-- once more\n", "utf-8"),
    }


def main() -> None:
    """Copy the project, build it, edit it and build it again, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        project, plain = Path(temporary) / "project", Path(temporary) / "plain"
        project.mkdir()
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
        seconds([*MKDOCS, "new", str(plain)], project)
        cold = seconds(BUILD, project)
        kinds = edits(project)
        # What is compiled and cached on a first run counts for neither.
        for command, folder in ((BUILD, project), ([*MKDOCS, "build"], plain), (BARE, project)):
            seconds(command, folder)
        taken = defaultdict(list)
        for run in range(options.runs):
            taken["bare import"].append(seconds(BARE, project))
            taken["mkdocs build"].append(seconds([*MKDOCS, "build"], plain))
            for kind, edit in kinds.items():
                edit(run)
                taken[kind].append(seconds(BUILD, project))
    medians = {kind: [statistics.median(column) for column in zip(*runs, strict=True)] for kind, runs in taken.items()}
    bare, mkdocs = medians["bare import"][1], medians["mkdocs build"]
    print(f"medians of {options.runs}    wall, s   CPU, s   wall / mkdocs   CPU / mkdocs   CPU / bare import")
    measured = {**medians, "cold, once": cold}
    for kind, (wall, cpu) in measured.items():
        ratios = f"{wall / mkdocs[0]:13.2f} {cpu / mkdocs[1]:14.2f} {cpu / bare:19.1f}"
        print(f"{kind:15} {wall:8.2f} {cpu:8.2f} {ratios}")
    if options.keep:
        keep({kind: (wall / mkdocs[0], cpu / mkdocs[1]) for kind, (wall, cpu) in measured.items()})


def keep(ratios: dict[str, tuple[float, float]]) -> None:
    """Add the ratios to the table over commits."""
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    is_new = not RESULTS.exists()
    with RESULTS.open("a", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        if is_new:
            table.writerow(["commit", "after", "wall_to_mkdocs", "cpu_to_mkdocs"])
        for kind, (wall, cpu) in ratios.items():
            table.writerow([asked.stdout.strip(), kind, f"{wall:.2f}", f"{cpu:.2f}"])


if __name__ == "__main__":
    main()
