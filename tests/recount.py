"""The figures of a made archive counted apart: plain Python over its rows, without the project's code or SQL.

Counts are over rows that are there; pairs count if both of their ends are.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from statistics import correlation, fmean, stdev

from archives import FEATURES, Archive, Row

TYPES = ("album", "single", "compilation")
STATUSES = {
    "success", "error_not_available", "error_has_replacement", "skipped_isrc_has_download", "skipped_low_priority",
    "todo_unk", "error_no_ogg160", "error_zero_duration",
}  # fmt: skip


FELT = (
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "liveness", "valence",
    "tempo",
)  # fmt: skip
# Facts of what a snapshot of 2024 or before hardly knows.
SINCE_2020 = (
    "heritage.before_2020_share", "heritage.before_2020_ge_50_share", "releases.since_2020_share",
    "releases.tracks_since_2020_share",
)  # fmt: skip


def is_same(found: object, expected: object) -> bool:
    """Whether two facts are the same; features are kept as millionths."""
    if isinstance(expected, float) and found is not None:
        return math.isclose(found, expected, rel_tol=1e-6, abs_tol=1e-6)
    return found == expected


def share(rows: Iterable, holds: Callable[[Row], bool]) -> float | None:
    """The share of rows of which it holds; None of no rows."""
    rows = list(rows)
    return sum(map(holds, rows)) / len(rows) if rows else None


def over(part: int, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None


def some(count: int) -> int | None:
    """A count that is unknown where there is nothing to count."""
    return count or None


def below(rows: Iterable[Row], name: str, limit: int) -> float | None:
    """The share of rows whose value is below a limit."""
    return share(rows, lambda row: row[name] < limit)


def mean(values: Iterable[float]) -> float | None:
    values = list(values)
    return fmean(values) if values else None


def lower_median(values: Iterable[int]) -> int | None:
    values = sorted(values)
    return values[(len(values) - 1) // 2] if values else None


def gini(values: Iterable[int]) -> float | None:
    values = sorted(values)
    n, total = len(values), sum(values)
    return 2 * sum(rank * value for rank, value in enumerate(values, 1)) / n / total - (n + 1) / n if total else None


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
    # Of a decade that had hardly begun nothing is said.
    unsaid = dict.fromkeys(SINCE_2020) if snapshot_year <= 2024 else {}
    return (
        of_tracks(list(tracks.values()))
        | of_ages(list(tracks.values()), snapshot_year)
        | of_recordings([row for row in tracks.values() if row["isrc"]], rows["tracks"])
        | of_albums(list(albums.values()), {row["album_rowid"] for row in tracks.values()})
        | of_own_albums(rows["artist_albums"], artists, albums, snapshot_year)
        | of_artists(list(artists.values()), {artist for _, artist in pairs})
        | of_genres(rows["artist_genres"], artists, tracks, pairs)
        | of_playlists(rows["playlists"], rows["playlist_tracks"], tracks)
        | of_files([by_id[row["track_id"]] | row for row in rows["track_files"] if row["track_id"] in by_id])
        | of_features([by_id[row["track_id"]] | row for row in rows[FEATURES] if row["track_id"] in by_id])
        | {
            "data.tracks_without_artist": len(tracks) - len({track for track, _ in pairs}),
            "data.track_artists": len(pairs),
        }
        | unsaid
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
        "releases.tracks_in": len(tracks),
        "long_tail.tracks_in": len(tracks),
        "long_tail.gini_popularity": gini(row["popularity"] for row in scored),
        "long_tail.gini_popularity_nonzero": gini(row["popularity"] for row in scored if row["popularity"]),
        "long_tail.nonzero_below_10_share": below([row for row in scored if row["popularity"]], "popularity", 10),
        "long_tail.nonzero_ge_50_share": share(
            [row for row in scored if row["popularity"]], lambda row: row["popularity"] >= 50
        ),
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
        "heritage.tracks_in": len(tracks),
        "heritage.tracks_without_year": len(tracks) - len(dated),
        "heritage.before_1980_ge_50_share": below(popular_dated, "year", 1980),
        "heritage.before_2020_ge_50_share": below(popular_dated, "year", 2020),
        "heritage.tracks_without_market_list": len(tracks) - len(listed),
        "heritage.before_1980_unavailable_share": share(
            [row for row in listed if (row["year"] or 9999) < 1980], lambda row: not row["markets"]
        ),
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
        "markets.tracks_in": len(tracks),
        "markets.tracks_without_year": sum(not row["year"] for row in listed),
        "markets.unavailable_tracks": sum(not row["markets"] for row in listed),
        "markets.ge_180_markets_share": share(listed, lambda row: len(row["markets"]) >= 180),
        "markets.popular_one_market_share": share(above_9, lambda row: len(row["markets"]) == 1),
        "markets.lowest_share": min(by_market.values()) / sum(bool(row["markets"]) for row in listed),
        "markets.share_spread": (max(by_market.values()) - min(by_market.values()))
        / sum(bool(row["markets"]) for row in listed),
        "markets.median_share": lower_median(by_market.values()) / sum(bool(row["markets"]) for row in listed),
        "markets.best_served_count": list(by_market.values()).count(max(by_market.values())),
        "markets.least_served_count": list(by_market.values()).count(min(by_market.values())),
        "markets.least_served": only_first(Counter({market: -count for market, count in by_market.items()})),
        "markets.market_count": len(by_market),
        "markets.highest_share": max(by_market.values()) / sum(bool(row["markets"]) for row in listed),
        "markets.best_served": only_first(by_market),
        "explicit.tracks": len(tracks),
        "explicit.explicit_tracks": sum(row["explicit"] for row in tracks),
        "explicit.explicit_share": share(tracks, lambda row: row["explicit"]),
        "explicit.zero_share": share(
            [row for row in scored if row["popularity"] == 0], lambda row: row["explicit"]
        ),
        "explicit.rest_share": share(
            [row for row in scored if row["popularity"] < 50], lambda row: row["explicit"]
        ),
        "explicit.above_zero_share": share(
            [row for row in scored if row["popularity"]], lambda row: row["explicit"]
        ),
        "explicit.dated_share": share(dated, lambda row: row["explicit"]),
        "explicit.popular_share": share(popular, lambda row: row["explicit"]),
        "labels.tracks": some(labels.total()),
        "labels.tracks_without_label": len(tracks) - labels.total(),
        "labels.tracks_in": len(tracks),
        "labels.top_100_share": over(sum(count for _, count in labels.most_common(100)), labels.total()),
        "labels.label_count": len(labels),
        "labels.top_10_share": over(sum(count for _, count in labels.most_common(10)), labels.total()),
        "labels.largest_label_share": over(max(labels.values(), default=0), labels.total()),
        "duration.tracks_in": len(tracks),
        "popularity.tracks_in": len(tracks),
        "popularity.tracks_without_popularity": len(tracks) - len(scored),
        "popularity.tracks_with_fetch_day": len(tracks),
        "popularity.fetch_day_count": len({row["fetched_at"] // 86_400_000 for row in tracks}),
    }  # fmt: skip


def of_ages(tracks: list[Row], snapshot_year: int) -> dict[str, object]:
    rows = [
        row | {"age": snapshot_year - row["year"]} for row in tracks if row["year"] and row["popularity"] is not None
    ]
    days = Counter(row["fetched_at"] // 86_400_000 for row in tracks)
    coded = [row["year"] - code_year(row["isrc"], snapshot_year) for row in tracks if row["year"] and row["isrc"]]
    facts = {
        "popularity.tracks": len(rows),
        "popularity.tracks_left_out": len(tracks) - len(rows),
        "popularity.median_age_years": lower_median(row["age"] for row in rows) if len(rows) >= 100 else None,
        "popularity.mean_age_years": mean(row["age"] for row in rows),
        "popularity.up_to_one_year_share": share(rows, lambda row: row["age"] <= 1),
        "popularity.ge_50_share": share(rows, lambda row: row["popularity"] >= 50),
        "popularity.young_ge_50_share": share(
            [row for row in rows if row["age"] <= 1], lambda row: row["popularity"] >= 50
        ),
        "popularity.old_ge_50_share": share(
            [row for row in rows if row["age"] >= 10], lambda row: row["popularity"] >= 50
        ),
        "popularity.fetch_span_days": max(days) - min(days),
        "popularity.busiest_day_share": max(days.values()) / len(tracks),
        "popularity.tracks_without_fetch_day": 0,
        "heritage.coded_tracks": len(coded),
        "heritage.ten_year_gap_share": share(coded, lambda gap: gap >= 10),
        "heritage.same_year_share": share(coded, lambda gap: gap == 0),
        "heritage.later_code_share": share(coded, lambda gap: gap < 0),
    }  # fmt: skip
    for least in (30, 50, 70):
        popular = [row for row in rows if row["popularity"] >= least]
        facts |= {
            f"popularity.ge_{least}_count": len(popular),
            f"popularity.mean_age_ge_{least}_years": mean(row["age"] for row in popular),
            f"popularity.ge_{least}_up_to_one_year_share": share(popular, lambda row: row["age"] <= 1),
        }
    return facts | {
        "heritage.ge_30_count": facts["popularity.ge_30_count"],
        "heritage.before_2000_ge_30_share": below([row for row in rows if row["popularity"] >= 30], "year", 2000),
    }


def code_year(isrc: str, snapshot_year: int) -> int:
    digits = int(isrc[5:7])
    return (2000 if digits <= snapshot_year % 100 else 1900) + digits


def of_recordings(coded: list[Row], tracks: list[Row]) -> dict[str, object]:
    by_code = defaultdict(list)
    for row in coded:
        by_code[row["isrc"]].append(row)
    several = [group for group in by_code.values() if len(group) > 1]
    scores = [[row["popularity"] for row in group if row["popularity"] is not None] for group in by_code.values()]
    best = [{"popularity": max(group)} for group in scores if group]
    spreads = [max(group) - min(group) for group in scores if len(group) > 1]
    lengths = [[row["seconds"] for row in group if row["seconds"]] for group in by_code.values()]
    differences = [max(group) - min(group) for group in lengths if len(group) > 1]
    return {
        "versions.tracks_in": len(tracks),
        "versions.without_isrc_share": 1 - len(coded) / len(tracks),
        "versions.timed_recordings": len(differences),
        "versions.untimed_recordings": len(several) - len(differences),
        "versions.same_duration_surplus_share": sum(
            len(group) - 1 for group in lengths if len(group) > 1 and max(group) - min(group) <= 2
        )
        / len(coded),
        "versions.untimed_surplus_share": (
            len(coded) - len(by_code) - sum(len(group) - 1 for group in lengths if len(group) > 1)
        )
        / len(coded),
        "versions.same_duration_share": share(differences, lambda difference: difference <= 2),
        "versions.no_difference_share": share(differences, lambda difference: difference == 0),
        "versions.over_60_s_share": share(differences, lambda difference: difference > 60),
        "versions.one_track_recordings": len(by_code) - len(several),
        "long_tail.recordings": len(best),
        "long_tail.recording_zero_share": share(best, lambda row: row["popularity"] == 0),
        "long_tail.recording_below_10_share": below(best, "popularity", 10),
        "long_tail.recording_ge_50_share": share(best, lambda row: row["popularity"] >= 50),
        "long_tail.gini_popularity_recordings": gini(row["popularity"] for row in best),
        "popularity.recordings": len(by_code),
        "popularity.multi_track_recordings": some(len(spreads)),
        "popularity.same_popularity_share": share(spreads, lambda spread: spread == 0),
        "popularity.spread_ge_10_share": share(spreads, lambda spread: spread >= 10),
        "popularity.spread_ge_20_share": share(spreads, lambda spread: spread >= 20),
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
        "releases.albums_in": len(albums),
        "releases.albums_2015": some(sum(row["year"] == 2015 for row in dated)),
        "releases.albums_2024": some(sum(row["year"] == 2024 for row in dated)),
        "heritage.albums_in": len(albums),
        "heritage.before_1980_year_precision_share": share(
            [row for row in dated if row["year"] < 1980], lambda row: row["release_date_precision"] == "year"
        ),
        "versions.albums_in": len(albums),
        "versions.albums_without_upc": len(albums) - codes.total(),
        "versions.surplus_album_share": over(codes.total() - len(codes), codes.total()),
        "long_tail.albums_in": len(albums),
        "long_tail.album_below_10_share": below(albums, "popularity", 10),
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
        "versions.albums_per_upc": over(codes.total(), len(codes)),
        "versions.albums_with_upc": codes.total(),
        "versions.shared_upc_share": share(codes.values(), lambda count: count > 1),
        "long_tail.albums_with_popularity": len(albums),
        "long_tail.album_zero_share": share(albums, lambda row: row["popularity"] == 0),
    }


def of_own_albums(
    rows: list[Row], artists: dict[int, Row], albums: dict[int, Row], snapshot_year: int
) -> dict[str, object]:
    known = [row for row in rows if row["artist_rowid"] in artists and row["album_rowid"] in albums]
    own = [row for row in known if not row["is_appears_on"] and not row["is_implicit_appears_on"]]
    dated = [row for row in own if albums[row["album_rowid"]]["year"]]
    named = {row["album_rowid"] for row in own if albums[row["album_rowid"]]["label"]}
    same = {
        row["album_rowid"] for row in own if albums[row["album_rowid"]]["label"] == artists[row["artist_rowid"]]["name"]
    }
    per_year = Counter((row["artist_rowid"], albums[row["album_rowid"]]["year"]) for row in dated)
    years = set(per_year)
    latest = max((year for _, year in years if year < snapshot_year), default=None)
    of_latest = [count for (_, year), count in per_year.items() if year == latest]
    return {
        "releases.latest_year": latest,
        "releases.latest_artists": some(len(of_latest)),
        "releases.latest_one_release_share": share(of_latest, lambda count: count == 1),
        "data.artist_albums": len(known),
        "releases.artist_years": len(years),
        "releases.artist_years_in": len(years),
        "releases.albums_with_own_artist": len({row["album_rowid"] for row in dated}),
        "labels.albums_with_label": len(named),
        "labels.artist_name_album_share": over(len(same), len(named)),
        "labels.default_name_album_share": share(named, lambda album: albums[album]["label"] == "123 Records DK"),
    }


def of_artists(artists: list[Row], with_track: set[int]) -> dict[str, object]:
    return {
        "data.artists": len(artists),
        "data.artists_without_track": sum(row["rowid"] not in with_track for row in artists),
        "long_tail.artists_with_followers_known": len(artists),
        "long_tail.artist_zero_share": share(artists, lambda row: row["popularity"] == 0),
        "long_tail.artist_below_10_share": share(artists, lambda row: row["popularity"] < 10),
        "long_tail.artists_in": len(artists),
        "long_tail.artists_with_popularity": len(artists),
        "long_tail.gini_followers": gini(row["followers_total"] for row in artists),
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
    by_followers, scores = Counter(), defaultdict(list)
    for artist, carried in genres.items():
        for genre in carried:
            by_followers[genre] += artists[artist]["followers_total"]
            scores[genre].append(artists[artist]["popularity"])
    medians = Counter({genre: lower_median(values) for genre, values in scores.items()})
    firsts = [first_ten(counts, by_artists) for counts in (by_artists, by_tracks, by_followers)]
    return {
        "genres.artists_in": len(artists),
        "genres.artists_without_genre": len(artists) - len(genres),
        "genres.tracks_in": len(tracks),
        "genres.first_by_followers": only_first(by_followers),
        "genres.first_by_artists_count": list(by_artists.values()).count(max(by_artists.values(), default=0)),
        "genres.first_ten_by_any_count": len(set().union(*firsts)),
        "genres.median_genre_count": len(medians),
        "genres.highest_median_genre": only_first(medians),
        "genres.highest_median_popularity": max(medians.values(), default=None),
        "genres.lowest_median_genre": only_first(Counter({genre: -median for genre, median in medians.items()})),
        "genres.lowest_median_popularity": min(medians.values(), default=None),
        "genres.genre_count": len(by_artists),
        "data.distinct_genres": len(by_artists),
        "data.artist_genres": by_artists.total(),
        "genres.largest_genre_artists": some(max(by_artists.values(), default=0)),
        "genres.first_by_artists": only_first(by_artists),
        "genres.first_by_tracks": only_first(by_tracks),
        "genres.artists_with_genre": len(genres),
        "genres.artists_without_genre_share": over(len(artists) - len(genres), len(artists)),
        "genres.tracks_with_genre": len(with_genre),
        "genres.tracks_without_genre_share": 1 - len(with_genre) / len(tracks),
        "genres.followers_in": followers,
        "genres.followers_without_genre_share": over(
            followers - sum(artists[n]["followers_total"] for n in genres), followers
        ),
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
    unscored = share([n for n, row in tracks.items() if row["popularity"] == 0], lambda track: on[track] == 0)
    return {
        "playlists.tracks_in_tiers": sum(row["popularity"] is not None for row in tracks.values()),
        "playlists.at_most_one_playlist_share": share(tracks, lambda track: on[track] <= 1),
        "playlists.over_10_playlists_share": share(tracks, lambda track: on[track] > 10),
        "playlists.popularity_0_no_playlist_share": unscored,
        "playlists.ge_10_no_playlist_share": share(
            [n for n, row in tracks.items() if (row["popularity"] or 0) >= 10], lambda track: on[track] == 0
        ),
        "playlists.sized_playlists": len(playlists),
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
        "preservation.success_of_listed_share": done["success"] / len(files),
        "preservation.listed_tracks_in_decades": sum(bool(row["year"]) for row in known),
        "preservation.popularity_0_success_share": share(
            [row for row in known if row["popularity"] == 0], lambda row: row["status"] == "success"
        ),
        "preservation.before_1980_success_share": share(
            [row for row in known if (row["year"] or 9999) < 1980], lambda row: row["status"] == "success"
        ),
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
    popular = [row for row in music if (row["popularity"] or 0) >= 50]
    rest = [row for row in music if row["popularity"] is not None and row["popularity"] < 50]
    keyed = Counter((row["key"], row["mode"]) for row in music if row["key"] >= 0)
    years = Counter(row["year"] for row in music if row["year"])
    pairs = {pair: correlation(*([row[name] for row in given] for name in pair)) for pair in combinations(FELT, 2)}
    facts = {
        f"sound.{name}_mean{'_db' * (name == 'loudness')}": mean(row[name] for row in given)
        for name in FELT
        if name != "tempo"
    }
    for name in ("valence", "danceability"):
        facts |= {
            f"mood.popular_{name}": mean(row[name] for row in popular),
            f"mood.rest_{name}": mean(row[name] for row in rest),
            f"mood.mean_{name}": mean(row[name] for row in music),
            f"mood.mean_{name}_all": mean(row[name] for row in given),
        }
    return facts | {
        "mood.danceable_major_share": share(music, is_danceable_major),
        "mood.danceable_major_share_all": share(given, is_danceable_major),
        "mood.independent_danceable_major_share": share(music, lambda row: row["mode"] == 1)
        * share(music, lambda row: row["danceability"] >= 0.5),
        "mood.not_music_like_count": len(given) - len(music),
        "mood.with_mode_and_danceability_count": len(music),
        "mood.with_key_and_mode_count": keyed.total(),
        "mood.without_key_or_mode_count": len(music) - keyed.total(),
        "mood.top_key_share": max(keyed.values()) / keyed.total(),
        "mood.popular_count": len(popular),
        "mood.rest_count": len(rest),
        "mood.without_popularity_count": len(music) - len(popular) - len(rest),
        "mood.popular_major_share": share(popular, lambda row: row["mode"] == 1),
        "mood.rest_major_share": share(rest, lambda row: row["mode"] == 1),
        "mood.major_danceable_share": share(
            [row for row in music if row["mode"] == 1], lambda row: row["danceability"] >= 0.5
        ),
        "mood.minor_danceable_share": share(
            [row for row in music if row["mode"] == 0], lambda row: row["danceability"] >= 0.5
        ),
        "similarity.feature_count": len(given),
        "similarity.music_like_count": len(music),
        "similarity.small_year_count": sum(count < 1000 for count in years.values()),
        "similarity.small_year_track_count": sum(count for count in years.values() if count < 1000),
        "sound.tracks_with_tempo": len(given),
        "sound.tracks_with_all_features": len(given),
        "sound.tempo_found_count": sum(row["tempo"] > 0 for row in given),
        "sound.tempo_mean_found": mean(row["tempo"] for row in given if row["tempo"]),
        "sound.loudness_energy_correlation": pairs["energy", "loudness"],
        "sound.strongest_positive_correlation": max(pairs.values()),
        "sound.strongest_negative_correlation": min(pairs.values()),
        "sound.pair_count": len(pairs),
        "sound.weak_pair_count": sum(abs(value) < 0.3 for value in pairs.values()),
        "data.features": len(given),
        "data.null_responses": len(rows) - len(given),
        "mood.tracks_in": len(given),
        "mood.music_like_count": len(music),
        "mood.not_music_like_share": 1 - len(music) / len(given),
        "mood.major_share": share(music, lambda row: row["mode"] == 1),
        "mood.major_share_all": share(given, lambda row: row["mode"] == 1),
        "mood.danceable_share": share(music, lambda row: row["danceability"] >= 0.5),
        "sound.tracks": len(given),
        "sound.tempo_mean": fmean(row["tempo"] for row in given),
        "sound.tempo_sd": stdev(row["tempo"] for row in given),
    }


def is_danceable_major(row: Row) -> bool:
    return row["mode"] == 1 and row["danceability"] >= 0.5


def first_ten(counts: Counter, names: Iterable[str]) -> list[str]:
    """The ten with the most; among those that tie, the first by name."""
    return sorted(names, key=lambda name: (-counts[name], name))[:10]


def only_first(counts: Counter) -> str | None:
    """The one with the most; None where several have as many."""
    first = [name for name, count in counts.items() if count == max(counts.values())]
    return first[0] if len(first) == 1 else None
