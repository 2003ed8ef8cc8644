"""Building in tests: the project's settings, turned to another place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from report.edition import Edition
from report.pipeline import find_edition
from report.progress import Progress
from report.run import Run
from report.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]

# `aggregate(path, name="tried")`: the edition of an archive.
Aggregate = Callable[..., Edition]


def settings_below(folder: Path, root: Path = ROOT) -> Settings:
    """The settings of the project in `root`, writing below `folder`."""
    return writing_below(read_settings(root), folder)


def writing_below(settings: Settings, folder: Path) -> Settings:
    """The settings with all that is written below `folder`, two threads and little memory."""
    places = {name: folder / name for name in ("editions", "site", "cache")}
    return replace(settings, memory="512MB", threads=2, **places)


def aggregated(path: Path, name: str | None, settings: Settings) -> Edition:
    """The edition of the archive at `path`."""
    return find_edition(Run.of(settings, Progress()), path, name)
