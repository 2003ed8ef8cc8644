"""One aggregation by DuckDB and by an engine elsewhere, one after the other in one run, and whether the cubes agree.

    python -m bench.engines DIR --tracks 1000000 4000000

The engine is Sail, started here for each size. Its processor time is the server's and the client's.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from bench.archive import write_archive

ROOT = Path(__file__).resolve().parents[1]


def cpu_of_ended() -> float:
    """Processor seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def aggregate(archive: Path, folder: Path, name: str, *options: str) -> tuple[float, float, dict]:
    """Wall and processor seconds of an aggregation from nothing, and the hashes of its cubes."""
    shutil.rmtree(folder / name, ignore_errors=True)
    places = ["--cache", str(folder / name / "cache"), "--editions", str(folder / name)]
    command = [sys.executable, str(ROOT / "build.py"), "aggregate", str(archive), "--edition", "made", "-q"]
    began, cpu = time.monotonic(), cpu_of_ended()
    subprocess.run([*command, *places, "--memory", "4GB", "--threads", "2", *options], check=True)
    wall, cpu = time.monotonic() - began, cpu_of_ended() - cpu
    return wall, cpu, json.loads((folder / name / "made/edition.json").read_text())["cubes"]


def main() -> None:
    """Print a row a size and engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tracks", type=int, nargs="+", default=[1_000_000])
    options = parser.parse_args()
    print("| tracks | engine | wall s | CPU s | × DuckDB, CPU | cubes of the same bytes |")
    print("|---:|---|---:|---:|---:|---:|")
    for tracks in options.tracks:
        archive = options.folder / f"archive-{tracks}"
        if not archive.exists():
            write_archive(archive, tracks)
        wall, cpu, here = aggregate(archive, options.folder, "duckdb")
        print(f"| {tracks:,} | DuckDB | {wall:.1f} | {cpu:.1f} | 1.0 | |", flush=True)
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            port = asked.getsockname()[1]
        sail = [
            str(Path(sys.executable).with_name("sail")),
            "spark",
            "server",
            "--ip",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        with subprocess.Popen(sail, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            while True:
                with socket.socket() as tried:
                    if not tried.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.1)
            shared = options.folder / "shared"
            shutil.rmtree(shared, ignore_errors=True)
            elsewhere = ("--engine", f"sc://127.0.0.1:{port}", "--shared", str(shared))
            took, client, there = aggregate(archive, options.folder, "sail", *elsewhere)
            # The fields of its status: of the user and of the system, in ticks.
            fields = Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()
            ours = client + sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
            server.kill()
        same = sum(there[name] == content for name, content in here.items())
        print(f"| {tracks:,} | Sail | {took:.1f} | {ours:.1f} | {ours / cpu:.1f} | {same} of {len(here)} |", flush=True)


if __name__ == "__main__":
    main()
