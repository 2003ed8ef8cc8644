"""A finding as other pages show it: its words, key numbers, basis, and the small picture in the list of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.core.entries import check_keys
from report.core.errors import ContentError
from report.core.facts import is_known, suggest
from report.pages.sparks import SPARK_KINDS, Point, Shape, Style, draw, points, span
from report.results.figure_data import BASES, FigureData, basis_tags

SPARK_KEYS = ("basis", "kind", "caption")
OF_FIGURES = ("figure", "x", "y")
SPARK_OPTIONS = (*OF_FIGURES, "by", "where", "facts", "log", "sorted", "marked", "since", "until")

# A part of the archive is absent if one of these tables or columns is.
PARTS = {
    "features": ("track_audio_features",),
    "albums": ("albums",),
    "album_types": ("albums", "albums.album_type"),
    "album_artists": ("artist_albums",),
    "artists": ("artists",),
    "followers": ("artists", "artists.followers_total"),
    "genres": ("artist_genres",),
    "labels": ("albums", "albums.label"),
    "markets": ("available_markets", "available_markets.available_markets", "tracks.available_markets_rowid"),
    "recordings": ("tracks.external_id_isrc",),
    "playlists": ("playlists", "playlist_tracks"),
    "preservation": ("track_files",),
}


@dataclass(frozen=True)
class Spark:
    """A small picture: what it paints, and its caption of measure and span; `tags` where its basis needs saying."""

    shapes: Sequence[Shape]
    caption: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """A finding as other pages show it.

    Attributes:
        lacks: the parts of the archive that it needs and the edition has not.
        spark: its small picture, or None.
        waits: what its question waits for, where this edition has no number that answers it; else nothing.
        has_page: whether a page is made of it: a public report has none without a figure.
    """

    stem: str
    number: int
    title: str
    question: str
    short: str
    summary: str
    listing: str
    tags: tuple[str, ...]
    numbers: Sequence[Mapping[str, object]]
    lacks: Sequence[str]
    spark: Spark | None = None
    waits: str = ""
    has_page: bool = True


def check_basis(basis: object, where: str | None = None) -> None:
    """Raises ContentError if `basis` is none of BASES."""
    if basis not in BASES:
        raise ContentError(f"`{basis}` is not a basis", where, f"one of {', '.join(BASES)}")


def is_absent(part: str, edition: Mapping) -> bool:
    """Whether the edition's source lacks this part of an archive.

    Raises:
        ContentError: there is no such part.
    """
    if part not in PARTS:
        raise ContentError(f"`{part}` is not a part of the archive", hint=f"known: {', '.join(PARTS)}")
    absent = edition["absent"]
    columns = {f"{table}.{name}" for table, names in absent.get("columns", {}).items() for name in names}
    return not {*absent.get("tables", []), *columns}.isdisjoint(PARTS[part])


def spark_of(
    entries: Sequence[Mapping],
    name: str,
    facts: Mapping[str, object],
    figures: Mapping[str, FigureData],
    is_archive: bool,
    tags: tuple[str, ...],
) -> Spark | None:
    """The first of a finding's sparks that can be drawn; what is no archive's count is no answer, so it isn't drawn.

    Args:
        entries: of its file `name`.
        facts: of the finding.
    """
    found = []
    for at, entry in enumerate(entries, 1):
        where = f"{name} [[spark]] {at}"
        check_keys(entry, (*SPARK_KEYS, *SPARK_OPTIONS), where, SPARK_KEYS)
        check_basis(entry["basis"], where)
        if entry["kind"] not in SPARK_KINDS:
            known = f"one of {', '.join(SPARK_KINDS)}"
            raise ContentError(f"`{entry['kind']}` is no kind of spark", where, known)
        # A mistake is one in every edition, so those that aren't for this one are read, too.
        shown = _points(entry, where, facts, figures)
        if is_archive or entry["basis"] != "computed":
            found.append((entry, shown))
    for entry, shown in found:
        shapes = draw(shown, _style(entry, shown))
        if shapes:
            measure, _, note = entry["caption"].partition("; ")
            said = ", ".join(filter(None, (measure, span(shown), "log" if entry.get("log") else "")))
            own = basis_tags([entry["basis"]], is_synthetic=False)
            return Spark(shapes, "; ".join(filter(None, (said, note))), () if own == tags else own)
    return None


def _style(entry: Mapping, shown: Sequence[Point]) -> Style:
    """How an entry is drawn; what is sorted by size has its largest as the point."""
    on = entry.get("marked", [point.label for point in shown[:1]] if entry.get("sorted") else [])
    return Style(entry["kind"], entry.get("log", False), tuple(map(str, on)), entry.get("until"))


def _points(entry: Mapping, where: str, facts: Mapping[str, object], figures: Mapping[str, FigureData]) -> list[Point]:
    if "facts" in entry:
        for name in entry["facts"]:
            if name not in facts:
                raise ContentError(f"`{name}` is not a fact", where, suggest(str(name), facts))
        values = [(name, facts[name]) for name in entry["facts"]]
        return [Point(name, value) for name, value in values] if is_known(*(value for _, value in values)) else []
    check_keys(entry, (*SPARK_KEYS, *SPARK_OPTIONS), where, OF_FIGURES)
    if entry["figure"] not in figures:
        raise ContentError(f"there is no figure `{entry['figure']}`", where, suggest(entry["figure"], figures))
    data = figures[entry["figure"]]
    named = [entry["x"], entry["y"], *entry.get("where", {}), *([entry["by"]] if "by" in entry else [])]
    for column in named:
        if column not in data.columns:
            message = f"`{column}` is not a column of `{data.id}`"
            raise ContentError(message, where, suggest(column, data.columns))
    rows = [row for row in data.rows if all(row[key] == value for key, value in entry.get("where", {}).items())]
    shown = points(rows, entry["x"], entry["y"], entry.get("by"))
    if "since" in entry:
        shown = [point for point in shown if isinstance(point.label, int) and point.label >= entry["since"]]
    return sorted(shown, key=lambda point: -point.value) if entry.get("sorted") else shown
