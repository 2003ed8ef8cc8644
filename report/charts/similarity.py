"""Charts of the finding `similarity`: how far apart the tracks of a year are in sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import heading, line, rule
from report.charts.toolkit.notes import name_beside, notes
from report.charts.toolkit.plane import Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import Points, known, longest_run, records, yearly
from report.charts.toolkit.theme import Variant
from report.core.numbers import short

# Eight features in units of their standard deviation over all years: the root of twice eight variances of 1.
ALL_YEARS = 4
POPULAR = "popularity 30 or more"


def dispersion(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Dispersion by release year, of all tracks and of those with popularity 30 or more.

    Args:
        rows: one row per year and population (`release_year`, `population`, `dispersion`).
    """
    table = records(rows)
    looks = (
        (POPULAR, variant.say("popularity_30_more"), theme.CONTRAST, 1.75),
        ("all", variant.say("tracks"), theme.ACCENT, 2.25),
    )
    plane = _dispersion_plane(variant, table)
    layers, named = [], []
    for population, name, colour, width in looks:
        points, _ = yearly([row for row in table if row["population"] == population], "dispersion")
        layers.append(line(plane, points, colour, width=width))
        named.append((name, colour, known(points)))
    return _beside_all_years(plane, layers, named, variant.say("tracks"))


def features(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Standard deviation of each feature within a year over that of all years, a panel each, on one scale.

    Args:
        rows: one row per population, year and feature (`population`, `release_year`, `feature`, `feature_order`,
            `relative_sd`).
    """
    table = records(rows)
    order = [name for _, name in sorted({(row["feature_order"], row["feature"]) for row in table})]
    across = variant.pick(4, 2)
    y = scales.linear(
        [row["relative_sd"] for row in table] + [1], variant.pick(150, 130), short, count=5, has_zero=False
    )
    left, right = 42, 12
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left, right, across), spacing=36)
    looks = (
        (POPULAR, variant.say("popularity_30_more_2"), theme.CONTEXT, 1.5),
        ("all", variant.say("all"), theme.ACCENT, 1.75),
    )
    planes, panels = [], []
    for feature in order:
        title = variant.say("standard_deviation_years_is") if not planes else ""
        plane = Plane(variant, x, y, left, right, top=60, y_title=title)
        layers, named = [rule(plane, y=1)], []
        for population, name, colour, width in looks:
            own = [row for row in table if row["feature"] == feature and row["population"] == population]
            points, _ = yearly(own, "relative_sd")
            layers.append(line(plane, points, colour, width=width))
            named.append((name, theme.word_colour(colour), known(points)))
        # One line needs no name, and names in every panel would cover the lines.
        is_named = not planes and all(points for _, _, points in named)
        words = [heading(plane, feature.capitalize())]
        if is_named:
            at_one = (0, plane.py(1) - 2, x.pixels, plane.py(1) + 2)
            words += name_beside(plane, named, bold=[variant.say("all")], taken=[at_one])
        planes.append(plane)
        panels.append(plane.panel(*layers, notes(words)))
    return grid_of(planes, panels, across)


def loudness(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Mean and standard deviation of loudness by release year, one panel above the other.

    Args:
        rows: one row per year (`release_year`, `mean_db`, `sd_db`).
    """
    table = records(rows)
    left = 46
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left))
    planes, panels = [], []
    for field, title in (("mean_db", variant.say("mean")), ("sd_db", variant.say("standard_deviation"))):
        points, _ = yearly(table, field)
        y = scales.linear([value for _, value in points], variant.pick(150, 120), short, count=4, has_zero=False)
        plane = Plane(variant, x, y, left, top=54, y_title=variant.say("loudness_db"))
        planes.append(plane)
        panels.append(plane.panel(line(plane, points, theme.ACCENT, width=2.25), notes([heading(plane, title)])))
    return grid_of(planes, panels, 1)


def composition(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Dispersion by release year, as released and with every year's durations in the same mix.

    Args:
        rows: one row per year and measure (`release_year`, `measure`, `dispersion`).
    """
    table = records(rows)
    plane = _dispersion_plane(variant, table)
    series = {
        measure: yearly([row for row in table if row["measure"] == measure], "dispersion")[0]
        for measure in ("as released", "same mix of durations")
    }
    # Where both agree, one line would hide the other: the first is broad, and lies under the second.
    layers = [
        line(plane, series["as released"], theme.CONTEXT, width=4.5),
        line(plane, series["same mix of durations"], theme.ACCENT, width=2),
    ]
    named = [
        (variant.say("as_released"), theme.MUTED, longest_run(series["as released"])),
        (variant.say("same_mix_durations"), theme.ACCENT, longest_run(series["same mix of durations"])),
    ]
    return _beside_all_years(plane, layers, named, variant.say("same_mix_durations"))


def _dispersion_plane(variant: Variant, table: Sequence[Mapping[str, Any]]) -> Plane:
    values = [row["dispersion"] for row in table]
    y = scales.linear([*values, ALL_YEARS], variant.pick(280, 230), short, has_zero=False)
    left = gutter(y.labels)
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left))
    title = variant.say("distance_two_random_tracks")
    return Plane(variant, x, y, left, y_title=title)


def _beside_all_years(
    plane: Plane, layers: Sequence[Any], named: Sequence[tuple[str, str, Points]], bold: str
) -> alt.LayerChart:
    """The lines with their names, and the rule at the distance of two tracks of any years."""
    span = [(plane.x.low + (plane.x.high - plane.x.low) * part / 20, ALL_YEARS) for part in range(21)]
    words = name_beside(
        plane, [*named, (plane.variant.say("all_years_together", distance=ALL_YEARS), theme.INK, span)], bold=[bold]
    )
    return plane.chart(rule(plane, y=ALL_YEARS), *layers, notes(words))
