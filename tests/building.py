"""Building in tests: the project's settings, turned to another place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from report.cache.store import Store
from report.core.progress import Progress
from report.core.settings import Settings, read_settings
from report.pipeline import find_edition
from report.results.results import Results
from report.run import Run
from report.warehouse.edition import Edition
from report.warehouse.published import published_tracks, read_published

ROOT = Path(__file__).resolve().parents[1]
# How many tracks the archive is published to hold.
WHOLE = published_tracks(ROOT / "content/published")

# What is said of the rows that were read, those that point nowhere among them; the share of each as well.
ACCOUNTS = {
    "rows_read", "rows_dropped", "pair_rows", "feature_rows", "feature_values", "artist_album_rows",
    "artist_genre_rows",
    "playlist_rows", "file_rows", "unusable_values", "unusable_feature_values", "pairs_without_track",
    "pairs_without_artist", "artist_albums_without_either", "genres_without_artist", "playlist_tracks_without_either",
    "files_without_track", "features_without_track", "null_responses_share", "repeated_pairs_share",
}  # fmt: skip

# `aggregate(path, name="tried")`: the edition of an archive.
Aggregate = Callable[..., Edition]


def settings_below(folder: Path, root: Path = ROOT) -> Settings:
    """The settings of the project in `root`, writing below `folder`."""
    return writing_below(read_settings(root), folder)


def writing_below(settings: Settings, folder: Path) -> Settings:
    """The settings with all that is written below `folder`, two threads, little memory and no demonstration."""
    places = {name: folder / name for name in ("editions", "site", "cache")}
    return replace(settings, memory="512MB", threads=2, demo="", **places)


def without_demonstration(project: Path) -> None:
    """Leave the demonstration out of a copy of the project: it takes as long as the report."""
    path = project / "report.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('demo = "sample"', 'demo = ""'), encoding="utf-8")


def aggregated(path: Path, name: str | None, settings: Settings) -> Edition:
    """The edition of the archive at `path`."""
    return find_edition(Run.of(settings, Progress(), may_replace=True), path, name)


def publish_tracks(root: Path, count: int) -> None:
    """Change how many tracks the archive is published to hold, in a copy of the project, and what is a part of them."""

    def change(name: str, pattern: str, new: Callable[[float], str]) -> None:
        path = root / f"content/published/{name}.csv"
        path.write_text(
            re.sub(rf"(?m)^({pattern}),([\d.]+)$", lambda m: f"{m[1]},{new(float(m[2]))}", path.read_text())
        )

    def in_proportion(value: float) -> str:
        return f"{value * count / WHOLE:.12f}"

    change("totals", "tracks|track_files", lambda _: str(count))
    change("announcement", "files_millions|recordings_millions", in_proportion)
    change("genres_by_tracks", ".*", in_proportion)


def facts_of(source: Path, folder: Path) -> dict[str, object]:
    """All facts of an archive but those of its account."""
    settings = settings_below(folder)
    edition = aggregated(source, "made", settings)
    with Results(
        edition, read_published(ROOT / "content/published"), settings.queries, Store(settings.cache)
    ) as answers:
        return {
            f"{finding}.{name}": value
            for finding, facts in answers.facts().items()
            for name, value in facts.items()
            if finding != "data" or ACCOUNTS.isdisjoint((name, name.removesuffix("_share")))
        }
