"""Write an archive-shaped data set of any size: the Parquet re-cut, or the same rows as SQLite databases.

    python -m bench.archive DIR --tracks 16000000
    python -m bench.archive DIR --tracks 1000000 --sqlite

Everything is invented; how many of each there are to a track, and how unevenly, follows the published counts. Columns
that the report never reads (preview_url, images, ids of albums and artists) are left out. bench/archive/ holds a query
a table. Two tables are written at a time, each by one thread, so memory stays small at any size.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from math import gcd
from operator import itemgetter
from pathlib import Path

import duckdb

from report.sources.files import literal, quoted
from report.sources.partfiles import folder_of
from report.sources.schema import TABLES
from report.sources.sqlite.archive import database_of

QUERIES = Path(__file__).parent / "archive"
# The dearest first, so that the two threads end together.
ORDER = (
    "track_audio_features",
    "tracks",
    "track_artists",
    "albums",
    "artist_albums",
    "artists",
    "artist_genres",
    "available_markets",
)
BLOCK_TRACKS, BLOCK_ALBUMS = 1024, 234
PATTERNS = 64
PUBLISHED_TRACKS, PUBLISHED_ARTISTS, PUBLISHED_LISTS = 256_039_007, 15_430_442, 89_501
SYLLABLES = [a + b for a in (*"bdfgklmnprstvz", "ch", "sh", "th") for b in (*"aeiou", "ai", "ea", "ou")]
COUNTRIES = ("US", "QZ", "QM", "GB", "DE", "FR", "BR", "IN", "JP", "MX", "TC", "NL", "SE", "IT", "ES", "TR")
REGISTRANT = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
ENDINGS = (
    (690, ""),
    (90, " (feat. Orli Vane)"),
    (60, " - Remix"),
    (40, " - Live"),
    (30, " (Original Mix)"),
    (25, " - Remastered"),
    (20, " (Instrumental)"),
    (14, " - Sped Up"),
    (14, " (Slowed + Reverb)"),
    (12, " (Karaoke Version)"),
    (10, " - Radio Edit"),
    (9, " - Kapitel 12"),
    (6, " (Rain Sounds)"),
    (4, " Lofi"),
)
ROW_GROUP = 122_880


def main() -> None:
    """Write the archive the command line asks for, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--tracks", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sqlite", action="store_true", help="write SQLite databases from the Parquet files as well")
    options = parser.parse_args()
    start = time.perf_counter()
    write_archive(options.folder, options.tracks, options.seed)
    if options.sqlite:
        write_databases(options.folder)
    written = sum(file.stat().st_size for file in options.folder.rglob("*") if file.is_file())
    print(f"{options.tracks:,} tracks, {written / 1e9:.2f} GB, {time.perf_counter() - start:.0f} s")


def write_archive(folder: Path, tracks: int, seed: int = 0) -> None:
    """Write the Parquet files of an archive; the same numbers give the same bytes."""
    known = word_tables(random.Random(seed))
    with ThreadPoolExecutor(2) as pool:
        for line in pool.map(lambda table: write_table(folder, table, tracks, seed, known), ORDER):
            print(line, flush=True)


def write_table(folder: Path, table: str, tracks: int, seed: int, known: dict[str, dict]) -> str:
    """Write one table; gives a line that says how long it took."""
    start = time.perf_counter()
    path = folder / folder_of(table) / f"{table}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 1, "memory_limit": "1GB"}) as con:
        for name, columns in known.items():
            offer(con, name, columns)
        for name, value in sizes(tracks, seed).items():
            con.execute(f"set variable {name} = {value}::bigint")
        con.execute((QUERIES / "macros.sql").read_text(encoding="utf-8"))
        # As written: rows stream by in their order, and what is joined to them is small.
        con.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
        query = (QUERIES / f"{table}.sql").read_text(encoding="utf-8")
        form = f"format parquet, compression zstd, compression_level 1, row_group_size {ROW_GROUP}"
        (rows,) = con.execute(f"copy ({query}) to {quoted(path)} ({form})").fetchone()
    seconds = time.perf_counter() - start
    return f"{table}: {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB, {seconds:.1f} s"


def sizes(tracks: int, seed: int) -> dict[str, int]:
    """The numbers that the queries of bench/archive/ refer to: how many there are, and steps of permutations."""
    albums = -(-tracks // BLOCK_TRACKS) * BLOCK_ALBUMS
    artists = max(100, tracks * PUBLISHED_ARTISTS // PUBLISHED_TRACKS)
    numbers = {
        "seed": seed,
        "tracks": tracks,
        "albums": albums,
        "artists": artists,
        "labels": max(50, albums // 12),
        "lists": min(PUBLISHED_LISTS, max(100, tracks // 100)),
        "id_step": 36**6 // tracks,
    }
    for name, count in (("track", tracks), ("album", albums), ("artist", artists)):
        step = next(n for n in range(int(count * 0.618) | 1, 2 * count, 2) if gcd(n, count) == 1)
        numbers |= {f"{name}_step": step, f"{name}_back": pow(step, -1, count)}
    return numbers


def word_tables(rng: random.Random) -> dict[str, dict]:
    """Small tables that names are put together from, and how albums lie in a block of tracks."""
    phrases = [" ".join(word(rng) for _ in range(rng.choice((1, 1, 2, 2, 3)))) for _ in range(65536)]
    codes = list(dict.fromkeys(rng.choice(COUNTRIES) + "".join(rng.choices(REGISTRANT, k=3)) for _ in range(8192)))
    endings = [text for weight, text in ENDINGS for _ in range(weight)]
    laid = [(pattern, album, size) for pattern in range(PATTERNS) for album, size in enumerate(lay_out(rng))]
    places = []
    for pattern, tracks in groupby(laid, key=itemgetter(0)):
        dealt = [(album, number) for _, album, size in tracks for number in range(1, size + 1)]
        places += [(pattern, position, album, number) for position, (album, number) in enumerate(dealt)]
    return {
        "phrases": {"number": range(len(phrases)), "phrase": phrases},
        "codes": {"number": range(4096), "code": codes[:4096]},
        "endings": {"number": range(len(endings)), "ending": endings},
        "sizes": dict(zip(("pattern", "in_block", "total_tracks"), zip(*laid, strict=True), strict=True)),
        "patterns": dict(
            zip(("pattern", "position", "in_block", "track_number"), zip(*places, strict=True), strict=True)
        ),
    }


def offer(con: duckdb.DuckDBPyConnection, table: str, columns: dict) -> None:
    """Make a table of some Python values."""
    import pyarrow as pa

    rows = pa.table({name: list(values) for name, values in columns.items()})
    con.register("rows", rows)
    con.execute(f"create table {table} as select * from rows")
    con.unregister("rows")


def word(rng: random.Random) -> str:
    """An invented word."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 2, 3, 3)))).capitalize()


def lay_out(rng: random.Random) -> list[int]:
    """Sizes of a block's albums: seven in ten are singles, the rest share what is left unevenly."""
    sizes = [1 if rng.random() < 0.70 else rng.choice((2, 3, 4, 8, 10, 12, 14, 20, 30)) for _ in range(BLOCK_ALBUMS)]
    while sum(sizes) != BLOCK_TRACKS:
        album = rng.randrange(BLOCK_ALBUMS)
        if sizes[album] > 1:
            sizes[album] = max(2, sizes[album] + (1 if sum(sizes) < BLOCK_TRACKS else -1))
    return sizes


def write_databases(folder: Path) -> None:
    """Write the Parquet files' rows into SQLite databases beside them, with the dump's declarations."""
    import adbc_driver_sqlite.dbapi

    for table in ORDER:
        start = time.perf_counter()
        file = folder / folder_of(table) / f"{table}.parquet"
        database = folder / database_of(TABLES[table].part)
        with duckdb.connect(config={"threads": 1}) as con:
            columns = [row[0] for row in con.execute(f"describe select * from {literal(file)}").fetchall()]
            declared = {name: declaration(table, name) for name in columns}
            with sqlite3.connect(database) as made:
                made.execute("pragma page_size = 4096")
                made.execute(f'drop table if exists "{table}"')
                made.execute(f'create table "{table}" ({", ".join(f"{n} {kind}" for n, kind in declared.items())})')
            made.close()
            cast = {"INTEGER": "bigint", "REAL": "double"}
            select = ", ".join(
                f'try_cast("{name}" as {cast[kind.split()[0]]}) as "{name}"' if kind.split()[0] in cast else f'"{name}"'
                for name, kind in declared.items()
            )
            rows = con.sql(f"select {select} from {literal(file)}").to_arrow_reader(100_000)
            with adbc_driver_sqlite.dbapi.connect(str(database)) as writer, writer.cursor() as cursor:
                cursor.adbc_ingest(table, rows, mode="append")
                writer.commit()
        print(f"{table} into SQLite: {time.perf_counter() - start:.1f} s", flush=True)


def declaration(table: str, name: str) -> str:
    """How the dump declares a column."""
    if name == "rowid":
        return "INTEGER PRIMARY KEY"
    if name in ("fetched_at", "track_number", "disc_number", "duration_ms"):
        return "INTEGER"
    column = TABLES[table].columns.get(name)
    return {"integer": "INTEGER", "real": "REAL", "text": "TEXT"}[column.kind if column else "text"]


if __name__ == "__main__":
    main()
