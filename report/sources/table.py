"""A flat table of tracks, as public data sets are: CSV, CSV.gz or Parquet, one or several rows a track.

The table is cut into the archive's tables: a track keeps its first row, an album is told apart by its id (or by name
and artists where there is none), artists by their names. What a flat table cannot hold stays absent.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb

from report.errors import SourceError
from report.progress import Progress
from report.sources import SourceFile
from report.sources.files import describe_file, quoted
from report.sources.parquet import read_footer
from report.sources.relations import RawTable
from report.sources.schema import FEATURES
from report.store import Store, fingerprint

# Our name of a column, then the names that public data sets give it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "track_id"),
    "popularity": ("popularity", "track_popularity"),
    "duration_ms": ("duration_ms", "track_duration_ms"),
    "explicit": ("explicit", "track_explicit"),
    "isrc": ("isrc", "external_id_isrc", "track_isrc"),
    "artists": ("artists", "track_artist", "track_artists", "artist_names", "artist_name"),
    "release_date": ("release_date", "track_album_release_date", "album_release_date", "release_year", "year"),
    "album_id": ("album_id", "track_album_id"),
    "album_name": ("album_name", "track_album_name", "album"),
    **{name: (name,) for name in (*FEATURES, "key", "mode", "time_signature")},
}
REQUIRED = ("id", "popularity", "duration_ms")
SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")
BATCH = 50_000


class FlatTable:
    """A file with one or more rows a track.

    Args:
        path: the file.

    Raises:
        SourceError: it cannot be read, or has no column for the id, the popularity or the duration of a track.
    """

    kind = "table"
    layout = "table"

    @staticmethod
    def is_at(path: Path) -> bool:
        return path.name.lower().endswith(SUFFIXES)

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_parquet = path.suffix.lower() == ".parquet"
        header = self._header()
        self._found = find_columns(header, path)
        self._positions = {name: index for index, name in reversed(list(enumerate(header)))}
        self.files: list[SourceFile] = [describe_file(path, path.name)]

    def _header(self) -> list[str]:
        if self._is_parquet:
            with duckdb.connect() as con:
                return list(read_footer(con, self._path, "the table").types)
        for record in read_records(self._path):
            return record
        raise SourceError("this file is empty", self._path, "give a CSV file with a header line")

    def raw_tables(self, con: duckdb.DuckDBPyConnection, store: Store, progress: Progress) -> dict[str, RawTable]:
        key = fingerprint("flat", self.files[0].fingerprint, sorted(self._found.items()))
        with progress.stage("read the table") as stage:
            flat = f"read_parquet({quoted(store.keep(key, '.parquet', self._write_flat))})"
            (rows,) = con.execute(f"select count(*) from {flat}").fetchone()
            stage.advance(rows)
        own_count = rows if not self._is_parquet else read_footer(con, self._path, "the table").row_count
        if rows != own_count:
            raise SourceError(f"{rows:,} of {own_count:,} rows could be read", self._path)
        tracks = store.keep(
            fingerprint(key, "tracks"), ".parquet", lambda path: con.execute(_first_rows(flat, path)) and None
        )
        return self._cut(con, flat, f"read_parquet({quoted(tracks)})", rows)

    def _write_flat(self, path: Path) -> None:
        """The table's columns under our names, with a row number; CSV values as text."""
        with duckdb.connect(config={"threads": 1}) as con:
            if self._is_parquet:
                relation, row = f"read_parquet({quoted(self._path)}, file_row_number = true)", "file_row_number"
            else:
                batches = self._batches()  # noqa: F841  DuckDB reads it by this name
                relation, row = "batches", "row_number"
            columns = [f"{row} as row_number"] + ([] if self._is_parquet else ["is_well_formed"])
            for ours, theirs in self._found.items():
                name = theirs if self._is_parquet else f"c{self._positions[theirs]}"
                columns.append(f"{_value(ours, name)} as {ours}")
            con.execute(f"copy (select {', '.join(columns)} from {relation}) to {quoted(path)} (format parquet)")

    def _batches(self):
        """The CSV as Arrow batches of text columns; a line with too many or too few fields keeps its place, empty."""
        import pyarrow as pa

        records = read_records(self._path)
        header = next(records)
        fields = [pa.field("row_number", pa.int64()), pa.field("is_well_formed", pa.bool_())]
        schema = pa.schema(fields + [pa.field(f"c{i}", pa.string()) for i in range(len(header))])

        def batches() -> Iterator[pa.RecordBatch]:
            number = 0
            while True:
                chunk = [record for record, _ in zip(records, range(BATCH), strict=False)]
                if not chunk:
                    return
                good = [len(record) == len(header) for record in chunk]
                empty = [None] * len(header)
                rows = [record if fits else empty for record, fits in zip(chunk, good, strict=True)]
                columns = [[value or None for value in column] for column in zip(*rows, strict=True)]
                numbers = list(range(number, number + len(chunk)))
                yield pa.record_batch([numbers, good, *columns], schema=schema)
                number += len(chunk)

        return pa.RecordBatchReader.from_batches(schema, batches())

    def _cut(self, con: duckdb.DuckDBPyConnection, flat: str, tracks: str, rows: int) -> dict[str, RawTable]:
        """The archive's tables as queries over the first rows of the tracks."""
        file = str(self._path)
        has = self._found.__contains__
        malformed = 0
        if not self._is_parquet:
            malformed = con.execute(f"select count(*) from {flat} where not is_well_formed").fetchone()[0]
        well_formed = rows - malformed
        no_id = con.execute(f"select count(*) from {flat} where id is null").fetchone()[0] - malformed
        (kept,) = con.execute(f"select count(*) from {tracks}").fetchone()
        dropped = {"malformed line": malformed, "no track id": no_id, "repeats a track": well_formed - no_id - kept}

        album_key = _album_key(has)
        album = f"(select {album_key} as album_key, min(row_number) as rowid from {tracks} group by all)" if album_key else ""
        selects = {
            "tracks": "select row_number as rowid, id"
            + (", album.rowid as album_rowid" if album_key else ", cast(null as bigint) as album_rowid")
            + (", isrc as external_id_isrc" if has("isrc") else "")
            + ", popularity, duration_ms"
            + (", explicit" if has("explicit") else "")
            + (", cast(release_date as varchar) as release_date" if has("release_date") else "")
            + f" from {tracks} as track"
            + (f" left join {album} as album on album.album_key = {album_key}" if album_key else "")
        }
        if album_key and has("release_date"):
            selects["albums"] = (
                f"select row_number as rowid, cast(release_date as varchar) as release_date from {tracks} "
                f"where {album_key} is not null qualify row_number = min(row_number) over (partition by {album_key})"
            )
        if has("artists"):
            is_list = self._found["artists"].strip().lower().endswith("s")
            names_of = ARTISTS if is_list else "case when artists is not null then [artists] end"
            pairs = f"select distinct row_number as track_rowid, unnest({names_of}) as artist from {tracks}"
            names = f"select artist, row_number() over (order by artist) as rowid from (select distinct artist from ({pairs}))"
            selects["artists"] = f"select rowid from ({names})"
            selects["track_artists"] = (
                f"select pair.track_rowid, name.rowid as artist_rowid from ({pairs}) as pair "
                f"join ({names}) as name using (artist)"
            )
        features = [name for name in (*FEATURES, "key", "mode") if has(name)]
        if features:
            nothing = " and ".join(f"{name} is null" for name in features)
            columns = ", ".join(features + (["time_signature"] if has("time_signature") else []))
            selects["track_audio_features"] = (
                f"select id as track_id, case when {nothing} then 1 else 0 end as null_response, {columns} from {tracks}"
            )
        tables = {}
        for table, select in selects.items():
            types = {row[0]: row[1] for row in con.execute(f"describe {select}").fetchall()}
            count = rows if table == "tracks" else con.execute(f"select count(*) from ({select})").fetchone()[0]
            lost = {reason: n for reason, n in dropped.items() if n} if table == "tracks" else {}
            tables[table] = RawTable(f"({select})", types, count, file, lost)
        return tables


# Of several artists: a list written by Python (['A', "B's"]) or names parted by semicolons.
ARTISTS = """
list_distinct(list_filter(list_transform(
    case
        when artists like '[''%' or artists like '["%' then list_transform(
            regexp_extract_all(artists, '''([^'']*)''|"([^"]*)"'), lambda quoted: quoted[2:-2]
        )
        else string_split(artists, ';')
    end,
    lambda artist: trim(artist)
), lambda artist: artist <> ''))
"""


def _album_key(has) -> str | None:
    """SQL that tells albums apart, or None where the table says nothing of them."""
    if has("album_id"):
        return "album_id"
    if has("album_name"):
        artists = "coalesce(artists, '')" if has("artists") else "''"
        return f"case when album_name is not null then album_name || chr(31) || {artists} end"
    return None


def _first_rows(flat: str, path: Path) -> str:
    return (
        f"copy (select * from {flat} where id is not null "
        "qualify row_number() over (partition by id order by row_number) = 1 order by row_number) "
        f"to {quoted(path)} (format parquet)"
    )


def _value(ours: str, theirs: str) -> str:
    """A column's value under our name; the words true and false become 1 and 0."""
    column = '"' + theirs.replace('"', '""') + '"'
    if ours == "explicit":
        text = f"lower(cast({column} as varchar))"
        return f"case {text} when 'true' then '1' when 'false' then '0' else {text} end"
    if ours in ("id", "artists", "album_id", "album_name"):
        return f"nullif(cast({column} as varchar), '')"
    return column


def find_columns(header: list[str], path: Path) -> dict[str, str]:
    """Which column of the table is which of ours.

    Raises:
        SourceError: there is none for the id, the popularity or the duration.
    """
    by_lower = {name.strip().lower(): name for name in reversed(header)}
    found = {}
    for ours, names in COLUMNS.items():
        theirs = next((by_lower[name] for name in names if name in by_lower), None)
        if theirs is not None:
            found[ours] = theirs
    missing = [" or ".join(f"`{name}`" for name in COLUMNS[ours]) for ours in REQUIRED if ours not in found]
    if missing:
        raise SourceError(
            f"the table of tracks has no column {', no '.join(missing)}",
            path,
            f"found {', '.join(header[:40]) or 'no columns'}",
        )
    return found


def read_records(path: Path) -> Iterator[list[str]]:
    """Records of a CSV file, header first; the delimiter is the commonest of comma, semicolon and tab in the header.

    Bytes that are not UTF-8 become U+FFFD.

    Raises:
        SourceError: it cannot be read or unpacked.
    """
    csv.field_size_limit(2**31 - 1)
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opener(path, "rb") as binary:
            text = io.TextIOWrapper(binary, encoding="utf-8-sig", errors="replace", newline="")
            first = text.readline()
            delimiter = max(",;\t", key=first.count)
            yield next(csv.reader([first], delimiter=delimiter), [])
            for record in csv.reader(text, delimiter=delimiter):
                if record:
                    yield record
    except (OSError, EOFError, csv.Error) as error:
        raise SourceError(f"this file cannot be read: {error}", path, "it may be truncated: fetch it again") from error
