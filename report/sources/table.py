"""A flat table of tracks, as public data sets are: CSV, CSV.gz or Parquet, one or several rows a track.

The table is cut into the archive's tables: a track keeps its first row, an album is told apart by its id (or by name
and artists where there is none), artists by their names. What a flat table cannot hold stays absent.
"""

from __future__ import annotations

from pathlib import Path

from report.code import code_of
from report.engines import ENGINE, Engine
from report.errors import SourceError
from report.run import Run
from report.sources import Extent, SourceFile
from report.sources.cut import cut
from report.sources.files import describe_file, parquet, quoted
from report.sources.parquet import read_footer
from report.sources.partfiles import Files, is_parquet, parts_below
from report.sources.records import read_batches, read_records
from report.sources.relations import RawTable
from report.sources.schema import FEATURES
from report.statements import connect_small, run
from report.store import Store, fingerprint

# Our name of a column, then the names that public data sets give it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "track_id"),
    "name": ("name", "track_name", "title"),
    "popularity": ("popularity", "track_popularity"),
    "duration_ms": ("duration_ms", "track_duration_ms"),
    "explicit": ("explicit", "track_explicit"),
    "isrc": ("isrc", "external_id_isrc", "track_isrc"),
    "artists": ("artists", "track_artist", "track_artists", "artist_names", "artist_name"),
    "release_date": (
        "release_date",
        "track_album_release_date",
        "album_release_date",
        "release_year",
        "year",
    ),
    "album_id": ("album_id", "track_album_id"),
    "album_name": ("album_name", "track_album_name", "album"),
    **{name: (name,) for name in (*FEATURES, "key", "mode", "time_signature")},
}
REQUIRED = ("id", "popularity", "duration_ms")
SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")
# A row has rarely fewer bytes than this, whether it is packed or not: so there are rarely more rows.
LEAST_BYTES_A_ROW = {True: 25, False: 60}


class FlatTable:
    """A file with one or more rows a track.

    Args:
        path: the file, or the folder of the Parquet files that make up the table.

    Raises:
        SourceError: it cannot be read, or has no column for the id, the popularity or the duration of a track.
    """

    kind = "selection"
    layout = "table"

    @staticmethod
    def is_at(path: Path) -> bool:
        return path.name.lower().endswith(SUFFIXES)

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts = (parts_below(path) if path.is_dir() else None) or Files(path, (path,))
        self._is_parquet = is_parquet(self._parts.paths[0])
        header = self._header()
        self._found = find_columns(header, path)
        self._positions = {name: index for index, name in reversed(list(enumerate(header)))}
        named = zip(self._parts.paths, self._parts.names(path.name), strict=True)
        self.files: list[SourceFile] = [describe_file(part, name) for part, name in named]

    def _header(self) -> list[str]:
        if self._is_parquet:
            with connect_small() as con:
                self._types = read_footer(con, self._parts, "the table").types
            return list(self._types)
        for record in read_records(self._path):
            return record
        raise SourceError("this file is empty", self._path, "give a CSV file with a header line")

    def _key(self, store: Store) -> str:
        """Of the table under our names in the store."""
        # Names of folders are values as well where they tell columns.
        told = [file.name for file in self.files] if self._parts.keys else []
        return fingerprint("flat", *(file.fingerprint for file in self.files), told, code_of(store, self._write_flat))

    def extents(self, store: Store) -> dict[str, Extent]:
        is_packed = not self._path.name.lower().endswith((".csv", ".tsv"))
        rows = sum(file.size for file in self.files) // LEAST_BYTES_A_ROW[is_packed]
        is_there = store.path(self._key(store), ".parquet").exists()
        return {"tracks": Extent(rows, 0.0 if is_there else 1.0, is_loose=True)}

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        key = self._key(run.store)
        with run.progress.stage("read the table") as stage:
            flat = parquet(run.store.keep(key, ".parquet", self._write_flat))
            ((rows, malformed, without_id),) = engine.rows(
                "select count(*), count(*) filter (where not is_well_formed), "
                f"count(*) filter (where is_well_formed and id is null) from {flat}",
                self._path,
            )
            stage.advance(rows)
        first = run.store.keep(
            fingerprint(key, "first rows", code_of(run.store, _first_rows, ENGINE)),
            ".parquet",
            lambda path: engine.rows(_first_rows(flat, path), self._path) and None,
        )
        tracks = parquet(first)
        ((kept,),) = engine.rows(f"select count(*) from {tracks}", self._path)
        dropped = {
            "malformed line": malformed,
            "no track id": without_id,
            "repeats a track": rows - malformed - without_id - kept,
        }
        tables = {}
        has_several = self._found.get("artists", "").strip().lower().endswith("s")
        for table, select in cut(tracks, self._found, has_several_artists=has_several).items():
            types = engine.types(f"({select})", self._path)
            lost = {reason: n for reason, n in dropped.items() if n} if table == "tracks" else {}
            count = rows if table == "tracks" else engine.rows(f"select count(*) from ({select})", self._path)[0][0]
            tables[table] = RawTable(f"({select})", types, count, str(self._path), lost)
        return tables

    def _write_flat(self, path: Path) -> None:
        """The table's columns under our names, with a row number; a CSV's values as text.

        Raises:
            SourceError: other rows could be read than the file has.
        """
        with connect_small() as con:
            if self._is_parquet:
                footer = read_footer(con, self._parts, "the table", "utf8_validation = 'replace'")
                relation = footer.relation
                # In the order of the parts, and of their rows.
                start = "row_number() over () - 1 as row_number, true as is_well_formed"
                values = [f"{_value(ours, self._column(theirs))} as {ours}" for ours, theirs in self._found.items()]
                expected = footer.row_count
            else:
                positions = {ours: self._positions[theirs] for ours, theirs in self._found.items()}
                con.register("batches", read_batches(self._path, positions))
                relation, start = "batches", "row_number, is_well_formed"
                values = [f"{_value(ours, ours)} as {ours}" for ours in self._found]
                expected = sum(1 for _ in read_records(self._path)) - 1
            select = f"select {start}, {', '.join(values)} from {relation}"
            run(con, f"copy ({select}) to {quoted(path)} (format parquet)", self._path)
            (rows,) = con.execute(f"select count(*) from {parquet(path)}").fetchone()
        if rows != expected:
            raise SourceError(f"{rows:,} of {expected:,} rows could be read", self._path, "fetch the file again")

    def _column(self, name: str) -> str:
        """A Parquet column as SQL; a list of names joined by semicolons."""
        column = '"' + name.replace('"', '""') + '"'
        return f"array_to_string({column}, ';')" if self._types[name].endswith("[]") else column


def _first_rows(flat: str, path: Path) -> str:
    return (
        f"copy (select * from {flat} where id is not null "
        "qualify row_number() over (partition by id order by row_number) = 1 order by row_number) "
        f"to {quoted(path)} (format parquet)"
    )


def _value(ours: str, column: str) -> str:
    """A column's value under our name; the words true and false become 1 and 0, no text is no value."""
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
