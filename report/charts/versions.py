"""Charts of the finding `versions`: how many tracks a recording has, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots
from report.charts.toolkit.notes import name_beside, notes
from report.charts.toolkit.plane import Plane, gutter, plot_width
from report.charts.toolkit.series import records
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count
from report.core.numbers import percent


def recordings_by_tracks(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Recordings by how many tracks they have, on a log axis.

    Args:
        rows: one row per number of tracks, the last open (`tracks_band`, `band_order`, `recording_count`,
            `recording_share`).
    """
    return _by_number(
        variant,
        records(rows),
        ("tracks_band", "recording_count", "recording_share"),
        (variant.say("recordings_log_scale"), variant.say("tracks_recording")),
        (variant.say("have_one_track"), variant.say("have_two_more")),
    )


def tracks_by_tracks(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks by how many tracks their recording has, on a log axis.

    Args:
        rows: one row per number of tracks, the last open (`tracks_band`, `band_order`, `track_count`, `track_share`).
    """
    return _by_number(
        variant,
        records(rows),
        ("tracks_band", "track_count", "track_share"),
        (variant.say("tracks_log_scale"), variant.say("tracks_recording")),
        (variant.say("only_one"), variant.say("share_their_recording")),
    )


def duration_differences(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Recordings by how much the durations of their tracks differ.

    Args:
        rows: one row per band of the difference (`difference_band`, `recording_share`).
    """
    table = records(rows)
    title = variant.say("longest_minus_shortest_track")
    return valued_rows(
        variant,
        [row["difference_band"].capitalize() for row in table],
        [row["recording_share"] for row in table],
        title,
    )


def albums_per_upc(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Product codes by how many albums bear them, on a log axis.

    Args:
        rows: one row per number of albums, the last open (`albums_band`, `band_order`, `upc_count`, `upc_share`).
    """
    return _by_number(
        variant,
        records(rows),
        ("albums_band", "upc_count", "upc_share"),
        (variant.say("product_codes_log_scale"), variant.say("albums_code")),
        (variant.say("on_one_album"), variant.say("on_two_more")),
    )


def _by_number(
    variant: Variant,
    table: Sequence[Mapping[str, Any]],
    fields: tuple[str, str, str],
    titles: tuple[str, str],
    said: tuple[str, str],
) -> alt.LayerChart:
    """Dots over 1, 2, 3 …, the first apart from the rest, each with its share in words; zeros are not drawn.

    Args:
        fields: columns of the band, the count and the share.
        titles: of the y and the x axis.
        said: what one is, and what the rest are, after the share.
    """
    band, counted, share = fields
    points = [(row["band_order"], row[counted]) for row in table if row[counted]]
    y = scales.log([tall for _, tall in points], variant.pick(280, 240), count(variant), pad=16)
    left = gutter(y.labels)
    last = max([5, *(row["band_order"] for row in table)])
    names = {row["band_order"]: row[band] for row in table}
    every = variant.pick(1, 1 if last <= 12 else 5)
    ticks = [tick for tick in range(1, last + 1) if tick in (1, last) or tick % every == 0]
    x = scales.fixed(0.5, last + 0.5, ticks, plot_width(variant, left), lambda tick: names.get(tick) or str(tick))
    plane = Plane(variant, x, y, left, y_title=titles[0], x_title=titles[1], bottom=46)
    groups = (
        (said[0], theme.CONTEXT, [point for point in points if point[0] == 1]),
        (said[1], theme.ACCENT, [point for point in points if point[0] > 1]),
    )
    layers, named = [], []
    for words, colour, own in groups:
        layers.append(dots(plane, own, colour, size=variant.pick(44, 36)))
        orders = {order for order, _ in own}
        total = sum(row[share] or 0 for row in table if row["band_order"] in orders)
        if own:
            named.append((f"{percent(total)} {words}", theme.word_colour(colour), own))
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[name for name, _, _ in named[-1:]])))


def tracks_and_recordings(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks, tracks with a recording code, and different codes (`counted`, `published_count`)."""
    table = records(rows)
    return valued_rows(
        variant,
        [row["counted"].capitalize() for row in table],
        [row["published_count"] for row in table],
        variant.say("number"),
        write=lambda value: amount(value, variant),
        tick=count(variant),
    )
