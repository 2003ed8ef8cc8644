"""How long a build takes, against the bare import of its libraries in the same run.

    python bench/build.py

Prints seconds and ratios: cold (no edition, no cache), warm (nothing changed) and after an edit of one page.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("build.py", "report.toml", "report", "queries", "content", "templates")
RUNS = 5


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of a command that has to succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Copy the project, build it three ways, print a table."""
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        for name in COPIED:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
        build = [sys.executable, "build.py"]
        bare = [sys.executable, "-c", "import jinja2, markdown, yaml"]
        baseline = statistics.median(seconds(bare, project) for _ in range(RUNS))
        cold = seconds(build, project)
        warm = statistics.median(seconds(build, project) for _ in range(RUNS))
        page = project / "content" / "about.md"
        edits = []
        for run in range(RUNS):
            page.write_text(page.read_text(encoding="utf-8") + f"\nEdit {run}.\n", encoding="utf-8")
            edits.append(seconds(build, project))
        rows = [
            ("bare import", baseline),
            ("cold", cold),
            ("warm", warm),
            ("one page edited", statistics.median(edits)),
        ]
        for name, value in rows:
            print(f"{name:16} {value:8.2f} s   {value / baseline:8.1f} x bare import")


if __name__ == "__main__":
    main()
