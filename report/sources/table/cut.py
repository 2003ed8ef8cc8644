"""A flat table cut into the archive's tables, as queries over its tracks.

`tracks` is a relation with one row a track: row_number, id and whichever of our columns the table has, artists as lists
of names. An album is told apart by its id, or by name and first artist where there is none; an artist by the name.
"""

from __future__ import annotations

from collections.abc import Collection

from report.sources.schema import FEATURES

EMPTY = "''"


def cut(tracks: str, columns: Collection[str]) -> dict[str, str]:
    """SQL of each of the archive's tables that the flat table can give.

    Args:
        tracks: a FROM clause, as above.
        columns: which of our columns it has.
    """
    album = album_key(columns)
    selects = {"tracks": _tracks(tracks, columns, album)}
    if album:
        date = ", cast(release_date as varchar) as release_date" if "release_date" in columns else ""
        selects["albums"] = (
            f"select row_number as rowid{date} from {tracks} "
            f"where {album} is not null qualify row_number = min(row_number) over (partition by {album})"
        )
    if "artists" in columns:
        pairs = f"select row_number as track_rowid, unnest(artists) as artist from {tracks}"
        names = (
            f"select artist, row_number() over (order by artist) as rowid from (select distinct artist from ({pairs}))"
        )
        selects["artists"] = f"select rowid, artist as name from ({names})"
        selects["track_artists"] = (
            "select pair.track_rowid, name.rowid as artist_rowid "
            f"from ({pairs}) as pair join ({names}) as name using (artist)"
        )
    features = [name for name in (*FEATURES, "key", "mode") if name in columns]
    if features:
        without = " and ".join(f"{name} is null" for name in features)
        given = ", ".join([*features, *(["time_signature"] if "time_signature" in columns else [])])
        selects["track_audio_features"] = (
            f"select id as track_id, case when {without} then 1 else 0 end as null_response, {given} from {tracks}"
        )
    return selects


def album_key(columns: Collection[str]) -> str | None:
    """SQL that tells albums apart, or None where the table says nothing of them."""
    if "album_id" in columns:
        return "album_id"
    if "album_name" in columns:
        lists = [f"{name}[1]" for name in ("album_artists", "artists") if name in columns]
        return (
            f"case when album_name is not null then album_name || chr(31) || coalesce({', '.join([*lists, EMPTY])}) end"
        )
    return None


def _tracks(tracks: str, columns: Collection[str], album: str | None) -> str:
    select = ["row_number as rowid", "id", "popularity", "duration_ms"]
    select += ["isrc as external_id_isrc"] if "isrc" in columns else []
    select += ["name"] if "name" in columns else []
    select += ["explicit"] if "explicit" in columns else []
    select += ["cast(release_date as varchar) as release_date"] if "release_date" in columns else []
    select.append(
        f"min(row_number) over (partition by {album}) * case when {album} is not null then 1 end as album_rowid"
        if album
        else "cast(null as bigint) as album_rowid"
    )
    return f"select {', '.join(select)} from {tracks}"
