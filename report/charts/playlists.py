"""Charts of the finding `playlists`: on how many playlists tracks are, and how long playlists are."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from report.charts.forms.ranking import valued_rows
from report.charts.toolkit.series import records
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount


def by_playlists(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of tracks by the number of playlists they are on.

    Args:
        rows: one row per band (`playlist_band`, `track_share`, `track_count`).
    """
    return _bands(rows, variant, "playlist_band", "track", variant.say("playlists_share_tracks"))


def none_by_tier(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each popularity tier's tracks that are on no playlist.

    Args:
        rows: one row per tier (`popularity_tier`, `none_share`, `track_count`).
    """
    title = variant.say("popularity_share_tracks_on")
    table = records(rows)
    return valued_rows(
        variant,
        [row["popularity_tier"] for row in table],
        [row["none_share"] for row in table],
        title,
        beside=(variant.say("tracks"), [amount(row["track_count"], variant) for row in table]),
    )


def sizes(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of playlists by their number of entries.

    Args:
        rows: one row per band (`size_band`, `playlist_share`, `playlist_count`).
    """
    return _bands(rows, variant, "size_band", "playlist", variant.say("entries_share_playlists"))


def _bands(rows: pa.Table, variant: Variant, band: str, unit: str, y_title: str) -> alt.LayerChart:
    table = records(rows)
    return valued_rows(
        variant,
        [row[band] for row in table],
        [row[f"{unit}_share"] for row in table],
        y_title,
        beside=(f"{unit.capitalize()}s", [amount(row[f"{unit}_count"], variant) for row in table]),
    )


def in_any(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of tracks by the number of playlists they are in, as published (`playlist_band`, `published_share`)."""
    table = records(rows)
    return valued_rows(
        variant,
        [row["playlist_band"].capitalize() for row in table],
        [row["published_share"] for row in table],
        variant.say("playlists_have_track_share"),
        beside=(variant.say("tracks"), [amount(row["published_count"] or 0, variant) for row in table]),
    )
