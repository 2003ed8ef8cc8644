"""Answers by Polars' streaming engine, on the Parquet files: the queries beside this file, in its own words."""

from __future__ import annotations

import polars as pl

from bench.sessions import answer_questions, read_task

tables = {table: pl.scan_parquet(file) for table, file in read_task()["tables"].items()}
tracks, albums, features = tables["tracks"], tables["albums"], tables["track_audio_features"]
queries = {
    "popularity": tracks.group_by("popularity").agg(pl.len()),
    "duration": tracks.group_by((pl.col("duration_ms") + 500) // 1000).agg(pl.len()),
    "years": tracks.join(albums, left_on="album_rowid", right_on="rowid", how="left")
    .group_by(pl.col("release_date").str.slice(0, 4))
    .agg(pl.len()),
    "recordings": tracks.filter(pl.col("external_id_isrc") != "")
    .group_by("external_id_isrc")
    .agg(pl.len().alias("track_count"))
    .group_by("track_count")
    .agg(pl.len()),
    "key_mode": features.filter(pl.col("null_response").cast(pl.Int64) == 0)
    .group_by(pl.col("key").cast(pl.Int64), pl.col("mode").cast(pl.Int64))
    .agg(pl.len()),
}
answer_questions(lambda name: queries[name].collect(engine="streaming").rows())
