"""Charts of the finding `ai_flood`: what Deezer says, and what the catalogue shows beside it."""

from __future__ import annotations

from datetime import date

import altair as alt
import pyarrow as pa

from report.charts.forms.ranking import valued_rows
from report.charts.forms.trends import trend, yearly_plane
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, heading, line, rule
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import known, records, roles, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count, cut, text_width
from report.core.numbers import MONTHS, percent, percent_short

ARTICLE_MONTH = "2025-11"
# The 30,000 a day that the same sentence has are of this one.
DAILY_MONTH = "2025-09"


def deezer(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of deliveries to Deezer that are fully machine-made, by month; the end of the edition's data as a rule.

    Args:
        rows: one row per statement (`month` as "2025-01", `delivery_share`, `end_month` as `month`).
    """
    table = [row for row in records(rows) if _month(row["month"]) is not None]
    points = [(_month(row["month"]), row["delivery_share"]) for row in table]
    there = known(points)
    y = scales.linear([share for _, share in there], variant.pick(280, 240), percent_short, headroom=34)
    left, right = gutter(y.labels), variant.pick(34, 22)
    x = _months([month for month, _ in there], plot_width(variant, left, right), variant.pick(3, 6))
    plane = Plane(variant, x, y, left, right, y_title=variant.say("share_tracks_delivered_deezer"))
    article = [(_month(row["month"]), row["delivery_share"]) for row in table if row["month"] == ARTICLE_MONTH]
    end = _end(table)
    words = _deezer_values(plane, there, known(article), end)
    layers = [line(plane, there, theme.ACCENT, width=2.25)]
    if end is not None and x.holds(end):
        layers.append(rule(plane, x=end))
        words.append(
            Note(variant.say("data_here_ends_end", end=_month_name(end)), plane.px(end) - 8, 14, theme.INK, "right")
        )
        before = [share for month, share in there if month <= end][-1:]
        after = [share for month, share in there if month > end][:1]
        if before and after:
            ends = (percent(before[0], 0), percent(after[0], 0))
            text = variant.say("then_somewhere_between").format(*ends)
            words.append(Note(text, plane.px(end) + 8, y.pixels - variant.pick(66, 30), theme.ACCENT))
    layers += [dots(plane, there, theme.ACCENT, size=60), dots(plane, known(article), theme.CONTRAST, size=90)]
    return plane.chart(*layers, notes(words))


def growth(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Growth of each year's releases over the year before, computed and published.

    Args:
        rows: one row per year (`release_year`, `computed_growth`, `published_growth`).
    """
    table = records(rows)
    pair = roles(variant, lambda key: any(row[f"{key}_growth"] is not None for row in table))
    series = [(role, yearly(table, role.column("growth"))[0]) for role in pair]
    values = [value for _, points in series for _, value in points]
    y = scales.linear(values, variant.pick(280, 230), percent_short)
    plane = yearly_plane(
        variant,
        y,
        [row["release_year"] for row in table],
        variant.say("growth_years_albums_over"),
    )
    layers = [rule(plane, y=0)]
    for role, points in reversed(series):
        if role.is_main:
            layers += [line(plane, points, role.colour, width=2.25), dots(plane, points, role.colour, size=34)]
        else:
            # Where both agree, one line would hide the other: this one is broad, and lies under it.
            layers.append(line(plane, points, theme.CONTEXT, width=6))
    named = [
        (role.name, theme.ACCENT if role.is_main else theme.MUTED, known(points)) for role, points in reversed(series)
    ]
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[pair[0].name])))


def zero_share(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each release year's tracks at popularity 0.

    Args:
        rows: one row per year (`release_year`, `zero_share`).
    """
    title = variant.say("share_years_tracks_at")
    return trend(variant, records(rows), "zero_share", title)


def markers(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Share of the year's titles that carry each marker, a panel each; every panel has a scale of its own.

    Args:
        rows: one row per marker and year (`marker`, `marker_order`, `release_year`, `marker_share`).
    """
    table = records(rows)
    names = [name for _, name in sorted({(row["marker_order"], row["marker"]) for row in table})]
    across = variant.pick(4, 2)
    left, right, height, headroom = 44, 16, variant.pick(74, 62), 26
    width = plot_width(variant, left, right, across)
    years = [row["release_year"] for row in table]
    ends = sorted({min(years, default=2000), max(years, default=2000)})
    x = scales.fixed(ends[0] - 0.5, ends[-1] + 0.5, ends, width, str)
    planes, panels = [], []
    for rank, name in enumerate(names):
        points, _ = yearly([row for row in table if row["marker"] == name], "marker_share")
        is_found = any(share for _, share in points)
        y = scales.linear([share for _, share in points], height, percent_short, count=2)
        if not is_found:
            y = scales.fixed(0, 1, (0,), height, percent_short)
        plane = Plane(variant, x, y, left, right, top=32, bottom=34)
        words = [heading(plane, cut(name, width + left, True))]
        if not is_found:
            words.append(Note(variant.say("none"), width / 2, height / 2, theme.MUTED, "center"))
        if rank == 0:
            title = variant.say("share_years_tracks_marker")
            words.append(Note(title, -left, 13 - plane.top - headroom, has_halo=False))
        planes.append(plane)
        panels.append(plane.panel(line(plane, points, theme.ACCENT), notes(words)))
    return grid_of(planes, panels, across, headroom)


def marker_counts(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks with each marker, as dots on a log axis, with their shares of all tracks.

    Args:
        rows: one row per marker, commonest first (`marker`, `track_count`, `marker_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["marker"] for row in table],
        [row["track_count"] for row in table],
        variant.say("marker_title_tracks_log"),
        write=lambda value: amount(value, variant),
        tick=count(variant),
        is_log=True,
        beside=(variant.say("tracks"), [percent(row["marker_share"], 2) for row in table]),
    )


def same_length(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each year's larger albums on which at least half the tracks have one length.

    Args:
        rows: one row per year (`release_year`, `same_length_share`).
    """
    title = variant.say("share_albums_8_more")
    return trend(variant, records(rows), "same_length_share", title)


def _month(text: str) -> int | None:
    """ "2025-01" as a count of months; None if it is no month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first.year * 12 + first.month - 1


def _months(months: list[float], pixels: float, every: int) -> scales.Scale:
    low, high = (min(months), max(months)) if months else (2025 * 12, 2025 * 12 + 6)
    # A long run of months would crowd the axis.
    while (high - low) / every > 6:
        every *= 2
    ticks = [month for month in range(low, high + 1) if month % every == 0] or [low]
    pad = max((high - low) * 0.03, 0.5)
    return scales.fixed(low - pad, high + pad, ticks, pixels, _month_name)


def _month_name(month: float) -> str:
    return f"{MONTHS[int(month) % 12][:3]} {int(month) // 12}"


def _end(table: list[dict]) -> float | None:
    """The middle of the month in which the edition's data ends; None if that is not known."""
    for row in table:
        month = _month(row["end_month"] or "")
        return None if month is None else month + 0.5
    return None


def _deezer_values(
    plane: Plane, there: list[tuple[float, float]], article: list[tuple[float, float]], end: float | None
) -> list[Note]:
    """Each share up and left of its dot; that of the article in words, under the line."""
    words = []
    for month, share in there:
        text, at = percent(share, 0), plane.px(month)
        if (month, share) not in article:
            words.append(Note(text, at - 4, plane.py(share) - 10, theme.ACCENT, "center", is_bold=True))
            continue
        text += plane.variant.say("article")
        below = plane.py(share) + plane.variant.pick(22, 52)
        # Narrow, the words stand under the dot, right of the end of the data and inside the plot.
        room = plane.x.pixels + plane.right - text_width(text, True)
        least = at - 46 if end is None else max(at - 46, min(plane.px(end) + 8, at))
        start = plane.variant.pick(at + 8, least)
        words.append(Note(text, min(start, room), below, theme.CONTRAST, is_bold=True))
    return words


def per_day(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks a day that Deezer says are fully machine-made; the month whose number the post has is set apart.

    Args:
        rows: one row per statement (`month` as "2025-01", `ai_tracks_per_day`).
    """
    table = [row for row in records(rows) if _month(row["month"]) is not None]
    return valued_rows(
        variant,
        [_month_name(_month(row["month"])) for row in table],
        [row["ai_tracks_per_day"] for row in table],
        variant.say("month_statement_tracks_day"),
        write=lambda value: amount(value, variant),
        tick=count(variant),
        marked=[rank for rank, row in enumerate(table) if row["month"] == DAILY_MONTH],
    )
