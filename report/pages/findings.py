"""A finding as other pages show it: its words, key numbers, basis, and the small picture in the list of findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.core.errors import ContentError, FactError
from report.core.facts import AllFacts, is_known, suggest
from report.core.kinds import standing_of
from report.core.numbers import MISSING
from report.pages.markup import Press
from report.pages.sparks import SPARK_KINDS, Point, Shape, Style, draw, points, span
from report.prose.frontmatter import Page, check_keys
from report.results.figure_data import BASES, FigureData, basis_tags

FINDING_KEYS = {"order": int, "title": str, "question": str, "short": str, "summary": str, "listing": str}
FINDING_OPTIONS = {"needs": list, "numbers": list, "basis": str, "spark": list, "waits": str}
NUMBER_KEYS = {"value": str, "label": str, "basis": str}
SPARK_KEYS = {"basis": str, "kind": str, "caption": str}
SPARK_OPTIONS = {
    "figure": str, "x": str, "y": str, "by": str, "where": dict, "facts": list,
    "log": bool, "sorted": bool, "marked": list, "since": int, "until": int,
}  # fmt: skip

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


def read_finding(
    press: Press,
    facts: AllFacts,
    figures: Mapping[str, FigureData],
    edition: Mapping,
    page: Page,
    number: int,
    has_page: bool = True,
) -> Finding:
    """A finding from the front matter of its page; a key number that is not known is on no page of real figures.

    Raises:
        ContentError: with file and line.
    """
    own = {"facts": facts[page.stem]} if page.stem in facts else {}
    standing = standing_of(edition)
    numbers = []
    for at, entry in enumerate(page.values.get("numbers", [])):
        check_keys(page, entry, NUMBER_KEYS, {"unit": str}, "numbers", at)
        check_basis(entry["basis"], page.where("numbers", at, "basis"))
        printed = {key: press.phrase(page, "numbers", at, key, **own) for key in entry if key != "basis"}
        if not (standing.is_real and printed["value"] == MISSING):
            numbers.append({"unit": "", **printed, "tags": basis_tags([entry["basis"]], standing.is_synthetic)})
    bases = [entry["basis"] for entry in page.values.get("numbers", [])]
    if "basis" in page.values:
        bases = [str(press.phrase(page, "basis", **own)).strip()]
        check_basis(*bases, page.where("basis"))
    for at, part in enumerate(page.values.get("needs", [])):
        if part not in PARTS:
            raise ContentError(
                f"`{part}` is not a part of the archive", page.where("needs", at), f"known: {', '.join(PARTS)}"
            )
    tags = basis_tags(bases, standing.is_synthetic)
    spark = spark_of(page, facts, figures, standing.decides, tags) if has_page else None
    waits = press.phrase(page, "waits", **own) if "waits" in page.values and not spark else ""
    return Finding(
        stem=page.stem,
        number=number,
        numbers=numbers,
        tags=tags,
        lacks=[part for part in page.values.get("needs", []) if is_absent(part, edition)],
        spark=spark,
        waits=waits if has_page else waits or press.phrase(page, "summary", **own),
        has_page=has_page,
        **{key: press.phrase(page, key, **own) for key in ("title", "question", "short", "summary", "listing")},
    )


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
    page: Page, facts: AllFacts, figures: Mapping[str, FigureData], is_archive: bool, tags: tuple[str, ...]
) -> Spark | None:
    """The first of the page's sparks that can be drawn; what is no archive's count is no answer, so it isn't drawn."""
    found = []
    for at, entry in enumerate(page.values.get("spark", [])):
        check_keys(page, entry, SPARK_KEYS, SPARK_OPTIONS, "spark", at)
        check_basis(entry["basis"], page.where("spark", at, "basis"))
        if entry["kind"] not in SPARK_KINDS:
            known = f"one of {', '.join(SPARK_KINDS)}"
            raise ContentError(f"`{entry['kind']}` is no kind of spark", page.where("spark", at, "kind"), known)
        # A mistake is one in every edition, so those that aren't for this one are read, too.
        shown = _points(page, at, entry, facts, figures)
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


def _points(page: Page, at: int, entry: Mapping, facts: AllFacts, figures: Mapping[str, FigureData]) -> list[Point]:
    if "facts" in entry:
        try:
            values = [(name, getattr(facts[page.stem], str(name))) for name in entry["facts"]]
        except FactError as error:
            error.where = page.where("spark", at, "facts")
            raise
        return [Point(name, value) for name, value in values] if is_known(*(value for _, value in values)) else []
    check_keys(page, entry, {**SPARK_KEYS, "figure": str, "x": str, "y": str}, SPARK_OPTIONS, "spark", at)
    if entry["figure"] not in figures:
        hint = suggest(entry["figure"], figures)
        raise ContentError(f"there is no figure `{entry['figure']}`", page.where("spark", at, "figure"), hint)
    data = figures[entry["figure"]]
    named = [entry["x"], entry["y"], *entry.get("where", {}), *([entry["by"]] if "by" in entry else [])]
    for column in named:
        if column not in data.columns:
            message = f"`{column}` is not a column of `{data.id}`"
            raise ContentError(message, page.where("spark", at), suggest(column, data.columns))
    rows = [row for row in data.rows if all(row[key] == value for key, value in entry.get("where", {}).items())]
    shown = points(rows, entry["x"], entry["y"], entry.get("by"))
    if "since" in entry:
        shown = [point for point in shown if isinstance(point.label, int) and point.label >= entry["since"]]
    return sorted(shown, key=lambda point: -point.value) if entry.get("sorted") else shown
