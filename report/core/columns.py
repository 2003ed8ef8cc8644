"""What the name of a column or fact means: its kind, its unit, its bounds, and its words on a page.

A name is read by its words, `published_tracks_with_year` as published, tracks, with, year: what is counted comes
before what it is counted by, so this one is a count and `release_year` a year. Nothing else in the project asks what a
name ends in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from report.core.facts import is_known

SHARE, COEFFICIENT, YEAR, COUNT, MEASURE, TEXT = "share", "coefficient", "year", "count", "measure", "text"
COLUMN_KINDS = (SHARE, COEFFICIENT, YEAR, COUNT, MEASURE, TEXT)
# Which half of a comparison a column is, as its prefix; and the bases that it may rest on.
HALVES = {"computed": ("computed",), "published": ("published", "external", "subset")}
YEARS = (1900, 2100)
# What the contract of a query can name as counted.
COUNTED = (
    "tracks", "recordings", "albums", "product codes", "artists", "followers", "label names", "genres", "markets",
    "playlists", "files", "deliveries",
)  # fmt: skip
# Things in names: one of them and, as a page has it, several.
THINGS = {"track": "tracks", "album": "albums", "artist": "artists", "recording": "recordings", "item": "items"}
# Words that count what they name.
SEVERAL = frozenset((
    *THINGS.values(), "followers", "genres", "markets", "playlists", "features", "pairs", "decades", "streams", "files",
    "rows", "values", "entries", "responses", "ids", "isrcs", "upcs", "dates", "durations", "popularities", "listed",
    "days", "minutes", "years", "tiers", "deliveries",
))  # fmt: skip
# What follows a thing that is counted and says which of them: tracks_with_year, albums_in_decades.
SAYS_WHICH = frozenset((
    "with", "without", "in", "of", "around", "left", "over", "under", "after", "before", "from", "known", "read",
    "dropped",
))  # fmt: skip
# What is near zero or one by its nature, so that a change in per cent would say too much.
COEFFICIENTS = frozenset((
    "correlation", "gini", "index", "ratio", "difference", "gap", "spread", "change", "bump", "shoulder",
))  # fmt: skip
# Of these two values are told apart, so the result may be below zero.
DIFFERENCES = frozenset(("difference", "gap", "change", "correlation"))
MEASURES = frozenset((
    "mean", "median", "sd", "dispersion", "growth", "percent", "millions", "popularity", "minute", "width", "value",
    "sum", "mix", "step", "valence", "danceability", "energy", "acousticness", "instrumentalness",
    "liveness", "speechiness", "tempo", "loudness",
))  # fmt: skip

# What staging and cubes make of the source's columns, where it does not go by the column's name.
MADE_OF = {
    "popularity_tier": ("popularity",),
    "popularity_spread": ("popularity",),
    "is_popular": ("popularity",),
    "popular_count": ("popularity",),
    "duration_s": ("duration_ms",),
    "duration_from_s": ("duration_ms",),
    "duration_spread_s": ("duration_ms",),
    "same_length_count": ("duration_ms",),
    "is_music_like": ("speechiness", "duration_ms"),
    "release_year": ("release_date",),
    "release_decade": ("release_date",),
    "date_precision": ("release_date_precision",),
    "gap_years": ("external_id_isrc", "release_date"),
    "recording_count": ("external_id_isrc",),
    "upc_count": ("external_id_upc",),
    "tracks_from": ("tracks_total",),
    "label_rank": ("label",),
    "label_count": ("label",),
    "artist_name_count": ("label", "name"),
    "loudness_db": ("loudness",),
    "energy_bin": ("energy",),
    "pitch_class": ("key",),
    "is_explicit": ("explicit",),
    "is_danceable": ("danceability",),
    "fetched_day": ("fetched_at",),
    "thousandth": ("followers_total",),
    "followers_sum": ("followers_total",),
    "rank_followers_sum": ("followers_total",),
    "market_count": ("available_markets_rowid",),
    "market": ("available_markets",),
    "marker": ("name",),
}
OF_SUMS = re.compile(r"(_square)?_(sum|count)(?=$|_ms$)")


@dataclass(frozen=True)
class Meaning:
    """What a name promises.

    Attributes:
        kind: one of COLUMN_KINDS, by which changes are measured and limited (content/drift.toml).
        low, high: bounds that every value keeps; None where there is none.
        says: what a value is, in words; empty where the name says it all.
        unit: to be printed behind the words of the name, or "".
    """

    kind: str
    low: float | None = None
    high: float | None = None
    says: str = ""
    unit: str = ""


# By the last word of a name.
ENDINGS = {
    "count": Meaning(COUNT, 0, None, "how many"),
    "share": Meaning(SHARE, 0, 1, "a fraction of the whole, 0 to 1"),
    "index": Meaning(COEFFICIENT, 0, None, "a ratio; 1 is what would be expected"),
    "ratio": Meaning(COEFFICIENT, 0, None, "how many times"),
    "year": Meaning(YEAR, *YEARS, "a year"),
    "decade": Meaning(YEAR, *YEARS, "the first year of ten"),
    "years": Meaning(MEASURE, None, None, "years"),
    "ms": Meaning(MEASURE, 0, None, "milliseconds", "milliseconds"),
    "s": Meaning(MEASURE, 0, None, "seconds", "seconds"),
    "minute": Meaning(MEASURE, None, None, "a length in whole minutes"),
    "error": Meaning(MEASURE, 0, None, "a standard error of what it is named after"),
    "bpm": Meaning(MEASURE, 0, None, "beats per minute", "BPM"),
    "db": Meaning(MEASURE, None, None, "decibels", "dB"),
    "rank": Meaning(COUNT, 1, None, "a place in an order, 1 the first"),
    "order": Meaning(COUNT, 0, None, "the rows' order, nothing else"),
}
# Endings that settle it, whatever stands before them.
SETTLED = ("count", "share", "index", "ratio", "order", "rank", "error")
COUNTS, SHARES = ENDINGS["count"], ENDINGS["share"]
FLAG = Meaning(TEXT, says="true or false")


def meaning(name: str) -> Meaning | None:
    """What a column or a fact (`<finding>.<fact>` too) is by its name; None where that does not tell.

    Words, which a name cannot promise to be, are for `kind_of` to tell by the values.
    """
    words = [word for word in name.rpartition(".")[2].split("_") if word]
    if len(words) > 1 and words[0] in HALVES:
        words = words[1:]
    last, bare = words[-1], [word for word in words if not word.isdigit()]
    if words[0] in ("is", "has"):
        return FLAG
    if last in SETTLED:
        return ENDINGS[last]
    if "rank" in words:
        return ENDINGS["rank"]
    if "per" in words:
        return Meaning(MEASURE, 0)
    if _is_counted(words):
        return COUNTS
    if "share" in words and last != "percent":
        return SHARES if DIFFERENCES.isdisjoint(words) else replace(SHARES, low=-1)
    if last in ENDINGS and not (last == "years" and "artist" in words):
        return ENDINGS[last]
    for coefficient in ("index", "ratio"):
        if coefficient in words:
            return ENDINGS[coefficient]
    if not COEFFICIENTS.isdisjoint(words):
        return Meaning(COEFFICIENT)
    if last != "count" and not MEASURES.isdisjoint(words):
        return Meaning(MEASURE)
    if bare and bare[-1] in SEVERAL:
        # It may be a name too, as in first_by_tracks, so nothing is promised of it.
        return Meaning(COUNT)
    return None


def kind_of(name: str, *values: object) -> str:
    """The kind of a fact or column, by its values where they are words, else by its name."""
    known = [value for value in values if is_known(value)]
    if any(isinstance(value, (str, bool)) for value in known):
        return TEXT
    found = meaning(name)
    if found and found.kind == SHARE and not all(0 <= value <= 1 for value in known):
        return MEASURE
    if found and found.kind != TEXT:
        return found.kind
    return COUNT if all(float(value).is_integer() for value in known) else MEASURE


def heading(name: str) -> str:
    """A name in words: album_count -> "Albums", mean_s -> "Mean, seconds"."""
    stem, _, last = name.rpartition("_")
    if stem in THINGS and last == "count":
        return THINGS[stem].capitalize()
    if stem in THINGS and last == "share":
        return f"Share of {THINGS[stem]}"
    found = meaning(name)
    unit = found.unit if found and stem else ""
    words = (stem if unit else name).removeprefix("is_").replace("_", " ")
    return words[:1].upper() + words[1:] + (f", {unit}" if unit else "")


def only_orders(name: str) -> bool:
    """Whether a column is there for the order of the rows and for nothing else."""
    return meaning(name) is ENDINGS["order"]


def is_year(name: str) -> bool:
    """Whether its values are years, which are printed without separators."""
    found = meaning(name)
    return bool(found) and found.kind == YEAR


def is_share(name: str) -> bool:
    """Whether its values are fractions of a whole, which are printed as percentages."""
    return meaning(name) is SHARES


def half(name: str) -> str:
    """The half of a comparison that a column belongs to: computed, published or ""."""
    first, _, rest = name.partition("_")
    return first if first in HALVES and rest else ""


def of_half(key: str, measure: str) -> str:
    """The column of a measure in one half of a comparison: mean_s, published -> published_mean_s."""
    return f"{key}_{measure}"


def source_of(name: str) -> tuple[str, ...]:
    """The columns of the source that staging and cubes make a column of; by default that of its own name."""
    return MADE_OF.get(name, (OF_SUMS.sub("", name),))


def _is_counted(words: list[str]) -> bool:
    """Whether a thing that is counted comes first: tracks_with_year, published_albums_in, albums_2015, artist_years."""
    if "artist years" in " ".join(words):
        return True
    at = next((at for at, word in enumerate(words) if word in SEVERAL), None)
    if at is None or words[-1] == "percent":
        return False
    after = words[at + 1 :]
    return bool(after) and (after[0] in SAYS_WHICH or all(word.isdigit() or word == "to" for word in after))
