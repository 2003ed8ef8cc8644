"""Charts of the finding `markets`: where tracks can be heard."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, heading, line, row_lines
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import known, records, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import cut, widest
from report.core.numbers import percent, percent_short

NAME_PX = 90


def by_count(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks by the number of markets in which they can be heard; those in none are set apart.

    Args:
        rows: one row per band (`market_band`, `band_order`, `track_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["market_band"].capitalize() for row in table],
        [row["track_share"] for row in table],
        variant.say("number_markets_share_tracks"),
        marked={rank for rank, row in enumerate(table) if row["band_order"] == 1},
    )


def by_market(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of tracks that can be heard in each market, best served first: of all, and of popularity 10 or more.

    Args:
        rows: one row per market (`market`, `market_order`, `all_share`, `popular_share`).
    """
    table = records(rows)
    fields = (
        ("popular_share", variant.say("popularity_10_more"), theme.CONTEXT),
        ("all_share", variant.say("tracks"), theme.ACCENT),
    )
    shares = [row[field] for field, _, _ in fields for row in table]
    y = scales.linear(shares, variant.pick(280, 230), percent_short, has_zero=False)
    left = gutter(y.labels)
    last = max(row["market_order"] for row in table)
    every = next((size for size in (1, 2, 5, 10, 20, 50, 100) if last / size <= variant.pick(10, 5)), 500)
    ticks = [1, *(rank for rank in range(every, last + 1, every) if rank > every / 2 and rank > 1)]
    x = scales.fixed(0.5, max(last, 2) + 0.5, ticks, plot_width(variant, left), str)
    plane = Plane(
        variant,
        x,
        y,
        left,
        y_title=variant.say("share_tracks_can_be") + _from(variant, y),
        x_title=variant.say("markets_best_served_first"),
        bottom=46,
    )
    layers, named = [], []
    for field, name, colour in fields:
        points = [(row["market_order"], row[field]) for row in table]
        layers.append(line(plane, points, colour, width=2.25 if colour == theme.ACCENT else 1.5))
        named.append((name, theme.word_colour(colour), known(points)))
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[variant.say("tracks")])))


def extremes(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """The best and the least served markets, a panel each, on one scale.

    Args:
        rows: one row per market, the best served first (`market`, `market_group` "most" or "fewest", `all_share`).
    """
    table = records(rows)
    groups = [
        (title, colour, own)
        for group, title, colour in (
            ("most", variant.say("best_served"), theme.ACCENT),
            ("fewest", variant.say("least_served"), theme.CONTRAST),
        )
        if (own := [row for row in table if row["market_group"] == group])
    ] or [("", theme.ACCENT, table)]
    across = variant.pick(len(groups), 1)
    names = [[cut(row["market"] or "", NAME_PX) for row in own] for _, _, own in groups]
    longest = max(len(own) for own in names)
    left, right = max(40, int(max(widest(own) for own in names)) + 14), 50
    width = plot_width(variant, left, right, across)
    x = scales.linear(
        [row["all_share"] for row in table], width, percent_short, count=variant.pick(3, 4), has_zero=False
    )
    planes, panels = [], []
    for (title, colour, own), labels in zip(groups, names, strict=True):
        # Panels are of one size: a shorter list has empty rows at its end.
        y = scales.rows([*labels, *[""] * (longest - len(labels))], 24 * longest)
        plane = Plane(
            variant,
            x,
            y,
            left,
            right,
            top=54,
            y_title=variant.say("market_share_tracks_x", x=_from(variant, x)),
            grid="x",
            has_x_line=False,
        )
        points = [(row["all_share"], rank) for rank, row in enumerate(own) if row["all_share"] is not None]
        words = [heading(plane, title)] if title else []
        words += [
            Note(percent(share), plane.px(share) + 9, plane.py(rank) + 4.5, colour, is_bold=True)
            for share, rank in points
        ]
        planes.append(plane)
        panels.append(plane.panel(row_lines(plane), dots(plane, points, colour, size=60), notes(words)))
    return grid_of(planes, panels, across)


def unavailable_by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of a release year's tracks that can be heard in no market.

    Args:
        rows: one row per year (`release_year`, `unavailable_share`).
    """
    table = records(rows)
    points, _ = yearly(table, "unavailable_share")
    y = scales.linear([share for _, share in points], variant.pick(280, 230), percent_short)
    left = gutter(y.labels)
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left))
    title = variant.say("share_years_tracks_can")
    plane = Plane(variant, x, y, left, y_title=title)
    return plane.chart(line(plane, points, theme.ACCENT, width=2.25))


def _from(variant: Variant, scale: scales.Scale) -> str:
    """Words for an axis that doesn't begin at zero."""
    return variant.say("axis_from", low=percent_short(scale.low)) if scale.low > 0 else ""
