"""Charts of the finding `labels`: whose names stand on the tracks."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from report.charts.forms.ranking import valued_rows
from report.charts.forms.trends import trend, trends
from report.charts.toolkit import scales, theme
from report.charts.toolkit.series import records, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount
from report.core.numbers import decimal, percent_short, short


def largest(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """The label names on the most tracks, with their shares.

    Args:
        rows: one row per name, largest first (`label`, `track_count`, `track_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["label"] or "" for row in table],
        [row["track_share"] for row in table],
        variant.say("label_name_share_tracks"),
        beside=(variant.say("tracks"), [amount(row["track_count"], variant) for row in table]),
    )


def concentration(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each year's tracks under the 10, 100 and 1,000 commonest names of that year.

    Args:
        rows: one row per year and number of names (`release_year`, `largest`, `largest_order`, `track_share`).
    """
    table = records(rows)
    kinds = [name for _, name in sorted({(row["largest_order"], row["largest"]) for row in table})]
    colours = dict(zip(kinds, (theme.ACCENT, theme.CONTEXT, theme.INK), strict=False))
    series = [
        (
            variant.say("kind_names", kind=kind),
            colours.get(kind, theme.CONTEXT),
            yearly([row for row in table if row["largest"] == kind], "track_share")[0],
        )
        for kind in reversed(kinds)
    ]
    y = scales.fixed(0, 1, (0, 0.25, 0.5, 0.75, 1), variant.pick(300, 250), percent_short)
    title = variant.say("share_years_tracks_label")
    return trends(variant, series, y, title, bold=[variant.say("kind_names", kind=kinds[0])])


def hhi(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Herfindahl–Hirschman index of label names by release year, from zero.

    Args:
        rows: one row per year (`release_year`, `concentration_index` 0 to 1).
    """
    title = variant.say("herfindahl_hirschman_index_sum")
    return trend(
        variant,
        records(rows),
        "concentration_index",
        title,
        write=lambda value: decimal(value or 0, 4 if (value or 0) < 0.1 else 2),
        tick=short,
    )


def self_named(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each year's albums under the artist's own name, and under a distributor's default.

    Args:
        rows: one row per year and kind (`release_year`, `name_kind`, `album_share`).
    """
    table = records(rows)
    kinds = sorted({row["name_kind"] for row in table}, reverse=True)
    series = [
        (
            kind[:1].upper() + kind[1:],
            theme.ACCENT if kind.startswith("artist") else theme.CONTRAST,
            yearly([row for row in table if row["name_kind"] == kind], "album_share")[0],
        )
        for kind in kinds
    ]
    y = scales.linear([row["album_share"] for row in table], variant.pick(280, 230), percent_short)
    return trends(variant, series, y, variant.say("share_years_albums_label"))
