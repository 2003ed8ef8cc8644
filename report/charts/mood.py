"""Charts of the finding `mood`: key, mode, danceability and valence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from report.charts.forms.cells import Cell, Steps, cell_layers, quantised
from report.charts.forms.compare import compared_rows
from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import heading, line, stairs
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import Role, known, records, roles, yearly
from report.charts.toolkit.theme import TOTAL_PX, Variant
from report.core.numbers import decimal, percent, percent_short, short

BIN = 0.02
MODES = ("major", "minor")


def key_mode(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Heat map of tracks by key and mode, computed and published; keys run across when wide, else down.

    Args:
        rows: one row per key and mode (`key`, `key_order`, `mode`, `computed_share`, `published_share`).
    """
    table = records(rows)
    pair = roles(variant, lambda key: any(row[f"{key}_share"] is not None for row in table))
    steps = quantised([row[f"{role.key}_share"] for role in pair for row in table])
    keys = [name for _, name in sorted({(row["key_order"], row["key"]) for row in table})]
    drawn = [_key_map(variant, table, role, keys, steps, len(pair)) for role in pair]
    return grid_of([plane for plane, _ in drawn], [panel for _, panel in drawn], variant.pick(1, len(pair)))


def danceability_by_mode(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Distribution of danceability in major and in minor, as shares of the mode's tracks.

    Args:
        rows: one row per mode and bin of 0.02 (`mode`, `danceability`, `mode_share`).
    """
    table = records(rows)
    y = scales.linear([row["mode_share"] for row in table], variant.pick(280, 230), percent_short, count=4)
    left = gutter(y.labels)
    plane = Plane(
        variant,
        _unit_scale(variant, left),
        y,
        left,
        x_title=variant.say("danceability"),
        bottom=46,
        y_title=variant.say("share_tracks_each_mode"),
    )
    layers, named = [], []
    for mode, colour in (("minor", theme.CONTRAST), ("major", theme.ACCENT)):
        bins = [(row["danceability"], row["mode_share"]) for row in table if row["mode"] == mode]
        layers.append(stairs(plane, bins, BIN, colour, is_filled=False))
        named.append((mode.capitalize(), colour, _middles(bins)))
    return plane.chart(*layers, notes(name_beside(plane, named)))


def popular_and_rest(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Distributions of danceability and valence, a panel each, of popular tracks and of the rest.

    Args:
        rows: one row per feature, group and bin (`feature`, `popularity_group`, `value`, `group_share`).
    """
    table = records(rows)
    across = variant.pick(2, 1)
    y = scales.linear([row["group_share"] for row in table], variant.pick(240, 170), percent_short, count=4)
    left = gutter(y.labels)
    planes, panels = [], []
    for feature in ("danceability", "valence"):
        plane = Plane(
            variant, _unit_scale(variant, left, across), y, left, top=54, y_title=variant.say("share_groups_tracks")
        )
        layers, named = [], []
        for group, colour in (("below 50", theme.CONTEXT), ("50 or more", theme.ACCENT)):
            bins = [
                (row["value"], row["group_share"])
                for row in table
                if row["feature"] == feature and row["popularity_group"] == group
            ]
            layers.append(stairs(plane, bins, BIN, colour, is_filled=False))
            name = variant.say("popularity_below_50" if group == "below 50" else "popularity_50_more")
            named.append((name, theme.word_colour(colour), _middles(bins)))
        words = [
            heading(plane, feature.capitalize()),
            *name_beside(plane, named, bold=[variant.say("popularity_50_more")]),
        ]
        planes.append(plane)
        panels.append(plane.panel(*layers, notes(words)))
    return grid_of(planes, panels, across)


def by_year(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Share of tracks in major and mean valence by release year, a panel each.

    Args:
        rows: one row per year (`release_year`, `major_share`, `mean_valence`).
    """
    table = records(rows)
    across = variant.pick(2, 1)
    years = [row["release_year"] for row in table]
    left, height = 46, variant.pick(220, 150)
    x = scales.years(years, plot_width(variant, left, columns=across))
    planes, panels = [], []
    for field, title, note, label in (
        ("major_share", variant.say("major"), variant.say("share_tracks_major_key"), percent_short),
        ("mean_valence", variant.say("valence"), variant.say("mean_on_scale_from"), short),
    ):
        points, _ = yearly(table, field)
        y = scales.linear([value for _, value in points], height, label, count=4, has_zero=False)
        plane = Plane(variant, x, y, left, top=54, y_title="\n" + note)
        planes.append(plane)
        panels.append(plane.panel(line(plane, points, theme.ACCENT), notes([heading(plane, title)])))
    return grid_of(planes, panels, across)


def danceable_major_by_tier(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of danceable tracks in major by popularity tier, beside what independence of the two would give.

    Args:
        rows: one row per tier (`popularity_tier`, `danceable_major_share`, `expected_share`).
    """
    table = records(rows)
    pair = [
        Role("observed", variant.say("observed"), theme.ACCENT, is_main=True),
        Role("expected", variant.say("if_independent"), theme.INK, is_main=False),
    ]
    values = {
        "observed": [row["danceable_major_share"] for row in table],
        "expected": [row["expected_share"] for row in table],
    }
    names = [row["popularity_tier"] for row in table]
    title = variant.say("popularity_share_tracks_danceable")
    return compared_rows(variant, names, values, title, pair=pair)


def _key_map(
    variant: Variant, table: Sequence[Mapping[str, Any]], role: Role, keys: Sequence[str], steps: Steps, maps: int
) -> tuple[Plane, alt.LayerChart]:
    """One heat map with its totals, on its own plane."""
    shares = {(row["key"], row["mode"]): row[f"{role.key}_share"] for row in table}
    modes = [mode.capitalize() for mode in MODES]
    top, left = variant.pick(58, 60), variant.pick(58, 34)
    right = variant.pick(50, 8)
    if variant.is_narrow:
        if maps > 1:
            right = 12
        x = scales.columns(modes, plot_width(variant, left, right, maps))
        y = scales.rows(list(keys), 30 * len(keys))
    else:
        x = scales.columns(list(keys), plot_width(variant, left, right))
        y = scales.rows(modes, 44 * len(modes))
    plane = Plane(
        variant,
        x,
        y,
        left,
        right,
        top=top,
        bottom=variant.pick(10, 34),
        grid="",
        has_x_line=False,
        has_x_labels=False,
        y_title=variant.say("share_tracks_key_per"),
    )
    cells, words = [], [Note(role.name, -left, 13 - top, role.word_colour, is_bold=True, has_halo=False)]
    for k, key in enumerate(keys):
        for m, mode in enumerate(MODES):
            share = shares.get((key, mode))
            at = (m, k) if variant.is_narrow else (k, m)
            cells.append(Cell(*at, steps.of(share), "–" if share is None else percent(share).rstrip("%")))
    words += [
        Note(name, plane.px(column), -8, theme.MUTED, "center", has_halo=False) for column, name in enumerate(x.labels)
    ]
    for m, mode in enumerate(MODES):
        there = [share for key in keys if (share := shares.get((key, mode))) is not None]
        total = percent(sum(there)) if there else ""
        if variant.is_narrow:
            words.append(Note(total, plane.px(m), y.pixels + 20, theme.INK, "center", True, TOTAL_PX, has_halo=False))
        else:
            words.append(
                Note(
                    total,
                    variant.width - left - 1,
                    plane.py(m) + 4.5,
                    theme.INK,
                    "right",
                    True,
                    TOTAL_PX,
                    has_halo=False,
                )
            )
    if variant.is_narrow:
        words.append(Note(variant.say("all"), -left, y.pixels + 20, theme.MUTED, has_halo=False))
    else:
        words.append(Note(variant.say("all"), variant.width - left - 1, -8, theme.MUTED, "right", has_halo=False))
    return plane, plane.panel(cell_layers(plane, cells), notes(words))


def _unit_scale(variant: Variant, left: float, across: int = 1) -> scales.Scale:
    return scales.fixed(0, 1, (0, 0.25, 0.5, 0.75, 1), plot_width(variant, left, columns=across), short)


def _middles(bins: Sequence[tuple[float, float | None]]) -> list[tuple[float, float]]:
    return [(value + BIN / 2, share) for value, share in known(bins)]


def major_by_key(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of the tracks of each key that are in the major mode; half is marked.

    Args:
        rows: one row per key (`key`, `published_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["key"].replace("#", "♯") for row in table],
        [row["published_share"] for row in table],
        variant.say("key_share_tracks_major"),
        is_dots=True,
        reference=(0.5, variant.say("as_many_minor")),
    )


def two_groups(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Mean features of two groups of tracks, a bar for one and a stroke for the other.

    Args:
        rows: one row per feature (`feature`, `published_brazilian_mean`, `published_rest_mean`).
    """
    table = records(rows)
    name = variant.say("brazilian_genres")
    pair = [
        Role("brazilian", name, theme.ACCENT, is_main=True),
        Role("rest", variant.say("rest"), theme.INK, is_main=False),
    ]
    values = {role.key: [row[f"published_{role.key}_mean"] for row in table] for role in pair}
    write = {role.key: lambda value: decimal(value, 2) for role in pair}
    names = [row["feature"].capitalize() for row in table]
    return compared_rows(
        variant, names, values, variant.say("mean_0_1"), pair=pair, writes=write, tick=lambda v: decimal(v, 1)
    )
