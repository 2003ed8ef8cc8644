"""The figures of a made archive counted apart: plain Python over its rows, without the project's code or SQL.

Counts are over rows that are there; pairs count if both of their ends are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from statistics import fmean, stdev

from archives import FEATURES, Archive, Row

TYPES = ("album", "single", "compilation")
STATUSES = {
    "success", "error_not_available", "error_has_replacement", "skipped_isrc_has_download", "skipped_low_priority",
    "todo_unk", "error_no_ogg160", "error_zero_duration",
}  # fmt: skip


def share(rows: Iterable, holds: Callable[[Row], bool]) -> float | None:
    """The share of rows of which it holds; None of no rows."""
    rows = list(rows)
    return sum(map(holds, rows)) / len(rows) if rows else None


def some(count: int) -> int | None:
    """A count that is unknown where there is nothing to count."""
    return count or None


def recount(archive: Archive, snapshot_year: int = 2025) -> dict[str, object]:
    """Facts by `<finding>.<fact>`."""
    rows = archive.tables
    albums = {row["rowid"]: row | {"year": year_of(row["release_date"], snapshot_year)} for row in rows["albums"]}
    artists = {row["rowid"]: row for row in rows["artists"]}
    lists = {row["rowid"]: markets_of(row["available_markets"]) for row in rows["available_markets"]}
    tracks = {row["rowid"]: of_track(row, albums, lists) for row in rows["tracks"]}
    by_id = {row["id"]: row for row in tracks.values()}
    pairs = {(row["track_rowid"], row["artist_rowid"]) for row in rows["track_artists"]}
    pairs = {(track, artist) for track, artist in pairs if track in tracks and artist in artists}
    return (
        of_tracks(list(tracks.values()))
        | of_recordings([row for row in tracks.values() if row["isrc"]], rows["tracks"])
        | of_albums(list(albums.values()), {row["album_rowid"] for row in tracks.values()})
        | of_own_albums(rows["artist_albums"], artists, albums)
        | of_artists(list(artists.values()), {artist for _, artist in pairs})
        | of_genres(rows["artist_genres"], artists, tracks, pairs)
        | of_playlists(rows["playlists"], rows["playlist_tracks"], tracks)
        | of_files([by_id[row["track_id"]] | row for row in rows["track_files"] if row["track_id"] in by_id])
        | of_features([by_id[row["track_id"]] | row for row in rows[FEATURES] if row["track_id"] in by_id])
        | {
            "data.tracks_without_artist": len(tracks) - len({track for track, _ in pairs}),
            "data.track_artists": len(pairs),
        }
    )


def year_of(date: str | None, snapshot_year: int) -> int | None:
    year = int(date[:4]) if date and re.match(r"\d{4}(-|$)", date) else 0
    return year if 1900 <= year <= snapshot_year else None


def markets_of(text: str) -> set[str]:
    return set() if text == "unavailable" else {item.strip().upper() for item in text.split(",")} - {""}


def of_track(row: Row, albums: dict[int, Row], lists: dict[int, set[str]]) -> Row:
    album = albums.get(row["album_rowid"])
    isrc = row["external_id_isrc"]
    return row | {
        "album_rowid": row["album_rowid"] if album else None,
        "year": album["year"] if album else None,
        "type": album["album_type"] if album and album["album_type"] in TYPES else None,
        "label": (album["label"] or None) if album else None,
        "markets": lists.get(row["available_markets_rowid"]),
        "isrc": isrc if isrc and len(isrc) == 12 else None,
        "seconds": (row["duration_ms"] + 500) // 1000 if row["duration_ms"] > 0 else None,
    }


def of_tracks(tracks: list[Row]) -> dict[str, object]:
    dated = [row for row in tracks if row["year"]]
    scored = [row for row in tracks if row["popularity"] is not None]
    listed = [row for row in tracks if row["markets"] is not None]
    typed = [row for row in tracks if row["type"]]
    labels = Counter(row["label"] for row in tracks if row["label"])
    by_market = Counter(market for row in listed for market in row["markets"])
    popular = [row for row in scored if row["popularity"] >= 50]
    popular_dated = [row for row in popular if row["year"]]
    above_9 = [row for row in listed if (row["popularity"] or 0) >= 10]
    return {
        "data.tracks": len(tracks),
        "data.tracks_without_album": sum(row["album_rowid"] is None for row in tracks),
        "data.tracks_without_markets": len(tracks) - len(listed),
        "releases.tracks": len(dated),
        "releases.tracks_without_year": len(tracks) - len(dated),
        "releases.tracks_since_2020_share": share(dated, lambda row: row["year"] >= 2020),
        "releases.tracks_with_type": some(len(typed)),
        "releases.single_track_share": share(typed, lambda row: row["type"] == "single"),
        "releases.full_track_share": share(typed, lambda row: row["type"] == "album"),
        "long_tail.tracks": len(scored),
        "long_tail.tracks_without_popularity": len(tracks) - len(scored),
        "long_tail.zero_share": share(scored, lambda row: row["popularity"] == 0),
        "long_tail.below_10_share": share(scored, lambda row: row["popularity"] < 10),
        "long_tail.ge_50_count": len(popular),
        "long_tail.ge_50_share": len(popular) / len(scored),
        "long_tail.ge_70_count": sum(row["popularity"] >= 70 for row in scored),
        "long_tail.nonzero_tracks": sum(row["popularity"] > 0 for row in scored),
        "heritage.tracks": len(dated),
        "heritage.before_1980_share": share(dated, lambda row: row["year"] < 1980),
        "heritage.before_2000_share": share(dated, lambda row: row["year"] < 2000),
        "heritage.before_2020_share": share(dated, lambda row: row["year"] < 2020),
        "heritage.ge_50_count": len(popular_dated),
        "heritage.before_2000_ge_50_share": share(popular_dated, lambda row: row["year"] < 2000),
        "heritage.tracks_with_markets": len(listed),
        "heritage.unavailable_share": share(listed, lambda row: not row["markets"]),
        "heritage.since_2020_unavailable_share": share(
            [row for row in listed if (row["year"] or 0) >= 2020], lambda row: not row["markets"]
        ),
        "markets.tracks": len(listed),
        "markets.tracks_without_list": len(tracks) - len(listed),
        "markets.no_market_share": share(listed, lambda row: not row["markets"]),
        "markets.one_market_share": share(listed, lambda row: len(row["markets"]) == 1),
        "markets.available_tracks": sum(bool(row["markets"]) for row in listed),
        "markets.popular_available_tracks": sum(bool(row["markets"]) for row in above_9),
        "markets.popular_no_market_share": share(above_9, lambda row: not row["markets"]),
        "markets.market_count": len(by_market),
        "markets.highest_share": max(by_market.values()) / sum(bool(row["markets"]) for row in listed),
        "markets.best_served": min(by_market, key=lambda market: (-by_market[market], market)),
        "explicit.tracks": len(tracks),
        "explicit.explicit_tracks": sum(row["explicit"] for row in tracks),
        "explicit.explicit_share": share(tracks, lambda row: row["explicit"]),
        "explicit.zero_share": share(
            [row for row in scored if row["popularity"] == 0], lambda row: row["explicit"]
        ),
        "explicit.popular_share": share(popular, lambda row: row["explicit"]),
        "labels.tracks": some(labels.total()),
        "labels.tracks_without_label": len(tracks) - labels.total(),
        "labels.label_count": len(labels),
        "labels.top_10_share": sum(count for _, count in labels.most_common(10)) / labels.total(),
        "labels.largest_label_share": labels.most_common(1)[0][1] / labels.total(),
        "duration.tracks_in": len(tracks),
        "popularity.tracks_in": len(tracks),
        "popularity.tracks_without_popularity": len(tracks) - len(scored),
        "popularity.tracks_with_fetch_day": len(tracks),
        "popularity.fetch_day_count": len({row["fetched_at"] // 86_400_000 for row in tracks}),
    }  # fmt: skip


def of_recordings(coded: list[Row], tracks: list[Row]) -> dict[str, object]:
    by_code = defaultdict(list)
    for row in coded:
        by_code[row["isrc"]].append(row)
    several = [group for group in by_code.values() if len(group) > 1]
    return {
        "versions.tracks": len(coded),
        "versions.tracks_without_isrc": len(tracks) - len(coded),
        "versions.recordings": len(by_code),
        "versions.tracks_per_recording": len(coded) / len(by_code),
        "versions.duplicate_track_share": sum(map(len, several)) / len(coded),
        "versions.surplus_track_share": 1 - len(by_code) / len(coded),
        "versions.multi_track_recordings": len(several),
        "versions.multi_track_recording_share": len(several) / len(by_code),
        "versions.malformed_isrcs": sum(row["external_id_isrc"] == "bad" for row in tracks),
        "versions.missing_isrcs": sum(row["external_id_isrc"] is None for row in tracks),
        "data.recordings": len(by_code),
        "data.tracks_with_isrc": len(coded),
    }


def of_albums(albums: list[Row], with_track: set[int]) -> dict[str, object]:
    dated = [row for row in albums if row["year"]]
    sized = [row for row in albums if row["total_tracks"]]
    typed = [row for row in albums if row["album_type"] in TYPES]
    codes = Counter(row["external_id_upc"] for row in albums if row["external_id_upc"])
    return {
        "data.albums": len(albums),
        "data.albums_without_track": sum(row["rowid"] not in with_track for row in albums),
        "releases.albums": len(dated),
        "releases.albums_without_year": len(albums) - len(dated),
        "releases.since_2020_share": share(dated, lambda row: row["year"] >= 2020),
        "releases.albums_with_size": len(sized),
        "releases.one_track_album_share": share(sized, lambda row: row["total_tracks"] == 1),
        "releases.albums_with_type": len(typed),
        "releases.single_album_share": share(typed, lambda row: row["album_type"] == "single"),
        "releases.full_album_share": share(typed, lambda row: row["album_type"] == "album"),
        "heritage.undated_albums": len(albums) - len(dated),
        "heritage.year_precision_share": share(albums, lambda row: row["release_date_precision"] == "year"),
        "versions.upcs": len(codes),
        "versions.albums_per_upc": codes.total() / len(codes),
        "versions.albums_with_upc": codes.total(),
        "versions.shared_upc_share": share(codes.values(), lambda count: count > 1),
        "long_tail.albums_with_popularity": len(albums),
        "long_tail.album_zero_share": share(albums, lambda row: row["popularity"] == 0),
    }


def of_own_albums(rows: list[Row], artists: dict[int, Row], albums: dict[int, Row]) -> dict[str, object]:
    known = [row for row in rows if row["artist_rowid"] in artists and row["album_rowid"] in albums]
    own = [row for row in known if not row["is_appears_on"] and not row["is_implicit_appears_on"]]
    dated = [row for row in own if albums[row["album_rowid"]]["year"]]
    named = {row["album_rowid"] for row in own if albums[row["album_rowid"]]["label"]}
    same = {
        row["album_rowid"] for row in own if albums[row["album_rowid"]]["label"] == artists[row["artist_rowid"]]["name"]
    }
    years = {(row["artist_rowid"], albums[row["album_rowid"]]["year"]) for row in dated}
    return {
        "data.artist_albums": len(known),
        "releases.artist_years": len(years),
        "releases.artist_years_in": len(years),
        "releases.albums_with_own_artist": len({row["album_rowid"] for row in dated}),
        "labels.albums_with_label": len(named),
        "labels.artist_name_album_share": len(same) / len(named),
        "labels.default_name_album_share": share(named, lambda album: albums[album]["label"] == "123 Records DK"),
    }


def of_artists(artists: list[Row], with_track: set[int]) -> dict[str, object]:
    followers = sorted(row["followers_total"] for row in artists)
    weighted = sum(rank * count for rank, count in enumerate(followers, 1))
    return {
        "data.artists": len(artists),
        "data.artists_without_track": sum(row["rowid"] not in with_track for row in artists),
        "long_tail.artists_with_followers_known": len(artists),
        "long_tail.artist_zero_share": share(artists, lambda row: row["popularity"] == 0),
        "long_tail.artist_below_10_share": share(artists, lambda row: row["popularity"] < 10),
        "long_tail.gini_followers": 2 * weighted / len(artists) / sum(followers) - (len(artists) + 1) / len(artists),
    }


def of_genres(
    rows: list[Row], artists: dict[int, Row], tracks: dict[int, Row], pairs: set[tuple[int, int]]
) -> dict[str, object]:
    genres = defaultdict(set)
    for row in rows:
        if row["artist_rowid"] in artists:
            genres[row["artist_rowid"]].add(row["genre"])
    by_artists = Counter(genre for carried in genres.values() for genre in carried)
    by_track = defaultdict(set)
    for track, artist in pairs:
        by_track[track] |= genres.get(artist, set())
    with_genre = [track for track, carried in by_track.items() if carried]
    by_tracks = Counter(genre for track in with_genre for genre in by_track[track])
    followers = sum(row["followers_total"] for row in artists.values())
    return {
        "genres.genre_count": len(by_artists),
        "data.distinct_genres": len(by_artists),
        "data.artist_genres": by_artists.total(),
        "genres.largest_genre_artists": max(by_artists.values()),
        "genres.first_by_artists": only_first(by_artists),
        "genres.first_by_tracks": only_first(by_tracks),
        "genres.artists_with_genre": len(genres),
        "genres.artists_without_genre_share": 1 - len(genres) / len(artists),
        "genres.tracks_with_genre": len(with_genre),
        "genres.tracks_without_genre_share": 1 - len(with_genre) / len(tracks),
        "genres.followers_in": followers,
        "genres.followers_without_genre_share": 1 - sum(artists[n]["followers_total"] for n in genres) / followers,
    }


def of_playlists(playlists: list[Row], rows: list[Row], tracks: dict[int, Row]) -> dict[str, object]:
    there = {row["rowid"] for row in playlists}
    entries = {
        (row["playlist_rowid"], row["track_rowid"])
        for row in rows
        if not row["is_episode"] and row["playlist_rowid"] in there and row["track_rowid"] in tracks
    }
    on = Counter(track for _, track in entries)
    popular = [n for n, row in tracks.items() if (row["popularity"] or 0) >= 50]
    return {
        "playlists.tracks": len(tracks),
        "playlists.no_playlist_share": share(tracks, lambda track: on[track] == 0),
        "playlists.one_playlist_share": share(tracks, lambda track: on[track] == 1),
        "playlists.ge_50_no_playlist_share": share(popular, lambda track: on[track] == 0),
        "playlists.playlists": len(playlists),
        "playlists.empty_playlist_share": share(playlists, lambda row: row["tracks_total"] == 0),
        "playlists.over_100_entries_share": share(playlists, lambda row: row["tracks_total"] > 100),
    }


def of_files(files: list[Row]) -> dict[str, object]:
    known = [row for row in files if row["status"] in STATUSES]
    done = Counter(row["status"] for row in known)
    scored = [row for row in known if (row["popularity"] or 0) >= 10]
    recent = [row for row in known if (row["year"] or 0) >= 2020]
    return {
        "preservation.listed_in": len(files),
        "preservation.listed_tracks": len(known),
        "preservation.listed_tracks_in_tiers": sum(row["popularity"] is not None for row in known),
        "preservation.success_count": done["success"],
        "preservation.success_share": done["success"] / len(known),
        "preservation.success_of_available_share": done["success"] / (len(known) - done["error_not_available"]),
        "preservation.ge_10_success_share": share(scored, lambda row: row["status"] == "success"),
        "preservation.since_2020_success_share": share(recent, lambda row: row["status"] == "success"),
    }


def of_features(rows: list[Row]) -> dict[str, object]:
    given = [row for row in rows if not row["null_response"]]
    music = [row for row in given if row["speechiness"] < 0.66 and 30 <= (row["seconds"] or 0) <= 900]
    return {
        "data.features": len(given),
        "data.null_responses": len(rows) - len(given),
        "mood.tracks_in": len(given),
        "mood.music_like_count": len(music),
        "mood.not_music_like_share": 1 - len(music) / len(given),
        "mood.major_share": share(music, lambda row: row["mode"] == 1),
        "mood.major_share_all": share(given, lambda row: row["mode"] == 1),
        "mood.danceable_share": share(music, lambda row: row["danceability"] >= 0.5),
        "mood.mean_valence": fmean(row["valence"] for row in music),
        "mood.mean_valence_all": fmean(row["valence"] for row in given),
        "sound.tracks": len(given),
        "sound.tempo_mean": fmean(row["tempo"] for row in given),
        "sound.tempo_sd": stdev(row["tempo"] for row in given),
    }


def only_first(counts: Counter) -> str | None:
    """The one with the most; None where several have as many."""
    first = [name for name, count in counts.items() if count == max(counts.values())]
    return first[0] if len(first) == 1 else None
