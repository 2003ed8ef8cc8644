"""Charts of the finding `genres`: which genres are large, by what is counted. Genres belong to artists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import altair as alt
import pyarrow as pa

from report.charts.forms.compare import compared_rows
from report.charts.forms.ranking import valued_rows
from report.charts.forms.ranks import rank_map, slopes
from report.charts.toolkit.series import records, roles
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count, cut
from report.core.numbers import MISSING, decimal, percent, short


def by_artists(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Artists of the largest genres on a log axis, computed and published.

    Args:
        rows: one row per genre (`genre`, `computed_count`, `published_count`).
    """
    return _compared(rows, variant, variant.say("genre_artists_log_scale"))


def by_tracks(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks of the largest genres on a log axis, computed and published.

    Args:
        rows: one row per genre (`genre`, `computed_count`, `published_count`).
    """
    return _compared(rows, variant, variant.say("genre_tracks_log_scale"), {"published": count(variant)})


def by_followers(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Followers of the artists of the largest genres.

    Args:
        rows: one row per genre (`genre`, `followers_count`, `followers_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["genre"] for row in table],
        [row["followers_count"] for row in table],
        variant.say("genre_followers_artists"),
        write=_amount(variant),
        tick=count(variant),
        beside=(variant.say("share_followers"), [percent(row["followers_share"]) for row in table]),
    )


def ranks(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Rank of each leading genre by artists, tracks and followers; the ten first by artists stand out.

    Args:
        rows: one row per genre and counting (`genre`, `counted`, `counted_order`, `genre_rank`).
    """
    table = [row for row in records(rows) if row["genre_rank"] is not None]
    counted = [name for _, name in sorted({(row["counted_order"], row["counted"]) for row in table})]
    own = {name: {row["genre"]: row["genre_rank"] for row in table if row["counted"] == name} for name in counted}
    heads, columns = [variant.say("name", name=name) for name in counted], [own[name] for name in counted]
    if variant.is_narrow:
        return rank_map(variant, [name.capitalize() for name in counted], columns, variant.say("rank_genre"))
    return slopes(variant, heads, columns, variant.say("rank_genre_first_ten"))


def coverage(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of artists, tracks and followers without any genre.

    Args:
        rows: one row per unit (`unit`, `without_share`, `without_count`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["unit"].capitalize() for row in table],
        [row["without_share"] for row in table],
        variant.say("share_no_genre"),
        beside=(variant.say("without_genre"), [amount(row["without_count"], variant) for row in table]),
    )


def popularity(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Median popularity of the artists of the largest genres.

    Args:
        rows: one row per genre, most popular first (`genre`, `median_popularity`, `artist_count`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["genre"] for row in table],
        [row["median_popularity"] for row in table],
        variant.say("genre_median_popularity_artists"),
        write=_plain,
        tick=short,
        is_dots=True,
        beside=(variant.say("artists"), [amount(row["artist_count"], variant) for row in table]),
    )


def groups(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Artists in each group of genres, as published.

    Args:
        rows: one row per group, largest first (`genre_group`, `published_count`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["genre_group"] for row in table],
        [row["published_count"] for row in table],
        variant.say("group_genres_artists_published"),
        write=_amount(variant),
        tick=count(variant),
    )


def mean_popularity(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """The genres of the highest mean popularity of tracks, as published.

    Args:
        rows: one row per genre, highest first (`genre`, `published_mean_popularity`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["genre"] for row in table],
        [row["published_mean_popularity"] for row in table],
        variant.say("genre_mean_popularity_tracks"),
        write=lambda value: MISSING if value is None else decimal(value, 1),
        tick=short,
        is_dots=True,
    )


def _compared(
    rows: pa.Table, variant: Variant, y_title: str, writes: Mapping[str, Callable[[float], str]] | None = None
) -> alt.LayerChart:
    """Both counts of each genre, ordered by the main one; genres that it lacks stand at the end."""
    table = records(rows)
    main = roles(variant, lambda key: any(row[f"{key}_count"] is not None for row in table))[0]
    table.sort(key=lambda row: -(row[main.column("count")] or 0))
    return compared_rows(
        variant,
        [cut(row["genre"], variant.pick(200, 150)) for row in table],
        {key: [row[f"{key}_count"] for row in table] for key in ("computed", "published")},
        y_title,
        is_log_count=True,
        writes=writes,
    )


def _amount(variant: Variant) -> Callable[[float | None], str]:
    return lambda value: amount(value, variant)


def _plain(value: float | None) -> str:
    return MISSING if value is None else short(value)


def tracks_per_artist(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Published tracks for each artist of a genre (`genre`, `published_tracks_per_artist`)."""
    table = records(rows)
    return valued_rows(
        variant,
        [row["genre"] for row in table],
        [row["published_tracks_per_artist"] for row in table],
        variant.say("genre_tracks_each_artists"),
        write=lambda value: decimal(value, 0),
        tick=short,
    )
