"""The quality cube counts what nothing points to as sets of keys do, keys below zero and far apart included."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]


def test_keys_as_bits_count_what_sets_of_keys_do() -> None:
    rng = random.Random(1)
    tracks = [*rng.sample(range(-200, 900), 500), 2**40, 2**62]
    artists, albums = rng.sample(range(300), 150), rng.sample(range(64, 400), 200)
    on_album = {track: rng.choice([*albums, None]) for track in tracks}
    pairs = {(rng.choice(tracks), rng.choice(artists)) for _ in range(300)}
    with duckdb.connect() as con:
        con.execute("create schema staging")

        def offer(table: str, columns: str, rows: list[tuple]) -> None:
            con.execute(f"create table staging.{table} ({columns})")
            con.executemany(f"insert into staging.{table} values ({', '.join('?' * len(rows[0]))})", rows)

        columns = "track_rowid bigint, album_rowid bigint, market_count integer"
        offer("tracks", columns, [(track, album, 1) for track, album in on_album.items()])
        offer("artists", "artist_rowid bigint", [(artist,) for artist in artists])
        offer("albums", "album_rowid bigint", [(album,) for album in albums])
        offer("album_tracks", "album_rowid bigint", [(album,) for album in {*on_album.values()} - {None}])
        offer("track_artists", "track_rowid bigint, artist_rowid bigint", [*pairs])
        offer("features", "popularity integer", [(0,)] * 90)
        for name in ("track_keys", "artist_keys"):
            keys = (ROOT / f"queries/staging/{name}.sql").read_text(encoding="utf-8")
            con.execute(f"create view staging.{name} as {keys}")
        sql = (ROOT / "queries/cubes/quality.sql").read_text(encoding="utf-8")
        found = con.sql(sql).fetchall()[0]
    assert found == (
        len(tracks),
        0,
        sum(album is None for album in on_album.values()),
        len({*tracks} - {track for track, _ in pairs}),
        len(tracks) - 90,
        len(artists),
        len({*artists} - {artist for _, artist in pairs}),
        len(albums),
        len({*albums} - {*on_album.values()}),
    )
