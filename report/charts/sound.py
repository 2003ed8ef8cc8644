"""Charts of the finding `sound`: the audio features, how they go together, tempo, loudness and energy."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pyarrow as pa

from report.charts.forms.cells import Cell, Steps, cell_layers, ramp_key
from report.charts.forms.published import signed_rows
from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import heading, line, row_lines, rule, stairs, strokes
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.plane import Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import known, records
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import text_width, widest
from report.core.numbers import decimal, percent, percent_short, short

# Of the pairs of features in a part of the archive, so many are drawn; the table has all.
PAIRS = 14
FEATURE_UNITS = {"loudness": "dB", "tempo": "bpm"}


def correlations(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Correlation of each pair of features, as the lower triangle: the ramp is its size, the sign is printed.

    A feature's name stands on the diagonal: its row is to the left of it, its column below.

    Args:
        rows: one row per pair (`feature_a`, `feature_b`, `a_order`, `b_order`, `correlation` -1 to 1).
    """
    table = records(rows)
    names = [name for _, name in sorted({(row["a_order"], row["feature_a"]) for row in table})]
    ranks = {name: rank for rank, name in enumerate(names)}
    columns = max(len(names) - 1, 1)
    right = _name_room(variant, names, columns)
    x = scales.columns(names[:columns], variant.width - right)
    y = scales.rows(names, variant.pick(36, 32) * len(names))
    # The names stand on the diagonal, not at the left: the rows' scale has no labels.
    plane = Plane(
        variant,
        x,
        replace(y, ticks=(), labels=()),
        0,
        right,
        top=24,
        bottom=4,
        grid="",
        has_x_line=False,
        has_x_labels=False,
        y_title=variant.say("correlation_coefficient"),
    )
    steps = Steps(0, 1)
    cells = []
    for row in table:
        a, b, value = ranks[row["feature_a"]], ranks.get(row["feature_b"], -1), row["correlation"]
        if 0 <= b < a:
            cells.append(Cell(b, a, steps.of(None if value is None else abs(value)), _signed(value, variant)))
    words = [
        Note(name.capitalize(), plane.px(rank - 0.5) + 6, plane.py(rank) + 4.5, theme.INK, has_halo=False)
        for name, rank in ranks.items()
    ]
    return plane.chart(cell_layers(plane, cells), notes(words))


def distributions(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Distribution of each feature, a panel each, with its published mean; every panel has a scale of its own.

    Args:
        rows: one row per feature and bin (`feature`, `feature_order`, `value`, `bin_width`, `feature_share`,
            `published_mean`).
    """
    table = records(rows)
    features = [name for _, name in sorted({(row["feature_order"], row["feature"]) for row in table})]
    across = variant.pick(3, 2)
    left, right, height = 44, 12, variant.pick(110, 90)
    planes, panels = [], []
    for feature in features:
        own = [row for row in table if row["feature"] == feature]
        width = own[0]["bin_width"]
        bins = [(row["value"], row["feature_share"]) for row in own]
        y = scales.linear([share for _, share in bins], height, percent_short, count=2, headroom=6)
        x = _feature_scale([value for value, _ in bins], width, plot_width(variant, left, right, across))
        plane = Plane(variant, x, y, left, right, top=34, bottom=34)
        unit = FEATURE_UNITS.get(feature)
        words = [heading(plane, feature.capitalize() + (f", {unit}" if unit else ""))]
        mean = own[0].get("published_mean")
        layers = stairs(plane, bins, width, theme.ACCENT)
        if mean is not None:
            layers += rule(plane, x=mean)
            words.append(Note(short(mean), plane.px(mean) + 4, 4))
        planes.append(plane)
        panels.append(plane.panel(layers, notes(words)))
    return grid_of(planes, panels, across)


def tempo(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks per BPM, and at each tempo the share of tracks at twice that tempo.

    Args:
        rows: one row per whole BPM 1 to 250 (`tempo_bpm`, `track_share`, `double_share`).
    """
    table = records(rows)
    bins = [(row["tempo_bpm"] - 0.5, row["track_share"]) for row in table]
    doubles = [
        (row["tempo_bpm"] - 0.5, row["double_share"])
        for row in table
        if row["double_share"] is not None and row["tempo_bpm"] <= 125
    ]
    shares = [share for _, share in bins + doubles]
    y = scales.linear(shares, variant.pick(280, 230), percent_short, headroom=variant.pick(20, 36))
    left = gutter(y.labels)
    x = scales.fixed(0, 251, range(0, 251, variant.pick(20, 40)), plot_width(variant, left), short)
    plane = Plane(
        variant,
        x,
        y,
        left,
        x_title=variant.say("tempo_beats_minute"),
        bottom=46,
        y_title=variant.say("share_tracks_at_each"),
    )
    words = _tempo_names(plane, known(bins), known(doubles))
    return plane.chart(
        stairs(plane, bins, 1, theme.RAMP[3]), stairs(plane, doubles, 1, theme.CONTRAST, is_filled=False), notes(words)
    )


def _tempo_names(plane: Plane, bins: list[tuple[float, float]], doubles: list[tuple[float, float]]) -> list[Note]:
    """The two names in the free strip at the top, each over its tallest bin."""
    twice = plane.variant.say("twice_tempo")
    once = plane.variant.say("this_tempo")
    words: list[Note] = []
    for text, colour, points in ((twice, theme.CONTRAST, doubles), (once, theme.ACCENT, bins)):
        if not points:
            continue
        half = text_width(text, True) / 2
        middle = plane.px(max(points, key=lambda point: point[1])[0] + 0.5)
        least = words[-1].box[2] + 14 + half if words else half
        middle = max(min(middle, plane.x.pixels - half), least)
        words.append(Note(text, middle, 6, colour, "center", is_bold=text == once))
    return words


def loudness_energy(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks by loudness and energy, in cells of 2 dB by 0.05 and six steps of the ramp.

    Args:
        rows: one row per cell with tracks (`loudness_db`, `energy`, `track_share`, `step` 1 to 6).
    """
    table = records(rows)
    lows = [row["loudness_db"] for row in table]
    left = 44
    width = plot_width(variant, left)
    least = 10 * (min(lows) // 10)
    x = scales.fixed(least, max(max(lows) + 2, 0), range(int(least), 1, 10), width, short)
    y = scales.fixed(
        0,
        1.05 if max(row["energy"] for row in table) >= 1 else 1,
        (0, 0.25, 0.5, 0.75, 1),
        variant.pick(320, 300),
        short,
    )
    plane = Plane(
        variant, x, y, left, top=56, y_title=variant.say("energy"), x_title=variant.say("loudness_db"), bottom=46
    )
    cells = [Cell(row["loudness_db"] + 1, row["energy"] + 0.025, row["step"]) for row in table]
    key = ramp_key(plane, *_share_ends(variant, [row["track_share"] for row in table]))
    return plane.chart(cell_layers(plane, cells, size=(2, 0.05), gap=1), key)


def _share_ends(variant: Variant, shares: list[float | None]) -> tuple[str, str]:
    """The least and the greatest share of a cell, as words for the two ends of the ramp."""
    there = [share for share in shares if share] or [0.0]
    return percent(min(there), 3 if min(there) < 0.001 else 1), variant.say("of_tracks", share=percent(max(there), 2))


def _name_room(variant: Variant, names: list[str], columns: int) -> int:
    """Px right of the cells so that every name on the diagonal ends inside the chart."""
    for right in range(20, variant.width // 2, 4):
        cell = (variant.width - right) / columns
        if all(rank * cell + 8 + text_width(name.capitalize()) < variant.width for rank, name in enumerate(names)):
            return right
    return variant.width // 2


def _signed(value: float | None, variant: Variant) -> str:
    if value is None:
        return "–"
    text = decimal(value, 2)
    return text.replace("0.", ".", 1) if variant.is_narrow else text


def _feature_scale(values: list[float], width: float, pixels: float) -> scales.Scale:
    if min(values) >= 0 and max(values) <= 1:
        return scales.fixed(0, 1 + (width if max(values) >= 1 else 0), (0, 0.5, 1), pixels, short)
    low, high = min(values), max(values) + width
    nice = scales.linear([low, high], pixels, short, count=3, has_zero=False)
    ticks = [tick for tick in nice.ticks if low <= tick <= high]
    return scales.fixed(low, high, ticks, pixels, short)


def means(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Published mean of each feature, on its scale from 0 to 1 (`feature`, `published_mean`)."""
    table = records(rows)
    return valued_rows(
        variant,
        [row["feature"].capitalize() for row in table],
        [row["published_mean"] for row in table],
        variant.say("mean_0_1"),
        write=lambda value: decimal(value, 2),
        tick=lambda value: decimal(value, 1),
    )


def strongest_pairs(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """The pairs of features that go together most in a part of the archive, muted.

    Args:
        rows: one row per pair, the strongest first (`feature_a`, `feature_b`, `correlation`).
    """
    table = records(rows)[:PAIRS]
    names = [f"{row['feature_a']} – {row['feature_b']}" for row in table]
    return signed_rows(variant, names, [row["correlation"] for row in table], variant.say("correlation_coefficient"))


def tempo_part(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Histogram of tempi in a part of the archive, muted (`tempo_bpm`, the middle of a bin, and `track_share`)."""
    table = records(rows)
    y = scales.linear([row["track_share"] for row in table], variant.pick(260, 220), percent_short)
    left = gutter(y.labels)
    tempi = [row["tempo_bpm"] for row in table]
    width = (max(tempi) - min(tempi)) / max(len(tempi) - 1, 1) or 4
    ticks = range(60, 211, variant.pick(30, 50))
    x = scales.fixed(min([50, *tempi]) - width, max([210, *tempi]) + width, ticks, plot_width(variant, left), short)
    plane = Plane(
        variant, x, y, left, y_title=variant.say("share_tracks"), x_title=variant.say("tempo_beats_minute"), bottom=46
    )
    bins = [(row["tempo_bpm"] - width / 2, row["track_share"]) for row in table]
    return plane.chart(stairs(plane, bins, width, theme.CONTEXT))


def spread_part(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """From the lower to the upper quartile of each feature in a part of the archive, muted, its median marked.

    Args:
        rows: one row per feature (`feature`, `lower_value`, `median_value`, `upper_value`, 0 to 1).
    """
    table = records(rows)
    names = [row["feature"].capitalize() for row in table]
    left = int(widest(names)) + 14
    y = scales.rows(names, variant.pick(30, 28) * len(names))
    x = scales.fixed(0, 1, (0, 0.25, 0.5, 0.75, 1), plot_width(variant, left), lambda tick: decimal(tick, 2))
    plane = Plane(variant, x, y, left, y_title=variant.say("half_tracks_median"), grid="x", has_x_line=False)
    ends = [[(row[f"{end}_value"], rank) for rank, row in enumerate(table)] for end in ("lower", "upper", "median")]
    spans = [
        line(plane, [low, high], theme.CONTEXT, width=6)
        for low, high in zip(*ends[:2], strict=True)
        if None not in (low[0], high[0])
    ]
    return plane.chart(row_lines(plane), *spans, strokes(plane, ends[2], theme.INK, length=14))
