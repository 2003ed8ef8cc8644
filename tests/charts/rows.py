"""A few rows of every figure, with its columns."""

from __future__ import annotations

from itertools import product
from typing import Any

Rows = list[dict[str, Any]]

TIERS = ("0", "1–9", "10–29", "30–49", "50–69", "70–100")
AGES = ("0–1", "2–4", "5–9", "10–19", "20+")
KEYS = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
FEATURES = ("danceability", "energy", "loudness", "instrumentalness", "tempo")
POPULATIONS = ("all", "popularity 30 or more")
YEARS = (1960, 1965, 1990, 2023, 2024, 2025)
DECADES = (1950, 1980, 1990, 2020)
GENRES = ("opera", "choral", "children's music", "progressive trance", "lo-fi")
SIZES = ("1", "2", "12", "21–30", "51+")
MAKERS = ("1", "2–4", "50–199", "200+")
BANDS = ("1", "2", "7", "20+")


def published() -> dict[str, Rows]:
    """Of what others counted: no figure of these has a count of ours."""
    part = ("danceability", "energy", "instrumentalness")
    return {
        "popularity/with_features": [
            {"feature": feature, "feature_order": rank, "correlation": 0.2 - rank / 5}
            for rank, feature in enumerate(part)
        ],
        "duration/change_by_year": [{"release_year": year, "published_change": year % 7 - 3.5} for year in YEARS],
        "explicit/change_by_year": [{"release_year": year, "published_change": year % 5 - 1.5} for year in YEARS],
        "duration/five_years": [
            {"first_year": year, "last_year": year + 4, "published_mean_s": 200.5 + year % 9} for year in DECADES
        ],
        "releases/by_type": [
            {"album_type": kind, "type_order": rank, "published_count": 10**rank, "published_share": rank / 3}
            for rank, kind in enumerate(("single", "album", "compilation"))
        ],
        "releases/dated_by_then": [
            {
                "release_year": year,
                "published_count": 10**rank,
                "published_total_count": 10**6,
                "is_partial": year == 2025,
            }
            for rank, year in enumerate(YEARS)
        ],
        "heritage/albums_by_decade": [
            {"release_decade": decade, "published_count": 10**rank, "published_share": rank / 6}
            for rank, decade in enumerate(DECADES)
        ],
        "mood/major_by_key": [
            {"key": key, "key_order": rank, "published_share": rank / 12, "published_key_share": 1 / 12}
            for rank, key in enumerate(KEYS)
        ],
        "mood/two_groups": [
            {"feature": feature, "feature_order": rank, "published_brazilian_mean": 0.6, "published_rest_mean": 0.4}
            for rank, feature in enumerate(part)
        ],
        "sound/means": [
            {"feature": feature, "feature_order": rank, "published_mean": rank / 3} for rank, feature in enumerate(part)
        ],
        "sound/strongest_pairs": [
            {"feature_a": a, "feature_b": b, "pair_order": rank, "correlation": 0.8 - rank / 4}
            for rank, (a, b) in enumerate(product(part, part))
        ],
        "sound/tempo_part": [
            {"tempo_bpm": 56.1 + 4.2 * rank, "track_count": 700 * rank, "track_share": rank / 700} for rank in range(37)
        ],
        "sound/spread_part": [
            {
                "feature": feature,
                "feature_order": rank,
                "mean_value": 0.5,
                "median_value": 0.4,
                "lower_value": 0.1,
                "upper_value": 0.7,
            }
            for rank, feature in enumerate(part)
        ],
        "versions/tracks_and_recordings": [
            {"counted": name, "counted_order": rank, "published_count": 256_000_000 - rank}
            for rank, name in enumerate(("tracks", "tracks with a code", "different codes"))
        ],
        "genres/tracks_per_artist": [
            {"genre": genre, "genre_order": rank, "published_tracks_per_artist": 170.1 - rank}
            for rank, genre in enumerate(GENRES)
        ],
        "playlists/in_any": [
            {"playlist_band": band, "band_order": rank, "published_count": 10**rank, "published_share": rank / 3}
            for rank, band in enumerate(("none", "one to four", "five or more"))
        ],
        "ai_flood/per_day": [
            {"month": month, "ai_tracks_per_day": 10_000 * rank}
            for rank, month in enumerate(("2025-01", "2025-09", "2025-11"))
        ],
    }


def tracks_and_albums() -> dict[str, Rows]:
    """Of long_tail, duration, mood, sound and releases."""

    def both(count: int) -> dict[str, Any]:
        return {
            "computed_count": count,
            "computed_share": count / 900,
            "published_count": count + 5,
            "published_share": count / 950,
        }

    yearly = [(year, year == 2025, rank + 1) for rank, year in enumerate(YEARS)]
    bins = [(step * 0.02, 0.01 + 0.001 * step) for step in range(0, 50, 7)]
    return {
        "long_tail/popularity": [
            {"popularity": p, "track_count": 10 ** (5 - p // 20), "published_count": 10 ** (8 - p // 20)}
            for p in range(0, 101, 5)
        ],
        "long_tail/at_or_above": [
            {"popularity": p, "published_count": 10 ** (8 - p // 20), "published_share": 0.1 ** (p // 20)}
            for p in range(0, 101, 5)
        ],
        "long_tail/artists_and_albums": [
            {"unit": unit, "popularity": p, "item_count": 9000 - p, "item_share": 0.5 / (p + 1) ** power}
            for unit, power in (("artists", 2), ("albums", 3))
            for p in range(0, 101, 10)
        ],
        "long_tail/lorenz": [
            {"measure": measure, "population_share": x / 10, "total_share": (x / 10) ** power}
            for measure, power in (
                ("popularity of tracks", 6),
                ("popularity of tracks, published", 7),
                ("followers of artists", 20),
            )
            for x in range(11)
        ],
        "long_tail/bands": [
            {"popularity_band": band, "band_order": rank, **both(10 ** (8 - 4 * rank))}
            for rank, band in enumerate(("0–9", "10–19", "100"))
        ],
        "duration/histogram": [
            {"duration_s": s, "track_count": 400 - abs(s - 190), "track_share": 0.01} for s in range(0, 601, 20)
        ],
        "duration/heaping": [
            {"minute": m, "heaping_index": 0.9 + m / 10, "track_count": 9, "neighbour_mean": 8.5} for m in range(1, 9)
        ],
        "duration/heaping_by_year": [
            {"release_year": y, "minute": m, "heaping_index": 1 + n * m / 50, "track_count": 9}
            for (y, _, n), m in product(yearly, (2, 3, 4))
        ],
        "duration/heaping_by_tier": [
            {"popularity_tier": t, "tier_order": n + 1, "minute": m, "heaping_index": 0.95 + n / 20, "track_count": 9}
            for (n, t), m in product(enumerate(TIERS), (2, 3, 4))
        ],
        "duration/by_year": [
            {"release_year": y, "mean_s": 250 - n, "median_s": 230 - n, "published_mean_s": 251.5 - n, "track_count": 9}
            for y, _, n in yearly
        ],
        "duration/by_minute": [
            {"duration_minute": minute, "minute_order": rank, **both(100 * rank + 1)}
            for rank, minute in enumerate(("0", "1", "9", "10+"))
        ],
        "duration/thresholds": [
            {"release_year": y, "length_window": window, "track_count": 9, "window_share": n / 100}
            for (y, _, n), window in product(yearly, ("30–35 s", "120–125 s"))
        ],
        "mood/key_mode": [
            {"key": key, "key_order": rank, "mode": mode, **both(rank + 20)}
            for (rank, key), mode in product(enumerate(KEYS), ("major", "minor"))
        ],
        "mood/danceability_by_mode": [
            {"mode": mode, "danceability": value, "track_count": 9, "mode_share": share * factor}
            for (mode, factor), (value, share) in product((("major", 1), ("minor", 1.3)), bins)
        ],
        "mood/popular_and_rest": [
            {"feature": feature, "popularity_group": group, "value": value, "track_count": 9, "group_share": share}
            for feature, group, (value, share) in product(("danceability", "valence"), ("50 or more", "below 50"), bins)
        ],
        "mood/by_year": [
            {"release_year": y, "major_share": 0.7 - n / 90, "mean_valence": 0.5 - n / 80, "track_count": 1000}
            for y, _, n in yearly
        ],
        "mood/danceable_major_by_tier": [
            {
                "popularity_tier": tier,
                "tier_order": rank + 1,
                "danceable_major_share": 0.4 + rank / 50,
                "expected_share": 0.41,
                "track_count": 9,
            }
            for rank, tier in enumerate(TIERS)
        ],
        "sound/correlations": [
            {"feature_a": a, "feature_b": b, "a_order": i, "b_order": j, "correlation": 1 - abs(i - j) * 0.45}
            for (i, a), (j, b) in product(enumerate(FEATURES), enumerate(FEATURES))
        ],
        "sound/distributions": [
            {
                "feature": feature,
                "feature_order": rank,
                "value": step * (2 if feature == "loudness" else 0.02) - (60 if feature == "loudness" else 0),
                "bin_width": 2.0 if feature == "loudness" else 0.02,
                "track_count": 9,
                "feature_share": 0.02 + step / 1000,
            }
            for (rank, feature), step in product(enumerate(FEATURES), range(0, 30, 3))
        ],
        "sound/tempo": [
            {
                "tempo_bpm": bpm,
                "track_count": 9,
                "track_share": 0.02 - abs(bpm - 120) / 9000,
                "double_share": 0.02 - abs(2 * bpm - 120) / 9000 if bpm <= 125 else None,
            }
            for bpm in range(1, 251, 6)
        ],
        "sound/loudness_energy": [
            {"loudness_db": -2 * i, "energy": i / 20, "track_count": i, "track_share": i / 200, "step": i % 6 + 1}
            for i in range(1, 20)
        ],
        "releases/albums_by_year": [
            {"release_year": y, "album_count": 10**n, "published_count": 12**n}
            | {"is_partial": last, "is_published_partial": last}
            for y, last, n in yearly
        ],
        "releases/albums_by_year_linear": [
            {"release_year": y, "computed_share": n / 40, "published_share": n / 41}
            | {"is_partial": last, "is_published_partial": last}
            for y, last, n in yearly
        ],
        "releases/tracks_by_year": [
            {"release_year": y, "track_count": 10**n, "track_share": n / 40, "is_partial": last}
            for y, last, n in yearly
        ],
        "releases/albums_by_size": [
            {"size_band": band, "size_order": rank, "album_count": 900 - rank, "album_share": 0.5 / (rank + 1)}
            for rank, band in enumerate(SIZES)
        ],
        "releases/types_by_year": [
            {"release_year": y, "counted": counted, "album_type": kind, "type_share": share / n, "counted_count": 9}
            for (y, _, n), counted, (kind, share) in product(
                yearly, ("albums", "tracks"), (("single", 0.4), ("album", 0.9), ("compilation", 0.1))
            )
        ],
        "releases/artists_by_releases": [
            {"release_year": y, "releases_band": band, "band_order": rank, "artist_count": 10 ** (n - rank + 3)}
            for (y, _, n), (rank, band) in product(yearly, enumerate(MAKERS))
        ],
        "releases/prolific": [
            {"release_year": y, "album_count": 900, "prolific_count": n, "prolific_share": n / 90} for y, _, n in yearly
        ],
    }


def scores_and_places() -> dict[str, Rows]:
    """Of popularity, similarity, versions, explicit and markets."""

    def by_number(band: str, count: str, share: str) -> Rows:
        return [
            {band: name, "band_order": int(name.strip("+")), count: 10 ** (7 - rank), share: 0.8 / 10**rank}
            for rank, name in enumerate(BANDS)
        ]

    markets = [
        {
            "market": f"{chr(65 + rank)}X",
            "market_order": rank + 1,
            "all_share": 0.95 - rank / 500,
            "popular_share": 0.94 - rank / 400,
            "track_count": 9000 - rank,
        }
        for rank in range(25)
    ]
    return {
        "popularity/by_age": [
            {"age_years": age, "ge_30_share": 0.02 / (age + 1), "ge_50_share": 0.002 / (age + 1), "track_count": 9000}
            for age in (0, 1, 2, 5, 6, 40)
        ],
        "popularity/tier_ages": [
            {
                "popularity_tier": tier,
                "tier_order": i + 1,
                "age_band": band,
                "band_order": j + 1,
                "track_count": 9,
                "tier_share": 0.2,
            }
            for (i, tier), (j, band) in product(enumerate(TIERS), enumerate(AGES))
        ],
        "popularity/spread": [
            {"popularity_spread": points, "recording_count": 900 - points, "recording_share": 0.6 / (points + 1)}
            for points in (0, 1, 2, 10, 25, 74)
        ],
        "popularity/fetch_days": [
            {"fetched_day": day, "track_count": 1000 + rank, "track_share": 0.2}
            for rank, day in enumerate(("2025-03-31", "2025-04-01", "2025-04-02", "2025-07-11"))
        ],
        "similarity/dispersion": [
            {"release_year": year, "population": population, "dispersion": 4.1 - rank / 20, "track_count": 2000}
            for (rank, year), population in product(enumerate(YEARS), POPULATIONS)
        ],
        "similarity/features": [
            {
                "population": population,
                "release_year": year,
                "feature": feature,
                "feature_order": order + 1,
                "relative_sd": 1.1 - rank / 30,
                "track_count": 2000,
            }
            for population, (rank, year), (order, feature) in product(
                POPULATIONS, enumerate(YEARS), enumerate(FEATURES)
            )
        ],
        "similarity/loudness": [
            {"release_year": year, "mean_db": rank - 14.5, "sd_db": 5 - rank / 3, "track_count": 2000}
            for rank, year in enumerate(YEARS)
        ],
        "similarity/composition": [
            {"release_year": year, "measure": measure, "dispersion": 4.05 - rank / 20}
            for (rank, year), measure in product(enumerate(YEARS), ("as released", "same mix of durations"))
        ],
        "versions/recordings_by_tracks": by_number("tracks_band", "recording_count", "recording_share"),
        "versions/tracks_by_tracks": by_number("tracks_band", "track_count", "track_share"),
        "versions/albums_per_upc": by_number("albums_band", "upc_count", "upc_share"),
        "versions/duration_differences": [
            {"difference_band": band, "band_order": rank + 1, "recording_count": 9, "recording_share": 0.7 / (rank + 1)}
            for rank, band in enumerate(("none", "1 s", "3–5 s", "over 60 s"))
        ],
        "explicit/by_year": [
            {"release_year": year, "computed_share": rank / 30, "published_share": rank / 29, "track_count": 900}
            for rank, year in enumerate(YEARS)
        ],
        "explicit/by_tier": [
            {"popularity_tier": tier, "tier_order": rank + 1, "explicit_share": 0.1 + rank / 20, "track_count": 900}
            for rank, tier in enumerate(TIERS)
        ],
        "explicit/by_decade_and_tier": [
            {
                "release_decade": decade,
                "popularity_tier": tier,
                "tier_order": rank + 1,
                "explicit_share": (decade - 1950 + rank) / 400,
                "track_count": 90,
            }
            for decade, (rank, tier) in product((1960, 1980, 2020), enumerate(TIERS))
            if (decade, rank) != (1960, 5)
        ],
        "markets/by_count": [
            {"market_band": band, "band_order": rank + 1, "track_count": 90, "track_share": (rank + 1) / 10}
            for rank, band in enumerate(("none", "1", "2–9", "180 or more"))
        ],
        "markets/by_market": markets,
        "markets/extremes": [
            {key: row[key] for key in ("market", "market_order", "all_share", "track_count")} | {"market_group": group}
            for group, part in (("most", markets[:10]), ("fewest", markets[-10:]))
            for row in part
        ],
        "markets/unavailable_by_year": [
            {"release_year": year, "unavailable_share": 0.3 - rank / 30, "track_count": 900}
            for rank, year in enumerate(YEARS)
        ],
    }


def names_and_the_past() -> dict[str, Rows]:
    """Of ai_flood, heritage, genres, labels, playlists and preservation."""

    def both(rank: int) -> dict[str, Any]:
        return {"computed_count": 10 ** (rank + 1), "computed_share": 0.1, "published_count": 9 * 10 ** (rank + 2)}

    genres = list(enumerate(GENRES, 1))
    years = list(enumerate(YEARS, 1))
    return {
        "ai_flood/deezer": [
            {"month": month, "ai_tracks_per_day": 10000, "delivery_share": share, "end_month": "2025-07"}
            for month, share in (("2025-01", 0.1), ("2025-04", 0.18), ("2025-09", 0.28), ("2025-11", 0.34))
        ],
        "ai_flood/growth": [
            {"release_year": y, "computed_growth": n / 9 - 0.2, "published_growth": n / 10} for n, y in years
        ],
        "ai_flood/zero_share": [{"release_year": y, "zero_share": n / 99, "track_count": 2000} for n, y in years],
        "ai_flood/markers": [
            {"marker": marker, "marker_order": rank, "release_year": y, "marker_share": n / 99, "track_count": 9}
            for (rank, marker), (n, y) in product(enumerate(("sped up", "8D", "rain")), years)
        ],
        "ai_flood/marker_counts": [
            {"marker": m, "marker_order": n, "track_count": n * 100, "marker_share": 0.01, "pattern": m, "note": ""}
            for n, m in enumerate(("sped up", "8D", "rain"))
        ],
        "ai_flood/same_length": [
            {"release_year": y, "same_length_share": 0.1 / n, "album_count": 900} for n, y in years
        ],
        "heritage/by_decade": [
            {"release_decade": d, "track_group": group, "track_count": 9, "decade_share": 0.1 * n}
            for (n, d), group in product(enumerate(DECADES), ("all tracks", "popularity 30 or more"))
        ],
        "heritage/availability": [
            {"release_decade": d, "unavailable_share": n / 9, "track_count": 900} for n, d in enumerate(DECADES)
        ],
        "heritage/reissue_gap": [
            {"release_decade": d, "gap_band": band, "band_order": rank, "gap_share": 0.3 / (rank + 1), "track_count": 9}
            for d, (rank, band) in product(DECADES, enumerate(("code is later", "same year", "10 years or more")))
        ],
        "heritage/date_precision": [
            {"release_decade": d, "date_precision": p, "precision_order": 1, "precision_share": s, "album_count": 9}
            for d, (p, s) in product(DECADES, (("day", 0.7), ("month", 0.05), ("year", 0.25)))
        ],
        "heritage/round_years": [
            {"release_year": y, "computed_bump": 1 + n / 9, "published_bump": 1.5 - n / 9} for n, y in years
        ],
        "genres/by_artists": [{"genre": g, "genre_order": n, **both(n)} for n, g in genres],
        "genres/by_tracks": [{"genre": g, "genre_order": n, **both(n), "published_share": 0.1} for n, g in genres],
        "genres/by_followers": [
            {"genre": g, "genre_order": n, "followers_count": 9_000_000 // n, "followers_share": 0.3 / n}
            for n, g in genres
        ],
        "genres/ranks": [
            {"genre": g, "counted": counted, "counted_order": rank, "genre_rank": n**rank}
            for (rank, counted), (n, g) in product(enumerate(("artists", "tracks", "followers"), 1), genres)
        ],
        "genres/coverage": [
            {"unit": unit, "unit_order": n, "without_share": n / 4, "without_count": 10**n}
            for n, unit in enumerate(("artists", "tracks", "followers"), 1)
        ],
        "genres/popularity": [
            {"genre": g, "genre_order": n, "median_popularity": 50 - n, "artist_count": 90} for n, g in genres
        ],
        "genres/groups": [{"genre_group": g, "group_order": n, "published_count": 520075 // n} for n, g in genres],
        "genres/mean_popularity": [
            {"genre": g, "genre_order": n, "published_mean_popularity": 23.53 - n} for n, g in genres
        ],
        "labels/largest": [
            {"label": f"Label {n}", "label_order": n, "track_count": 5000 // n, "track_share": 0.1 / n}
            for n in range(1, 6)
        ],
        "labels/concentration": [
            {
                "release_year": y,
                "largest": largest,
                "largest_order": rank,
                "track_share": 0.9 - n / 9 - rank / 9,
                "track_count": 9,
                "label_count": 9,
            }
            for (n, y), (rank, largest) in product(years, enumerate(("10 largest", "100 largest", "1,000 largest")))
        ],
        "labels/hhi": [{"release_year": y, "concentration_index": 0.01 / n, "track_count": 2000} for n, y in years],
        "labels/self_named": [
            {"release_year": y, "name_kind": kind, "album_share": n / 9, "album_count": 900}
            for (n, y), kind in product(years, ("artist’s own name", "distributor’s default"))
        ],
        "playlists/by_playlists": [
            {"playlist_band": band, "band_order": n, "track_count": 1000 - n, "track_share": 0.7 / (n + 1)}
            for n, band in enumerate(("none", "1", "over 1,000"))
        ],
        "playlists/none_by_tier": [
            {"popularity_tier": tier, "tier_order": n, "none_share": 0.5 / (n + 1), "track_count": 9}
            for n, tier in enumerate(TIERS)
        ],
        "playlists/sizes": [
            {"size_band": band, "band_order": n, "playlist_count": 1000 - n, "playlist_share": 0.7 / (n + 1)}
            for n, band in enumerate(("empty", "1–10", "over 1,000"))
        ],
        "preservation/by_tier": [
            {"popularity_tier": tier, "tier_order": n, "status": status, "status_share": 0.2, "track_count": 9}
            for (n, tier), status in product(
                enumerate(TIERS), ("success", "error_not_available", "a", "b", "c", "d", "e")
            )
        ],
        "preservation/by_decade": [
            {"release_decade": d, "status": status, "status_share": 0.5, "track_count": 9}
            for d, status in product(DECADES, ("success", "error_has_replacement"))
        ],
        "preservation/arithmetic": [
            {"denominator": name, "denominator_order": n, "published_share": 0.37 - n / 50}
            for n, name in enumerate(("announced", "of all tracks", "of announced recordings"))
        ],
        "long_tail/luminate": [
            {"report_year": y, "track_count": 202_000_000, "low_stream_share": 0.87} for y in (2024, 2025)
        ],
    }


ROWS = tracks_and_albums() | scores_and_places() | names_and_the_past() | published()
