"""The archive's tables and columns as the report reads them: kinds, ranges, what must be there.

Only what a query needs is listed. Owner ids and names of playlists are personal data and are never read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# fetched_at is Unix time in milliseconds; the catalogue is younger than this bound and the bound tells it from seconds.
EARLIEST_FETCH_MS = 1_000_000_000_000
LATEST_FETCH_MS = 4_102_444_800_000
# Beyond these (25 days; more than there are people) a value is a mistake, and sums of such mistakes would overflow.
LONGEST_MS = 2_147_483_647
MOST_FOLLOWERS = 10_000_000_000


@dataclass(frozen=True)
class Column:
    """One column: its kind and what counts as a usable value.

    Attributes:
        kind: "integer", "real" or "text".
        low, high: inclusive bounds of a usable number; None is unbounded.
        is_required: whether a table without it is refused.
        is_filled: whether every row has a value, so that a NULL is counted as a loss.
        is_id: whether the value tells rows apart across tables, so that an empty or repeated one is not usable.
        is_flat_only: given by flat tables alone, so its absence elsewhere is no lack.
        is_time: whether the number is milliseconds since 1970, so that a timestamp will do as well.
        blanks: what stands in the rows of a column that nobody filled; where nothing else does, the column is absent.
    """

    kind: str
    low: float | None = None
    high: float | None = None
    is_required: bool = True
    is_filled: bool = False
    is_id: bool = False
    is_flat_only: bool = False
    is_time: bool = False
    blanks: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of the archive.

    Attributes:
        columns: the columns read, by name.
        is_required: whether an archive without it is refused.
        key: the column that identifies a row, where a row that repeats it is dropped.
        part: the database or folder it is in, after `spotify_clean`: "", "_audio_features" …
        staging: the staging table made of it, or None where its rows are only counted.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    is_required: bool = False
    key: str | None = None
    part: str = ""
    staging: str | None = None


def _integer(
    low: float | None = None,
    high: float | None = None,
    *,
    optional: bool = False,
    filled: bool = False,
    blanks: tuple[int, ...] = (),
) -> Column:
    return Column("integer", low, high, is_required=not optional, is_filled=filled, blanks=blanks)


def _real(low: float, high: float) -> Column:
    return Column("real", low, high)


def _text(*, optional: bool = False, filled: bool = False, blanks: tuple[str, ...] = ("",)) -> Column:
    return Column("text", is_required=not optional, is_filled=filled, blanks=blanks)


def _id(*, filled: bool = False) -> Column:
    return Column("text", is_filled=filled, is_id=True)


FEATURES = (
    "danceability",
    "energy",
    "loudness",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "liveness",
    "valence",
    "tempo",
)

TABLES: dict[str, Table] = {
    "tracks": Table(
        {
            "rowid": _integer(),
            "id": _id(filled=True),
            "name": _text(optional=True),
            "fetched_at": Column(
                "integer", EARLIEST_FETCH_MS, LATEST_FETCH_MS, is_required=False, is_filled=True, is_time=True
            ),
            "album_rowid": _integer(),
            "external_id_isrc": _text(optional=True),
            "popularity": _integer(0, 100, filled=True),
            "available_markets_rowid": _integer(optional=True),
            "duration_ms": _integer(1, LONGEST_MS, filled=True),
            "explicit": _integer(0, 1, optional=True, filled=True, blanks=(0,)),
            "release_date": Column("text", is_required=False, is_flat_only=True, blanks=("",)),
        },
        is_required=True,
        key="rowid",
        staging="tracks",
    ),
    "albums": Table(
        {
            "rowid": _integer(),
            "album_type": _text(optional=True, filled=True, blanks=("", "album")),
            "label": _text(optional=True),
            "external_id_upc": _text(optional=True),
            "popularity": _integer(0, 100, optional=True, filled=True, blanks=(0,)),
            "release_date": _text(filled=True),
            "release_date_precision": _text(optional=True),
            "total_tracks": _integer(1, optional=True),
        },
        is_required=True,
        key="rowid",
        staging="albums",
    ),
    "artists": Table(
        {
            "rowid": _integer(),
            "name": _text(optional=True),
            "followers_total": _integer(0, MOST_FOLLOWERS, optional=True, filled=True, blanks=(0,)),
            "popularity": _integer(0, 100, optional=True, filled=True, blanks=(0,)),
        },
        is_required=True,
        key="rowid",
        staging="artists",
    ),
    "track_artists": Table(
        {"track_rowid": _integer(), "artist_rowid": _integer()}, is_required=True, staging="track_artists"
    ),
    "artist_albums": Table(
        {
            "artist_rowid": _integer(),
            "album_rowid": _integer(),
            "is_appears_on": _integer(0, 1, filled=True),
            "is_implicit_appears_on": _integer(0, 1, filled=True),
        },
        staging="artist_albums",
    ),
    "artist_genres": Table({"artist_rowid": _integer(), "genre": _text()}, staging="artist_genres"),
    "available_markets": Table(
        {"rowid": _integer(), "available_markets": _text(blanks=("", "unavailable"))},
        key="rowid",
        staging="available_markets",
    ),
    "track_audio_features": Table(
        {
            "track_id": _id(),
            "null_response": _integer(0, 1),
            "time_signature": Column("integer", 0, 15, is_required=False),
            "tempo": _real(0, 1000),
            "key": _integer(-1, 11),
            "mode": _integer(0, 1, blanks=(0,)),
            "danceability": _real(0, 1),
            "energy": _real(0, 1),
            "loudness": _real(-100, 20),
            "speechiness": _real(0, 1),
            "acousticness": _real(0, 1),
            "instrumentalness": _real(0, 1),
            "liveness": _real(0, 1),
            "valence": _real(0, 1),
        },
        key="track_id",
        part="_audio_features",
        staging="features",
    ),
    "playlists": Table(
        {
            "rowid": _integer(),
            "followers_total": _integer(0, optional=True, blanks=(0,)),
            "tracks_total": _integer(0, optional=True, blanks=(0,)),
        },
        key="rowid",
        part="_playlists",
        staging="playlists",
    ),
    "playlist_tracks": Table(
        {
            "playlist_rowid": _integer(),
            "is_episode": _integer(0, 1, optional=True),
            "track_rowid": _integer(),
        },
        part="_playlists",
        staging="playlist_tracks",
    ),
    "track_files": Table(
        {"track_id": _id(filled=True), "status": _text(filled=True)},
        key="track_id",
        part="_track_files",
        staging="track_files",
    ),
}
