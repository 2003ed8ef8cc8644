"""A flat table of tracks, as public data sets are: CSV or the like, packed or not, or Parquet; one or several rows a
track.

The table is cut into the archive's tables: a track keeps its first row, an album is told apart by its id (or by name
and first artist where there is none), artists by their names. What a flat table cannot hold stays absent.
"""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.errors import SourceError
from report.run import Run
from report.sources import Extent, SourceFile
from report.sources.files import describe_file, parquet, quoted
from report.sources.joining import check_alike, write_records
from report.sources.parquet import read_footer
from report.sources.partfiles import Files, is_parquet, parts_below, texts_below
from report.sources.recoding import READ_AS, recode
from report.sources.relations import RawTable
from report.sources.table.artists import Value, tell
from report.sources.table.columns import find_columns
from report.sources.table.cut import cut
from report.sources.table.encoding import Encoding
from report.sources.table.notes import (
    artist_notes,
    check_usable,
    recoded_notes,
    refuse_empty,
    text_notes,
    unusable_notes,
)
from report.sources.table.objects import with_fields
from report.sources.table.packing import kind_of
from report.sources.table.records import TextTable, has_header
from report.sources.table.values import Meaning, meaning_of
from report.sql.connection import TextError, connect_small
from report.sql.connection import run as run_statement
from report.sql.engine import ENGINE, Engine

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".parquet")
# A row has rarely fewer bytes than this, whether it is packed or not: so there are rarely more rows.
LEAST_BYTES_A_ROW = {True: 25, False: 60}
OF_ARTISTS = ("artists", "album_artists")


class FlatTable:
    """A file with one or more rows a track.

    Args:
        path: the file, or the folder of the files that make up the table.

    Attributes:
        reading: how it was read, once it was: `columns` (ours -> theirs), `not_recognised`, `passed_over`, `notes`.

    Raises:
        SourceError: it cannot be read, or has no column for the id, the popularity or the duration of a track.
    """

    kind = "selection"
    layout = "table"

    @staticmethod
    def is_at(path: Path) -> bool:
        """Whether it is called a table, is a table in a packing or a format of its own, or has a header line."""
        return path.name.lower().endswith(SUFFIXES) or kind_of(path) != "text" or has_header(path)

    def __init__(self, path: Path) -> None:
        self._path = path
        parts = parts_below(path) or texts_below(path) if path.is_dir() else None
        self._parts = parts or Files(path, (path,))
        first = self._parts.paths[0]
        kind = kind_of(first)
        # What is called Parquet, and is neither that nor anything else that is known, has to be told as such.
        is_text = kind != "parquet" and (kind != "text" or not is_parquet(first) or has_header(first))
        self._texts = [TextTable(part) for part in self._parts.paths] if is_text else []
        if self._texts:
            check_alike(self._texts, path)
            header = [*self._texts[0].header, *self._parts.keys]
        else:
            with connect_small() as con:
                self._fields = with_fields(read_footer(con, self._parts, "the table").types)
            header = list(self._fields)
        self._columns = find_columns(header, path, self._texts[0].delimiter_name if self._texts else "")
        named = zip(self._parts.paths, self._parts.names(path.name), strict=True)
        self.files: list[SourceFile] = [describe_file(part, name) for part, name in named]
        self.reading: dict | None = None

    def _key(self, store: Store) -> str:
        """Of the table under our names in the store."""
        # Names of folders are values as well where they tell columns.
        told = [file.name for file in self.files] if self._parts.keys else []
        places = [(ours, match.position) for ours, match in self._columns.found.items()]
        code = code_of(store, self._write_flat)
        return fingerprint("flat", *(file.fingerprint for file in self.files), told, places, code)

    def extents(self, store: Store) -> dict[str, Extent]:
        is_packed = kind_of(self._parts.paths[0]) != "text"
        rows = sum(file.size for file in self.files) // LEAST_BYTES_A_ROW[is_packed]
        is_there = store.path(self._key(store), ".parquet").exists()
        return {"tracks": Extent(rows, 0.0 if is_there else 1.0, is_loose=True)}

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        found, path, key = self._columns.found, self._path, self._key(run.store)
        with run.progress.stage("read the table") as stage:
            encodings = self._encodings(run.store)
            flat_file = run.store.keep(key, ".parquet", partial(self._write_flat, encodings))
            flat = parquet(flat_file)
            ((rows, malformed, without_id),) = engine.rows(
                "select count(*), count(*) filter (where not is_well_formed), "
                f"count(*) filter (where is_well_formed and id is null) from {flat}",
                path,
            )
            stage.advance(rows)
        refuse_empty(engine, flat, self._columns, self._texts, path)
        units = [match.unit for match in found.values()]
        meaning = meaning_of(engine, flat, found, engine.types(flat, path), path)
        write_names = partial(self._write_names, engine, flat)
        named_by = fingerprint(key, "artists", code_of(run.store, self._write_names))
        names = run.store.keep(named_by, ".parquet", write_names)
        first = run.store.keep(
            fingerprint(named_by, "first rows", code_of(run.store, _first_rows, meaning_of, ENGINE), units),
            ".parquet",
            lambda to: engine.rows(_first_rows(flat, parquet(names), meaning, found, to), path) and None,
        )
        tracks = parquet(first)
        types = engine.types(tracks, path)
        check_usable(engine, tracks, types, found, self._texts, path)
        ((kept,),) = engine.rows(f"select count(*) from {tracks}", path)
        dropped = {
            "malformed line": malformed,
            "no track id": without_id,
            "repeats a track": rows - malformed - without_id - kept,
        }
        notes = text_notes(engine, flat, self._texts, encodings, path) if self._texts else recoded_notes(flat_file)
        notes += [*meaning.notes, *unusable_notes(engine, tracks, types, found, path), *artist_notes(names, found)]
        used = {ours: match.name for ours, match in found.items() if ours not in meaning.refused}
        self.reading = {
            "columns": used,
            "not_recognised": self._columns.not_recognised,
            "passed_over": self._columns.passed_over,
            "notes": notes,
        }
        tables = {}
        for table, select in cut(tracks, used).items():
            types = engine.types(f"({select})", path)
            lost = {reason: n for reason, n in dropped.items() if n} if table == "tracks" else {}
            count = rows if table == "tracks" else engine.rows(f"select count(*) from ({select})", path)[0][0]
            tables[table] = RawTable(f"({select})", types, count, str(path), lost)
        return tables

    def _encodings(self, store: Store) -> list[Encoding]:
        """Of each text."""
        code, found = code_of(store, TextTable.decide_encoding), []
        for text, file in zip(self._texts, self.files, strict=False):

            def decide(text: TextTable = text) -> bytes:
                return json.dumps(vars(text.decide_encoding())).encode()

            decided = store.keep_bytes(fingerprint(file.fingerprint, "encoding", code), ".json", decide)
            found.append(Encoding(**json.loads(decided)))
        return found

    def _write_flat(self, encodings: list[Encoding], path: Path) -> None:
        """The table's columns under our names, with row and line numbers; a text's values as text.

        Raises:
            SourceError: other rows could be read than the file has.
        """
        found = self._columns.found
        if self._texts:
            keys = self._parts.keys
            told = [[self._parts.told(part).get(key, "") for key in keys] for part in self._parts.paths]
            write_records(self._texts, encodings, told, {ours: match.position for ours, match in found.items()}, path)
            return
        # In the order of the parts, and of their rows.
        own = "row_number() over () - 1 as row_number, 0 as part, true as is_well_formed"
        own += f", {len(self._fields)} as field_count, false as is_mended"
        values = [f"{self._column(ours)} as {ours}" for ours in found]
        select = f"select row_number + 1 as line, * from (select {own}, {', '.join(values)}"

        def write(parts: Files, read_as: str = "") -> tuple[int, int]:
            with connect_small() as con:
                footer = read_footer(con, parts, "the table")
                form = f"format parquet, kv_metadata {{{READ_AS}: '{read_as}'}}"
                run_statement(con, f"copy ({select} from {footer.relation})) to {quoted(path)} ({form})", self._path)
                return con.execute(f"select count(*), {footer.row_count} from {parquet(path)}").fetchone()

        try:
            rows, expected = write(self._parts)
        except TextError:
            # Of a run that is killed it is swept like any other file of it.
            with TemporaryDirectory(prefix=".", suffix=f"-{os.getpid()}.part", dir=path.parent) as folder:
                parts, encoding = recode(self._parts, Path(folder))
                rows, expected = write(parts, encoding.describe())
        if rows != expected:
            hint = "fetch the file again"
            raise SourceError(f"{rows:,} of {expected:,} rows could be read", self._path, hint)

    def _column(self, ours: str) -> str:
        """A Parquet column as SQL: what tells things apart as text, lists as JSON; no text is no value."""
        column, kind = list(self._fields.values())[self._columns.found[ours].position]
        if kind.endswith("[]"):
            return f"cast(to_json({column}) as varchar)"
        if kind == "VARCHAR" or ours in ("id", "artists", "artist_ids", "album_id", "album_name", "album_artists"):
            return f"nullif(cast({column} as varchar), '')"
        return column

    def _write_names(self, engine: Engine, flat: str, path: Path) -> None:
        """The names in each different value of the columns of artists; how they were told apart is the schema's."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        found, how = self._columns.found, {}
        texts, counts, names = [], [], []
        for ours in OF_ARTISTS:
            if ours not in found:
                continue
            ids = _id_count(found) if ours == "artists" else "null"
            read = engine.rows(
                f"select {ours}, {ids} as ids, count(distinct id) from {flat} "
                f"where {ours} is not null and id is not null group by all order by all",
                self._path,
            )
            values = [Value(*row) for row in read]
            telling = tell(values, is_plural=found[ours].is_plural)
            if values:
                how[ours] = telling.how
            texts += [value.text for value in values]
            counts += [-1 if value.ids is None else value.ids for value in values]
            names += [telling.names(value) for value in values]
        kinds = {"text": pa.string(), "ids": pa.int64(), "names": pa.list_(pa.string())}
        schema = pa.schema(list(kinds.items()), metadata={"how": json.dumps(how)})
        table = pa.table([texts, counts, names], schema=schema)
        pq.write_table(table, path)


def _id_count(found: dict) -> str:
    """SQL of how many artist ids a row has."""
    if "artist_ids" not in found:
        return "cast(null as bigint)"
    return "nullif(len(regexp_extract_all(artist_ids, '[0-9A-Za-z]{22}')), 0)"


def _first_rows(flat: str, names: str, meaning: Meaning, found: dict, path: Path) -> str:
    """SQL that writes each track's first row, its values as they are meant."""
    values = [f"{sql} as {ours}" for ours, sql in meaning.select.items() if ours not in (*OF_ARTISTS, "artist_ids")]
    joins = ""
    for ours in OF_ARTISTS:
        if ours in found:
            ids = _id_count(found) if ours == "artists" else "null"
            values.append(f"{ours}_named.names as {ours}")
            joins += (
                f" left join {names} as {ours}_named on {ours}_named.text = flat.{ours} "
                f"and {ours}_named.ids = coalesce({ids}, -1)"
            )
    select = f"select row_number, part, line, {', '.join(values)} from {flat} as flat{joins} where flat.id is not null"
    first = "row_number() over (partition by id order by row_number) = 1"
    return f"copy (from ({select}) qualify {first} order by row_number) to {quoted(path)} (format parquet)"
