"""Charts of the finding `explicit`: how many tracks bear the flag."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from report.charts.forms.cells import Cell, Steps, cell_layers
from report.charts.forms.published import changes
from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, line
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, gutter, plot_width
from report.charts.toolkit.series import known, longest_run, records, roles, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import widest
from report.core.numbers import percent, percent_short


def by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Explicit share by release year, the published shares beside it.

    Args:
        rows: one row per year (`release_year`, `computed_share`, `published_share`); either may be missing.
    """
    table = records(rows)
    pair = roles(variant, lambda key: any(row[f"{key}_share"] is not None for row in table))
    y = scales.linear(
        [row[f"{role.key}_share"] for role in pair for row in table], variant.pick(280, 230), percent_short
    )
    left = gutter(y.labels)
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left))
    plane = Plane(variant, x, y, left, y_title=variant.say("explicit_share_years_tracks"))
    layers, named = [], []
    for role in reversed(pair):
        points, _ = yearly(table, f"{role.key}_share")
        if role.is_main:
            layers.append(line(plane, points, role.colour, width=2.25, has_bridges=role.key == "published"))
        elif role.key == "published":
            layers.append(dots(plane, points, role.colour, size=variant.pick(26, 18)))
        else:
            layers.append(line(plane, points, role.colour, width=1.75))
        named.append((role.name, role.word_colour, longest_run(points) if role.is_main else known(points)))
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[pair[0].name])))


def by_tier(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Explicit share by popularity tier, the published share of all tracks marked.

    Args:
        rows: one row per tier (`popularity_tier`, `explicit_share`, `published_all_share`: the same on each).
    """
    table = records(rows)
    title = variant.say("popularity_explicit_share_tiers")
    overall = table[0].get("published_all_share")
    name = variant.say("tracks_published")
    return valued_rows(
        variant,
        [row["popularity_tier"] for row in table],
        [row["explicit_share"] for row in table],
        title,
        reference=None if overall is None else (overall, name + percent(overall)),
    )


def by_decade_and_tier(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Heat map of the explicit share by release decade and popularity tier; decades across when wide, else down.

    A decade and tier without a row is left empty.

    Args:
        rows: one row per decade and tier (`release_decade`, `popularity_tier`, `tier_order`, `explicit_share`).
    """
    table = records(rows)
    steps = Steps(0, max(scales.finite(row["explicit_share"] for row in table), default=0) or 1)
    tiers = [name for _, name in sorted({(row["tier_order"], row["popularity_tier"]) for row in table})]
    starts = [row["release_decade"] for row in table]
    decades = list(range(min(starts), max(starts) + 1, 10))
    spans = [f"{decade}s" for decade in decades]
    across, down = variant.pick((spans, tiers), (tiers, spans))
    left, right = max(40, int(widest(down)) + 14), 8
    x = scales.columns(across, plot_width(variant, left, right))
    y = scales.rows(down, variant.pick(38, 34) * len(down))
    plane = Plane(
        variant,
        x,
        y,
        left,
        right,
        top=60,
        bottom=8,
        grid="",
        has_x_line=False,
        has_x_labels=False,
        y_title=variant.say("explicit_tracks_per_cent"),
    )
    cells = []
    for row in table:
        share, decade = row["explicit_share"], decades.index(row["release_decade"])
        tier = tiers.index(row["popularity_tier"])
        text = "–" if share is None else percent(share).rstrip("%")
        cells.append(Cell(*variant.pick((decade, tier), (tier, decade)), steps.of(share), text))
    heads = [
        Note(name, plane.px(column), -8, theme.MUTED, "center", has_halo=False) for column, name in enumerate(across)
    ]
    return plane.chart(cell_layers(plane, cells), notes(heads))


def change_by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Change of the published share on the year before, in percentage points (`release_year`, `published_change`)."""
    title = variant.say("change_on_year_before")
    return changes(variant, records(rows), title, digits=1)
