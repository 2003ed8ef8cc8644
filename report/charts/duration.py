"""Charts of the finding `duration`: how long tracks are, and whether they crowd at whole minutes."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from report.charts.forms.compare import compared_rows
from report.charts.forms.published import changes
from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, heading, line, row_lines, rule, spikes, stairs, stems
from report.charts.toolkit.notes import Note, align_at, name_beside, notes
from report.charts.toolkit.plane import Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import known, records, roles, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import count, widest
from report.core.numbers import decimal, minutes, percent_short, short

MARKED_MINUTES = (2, 3, 4)


def histogram(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks per second of duration; x in minutes, y in tracks; 2:00, 3:00 and 4:00 drawn as strokes.

    Args:
        rows: one row per whole second (`duration_s` 0 to 600, `track_count`).
    """
    tracks = {row["duration_s"]: row["track_count"] or 0 for row in records(rows)}
    y = scales.linear(tracks.values(), variant.pick(280, 230), count(variant), headroom=20)
    left = gutter(y.labels)
    seconds = range(0, 601, variant.pick(60, 120))
    x = scales.fixed(0, 601, seconds, plot_width(variant, left), minutes)
    plane = Plane(
        variant,
        x,
        y,
        left,
        y_title=variant.say("tracks_per_second_duration"),
        x_title=variant.say("duration_minutes_seconds"),
        bottom=46,
    )
    marked = [(60 * minute, tracks.get(60 * minute, 0)) for minute in MARKED_MINUTES]
    words = [
        Note(minutes(second), plane.px(second + 0.5), plane.py(tall) - 6, theme.ACCENT, "center", is_bold=True)
        for second, tall in marked
    ]
    peaks = spikes(plane, [(second + 0.5, tall) for second, tall in marked], theme.ACCENT, width=variant.pick(2, 1.5))
    return plane.chart(stairs(plane, list(tracks.items()), 1, theme.CONTEXT), peaks, notes(words))


def heaping(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Heaping index of each whole minute as a dot; the rule at 1 is a second like those around it.

    Args:
        rows: one row per minute 1 to 8 (`minute`, `heaping_index`).
    """
    table = records(rows)
    names = [minutes(60 * row["minute"]) for row in table]
    y = scales.rows(names, 30 * len(names))
    indexes = [row["heaping_index"] for row in table]
    x = scales.linear([*indexes, 1], plot_width(variant, 44, 48), short, count=variant.pick(6, 4), has_zero=False)
    plane = Plane(
        variant,
        x,
        y,
        44,
        48,
        top=56,
        y_title=variant.say("heaping_index_tracks_second"),
        grid="x",
        has_x_line=False,
    )
    layers, words = [], []
    for is_marked, colour in ((False, theme.CONTEXT), (True, theme.ACCENT)):
        points = [
            (row["heaping_index"], rank)
            for rank, row in enumerate(table)
            if (row["minute"] in MARKED_MINUTES) == is_marked and row["heaping_index"] is not None
        ]
        layers += [stems(plane, points, colour, start=1), dots(plane, points, colour, size=70)]
        words += [
            _index_note(plane, value, rank, theme.word_colour(colour), is_bold=is_marked) for value, rank in points
        ]
    reference = variant.say("1_as_many_as")
    at_one = plane.px(1)
    words.append(Note(reference, at_one, -8, theme.INK, align_at(at_one, plane, reference)))
    return plane.chart(row_lines(plane), rule(plane, x=1), *layers, notes(words))


def heaping_by_year(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Heaping index at 2:00, 3:00 and 4:00 by release year, a panel each, on one scale.

    Args:
        rows: one row per year and minute (`release_year`, `minute`, `heaping_index`).
    """
    table = records(rows)
    across = variant.pick(3, 1)
    y = scales.linear(
        [row["heaping_index"] for row in table] + [1],
        variant.pick(220, 120),
        short,
        count=variant.pick(5, 3),
        has_zero=False,
    )
    left = gutter(y.labels)
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left, columns=across), spacing=54)
    planes, panels = [], []
    for minute in MARKED_MINUTES:
        points, _ = yearly([row for row in table if row["minute"] == minute], "heaping_index")
        plane = Plane(variant, x, y, left, top=58, y_title=variant.say("heaping_index"))
        words = notes([heading(plane, minutes(60 * minute))])
        planes.append(plane)
        panels.append(plane.panel(rule(plane, y=1), line(plane, points, theme.ACCENT), words))
    return grid_of(planes, panels, across)


def heaping_by_tier(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Heaping index at 2:00, 3:00 and 4:00 by popularity tier, a panel each, on one scale.

    Args:
        rows: one row per tier and minute (`popularity_tier`, `tier_order`, `minute`, `heaping_index`).
    """
    table = records(rows)
    tiers = [name for _, name in sorted({(row["tier_order"], row["popularity_tier"]) for row in table})]
    across = variant.pick(3, 1)
    left, right = int(widest(tiers)) + 16, 44
    y = scales.rows(tiers, variant.pick(28, 24) * len(tiers))
    x = scales.linear(
        [row["heaping_index"] for row in table] + [1],
        plot_width(variant, left, right, across),
        short,
        count=variant.pick(3, 4),
        has_zero=False,
    )
    planes, panels = [], []
    for minute in MARKED_MINUTES:
        points = [
            (row["heaping_index"], tiers.index(row["popularity_tier"]))
            for row in table
            if row["minute"] == minute and row["heaping_index"] is not None
        ]
        plane = Plane(
            variant,
            x,
            y,
            left,
            right,
            top=50,
            y_title=variant.say("popularity_heaping_index"),
            grid="x",
            has_x_line=False,
        )
        words = [heading(plane, minutes(60 * minute))]
        words += [_index_note(plane, value, rank, theme.ACCENT) for value, rank in points]
        planes.append(plane)
        panels.append(
            plane.panel(
                row_lines(plane),
                rule(plane, x=1),
                stems(plane, points, theme.ACCENT, start=1),
                dots(plane, points, theme.ACCENT, size=55),
                notes(words),
            )
        )
    return grid_of(planes, panels, across)


def by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Mean and median duration by release year, the published means beside them.

    Args:
        rows: one row per year (`release_year`, `mean_s`, `median_s`, `published_mean_s`); any may be missing.
    """
    table = records(rows)
    fields = {"computed": "mean_s", "published": "published_mean_s"}
    pair = roles(variant, lambda key: any(row[fields[key]] is not None for row in table))
    series = [(role, yearly(table, fields[role.key])[0]) for role in pair]
    medians, _ = yearly(table, "median_s")
    y = scales.linear(
        [y for _, points in [*series, (None, medians)] for _, y in points],
        variant.pick(280, 230),
        minutes,
        has_zero=False,
        steps=(1, 2, 5, 10, 20, 30),
        base=60,
    )
    left = gutter(y.labels)
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left))
    plane = Plane(variant, x, y, left, y_title=variant.say("duration_minutes_seconds_2"))
    layers = [line(plane, medians, theme.CONTEXT)]
    median, mean = ("median_synthetic", "mean_synthetic") if variant.is_synthetic else ("median", "mean")
    named = [(variant.say(median), theme.MUTED, known(medians))]
    for role, points in reversed(series):
        name = variant.say("mean_published" if role.key == "published" else mean)
        named.append((name, role.word_colour, known(points)))
        if role.is_main:
            layers.append(line(plane, points, role.colour, width=2.25, has_bridges=role.key == "published"))
        elif role.key == "published":
            layers.append(dots(plane, points, role.colour, size=26))
        else:
            # A step darker than the median, which has the context's colour already.
            layers.append(line(plane, points, theme.MUTED, width=1.5))
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[named[-1][0]])))


def by_minute(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of tracks by whole minute of duration, computed and published side by side.

    Args:
        rows: one row per minute (`duration_minute`, `computed_share`, `published_share`).
    """
    table = records(rows)
    names = [
        f"{row['duration_minute']}:00–{row['duration_minute']}:59"
        if row["duration_minute"].isdigit()
        else row["duration_minute"].replace("+", variant.say("00_more"))
        for row in table
    ]
    if variant.is_narrow:
        names = [row["duration_minute"] for row in table]
    return compared_rows(
        variant,
        names,
        {key: [row[f"{key}_share"] for row in table] for key in ("computed", "published")},
        variant.say("duration_share_tracks"),
    )


def thresholds(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of a year's tracks just over 30 seconds and just over 2 minutes long.

    Args:
        rows: one row per year and window (`release_year`, `length_window`, `window_share`).
    """
    table = records(rows)
    windows = sorted({row["length_window"] for row in table}, key=lambda name: (len(name), name))
    y = scales.linear([row["window_share"] for row in table], variant.pick(280, 230), percent_short)
    left = gutter(y.labels)
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left))
    plane = Plane(variant, x, y, left, y_title=variant.say("share_years_tracks"))
    layers, named = [], []
    for window, colour in zip(windows, (theme.CONTRAST, theme.ACCENT), strict=False):
        points, _ = yearly([row for row in table if row["length_window"] == window], "window_share")
        layers.append(line(plane, points, colour))
        named.append((window, colour, known(points)))
    return plane.chart(*layers, notes(name_beside(plane, named)))


def _index_note(plane: Plane, value: float, row: int, colour: str, is_bold: bool = False) -> Note:
    """An index beside its dot, away from the rule at 1; right of the rule where the left has no room."""
    text = decimal(value, 2)
    if value >= 1:
        return Note(text, plane.px(value) + 9, plane.py(row) + 4.5, colour, is_bold=is_bold)
    if plane.px(value) > widest([text], is_bold) + 10:
        return Note(text, plane.px(value) - 9, plane.py(row) + 4.5, colour, "right", is_bold)
    return Note(text, plane.px(1) + 7, plane.py(row) + 4.5, colour, is_bold=is_bold)


def change_by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Change of the published mean on the year before, in seconds (`release_year`, `published_change`)."""
    return changes(variant, records(rows), variant.say("change_on_year_before"), unit=" s")


def five_years(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Published means of five years (`first_year`, `last_year`, `published_mean_s`)."""
    table = records(rows)
    names = [f"{row['first_year']}–{str(row['last_year'])[2:]}" for row in table]
    title = variant.say("release_years_mean_duration")
    return valued_rows(variant, names, [row["published_mean_s"] for row in table], title, write=minutes, tick=minutes)
