"""Charts of the finding `long_tail`: how unequal attention is."""

from __future__ import annotations

from itertools import pairwise

import altair as alt
import pyarrow as pa

from report.charts.forms.compare import compared_rows
from report.charts.forms.ranking import valued_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, line, rule
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, gutter, plot_width
from report.charts.toolkit.series import records
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count, text_width
from report.core.numbers import percent, percent_short, short

CUTOFF = 50
PUBLISHED = "popularity of tracks, published"
# The rows' words for what is shared out, and what a chart calls it.
MEASURES = {
    "followers of artists": "followers_of_artists",
    "popularity of tracks": "popularity_of_tracks",
    PUBLISHED: "popularity_published",
}


def popularity(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks at each popularity from 0 to 100, on a log axis; 50 and over set apart.

    What is published stands as rings beside what an archive counts; it is the picture where nothing is counted.

    Args:
        rows: one row per popularity (`popularity`, `track_count`, `published_count`); a count of zero is not drawn.
    """
    table = records(rows)
    counted = [(row["popularity"], row["track_count"]) for row in table if row["track_count"]]
    others = [(row["popularity"], row["published_count"]) for row in table if row["published_count"]]
    points, beside = (counted, [] if variant.is_synthetic else others) if counted else (others, [])
    y = scales.log([count for _, count in points + beside], variant.pick(300, 250), count(variant), pad=8)
    left = gutter(y.labels)
    x = _popularity_scale(variant, left)
    plane = Plane(
        variant, x, y, left, y_title=variant.say("tracks_log_scale"), x_title=variant.say("popularity"), bottom=46
    )
    below = [point for point in points if 0 < point[0] < CUTOFF]
    above = [point for point in points if point[0] >= CUTOFF]
    zero = [point for point in points if point[0] == 0]
    size = variant.pick(26, 14)
    words = [
        Note(
            variant.say("at_0", count=amount(tall, variant)),
            plane.px(0) + 9,
            plane.py(tall) + 4.5,
            theme.ACCENT,
            is_bold=True,
        )
        for _, tall in zero
    ]
    words.append(Note(variant.say("50_over"), plane.px(CUTOFF) + 8, 11, theme.CONTRAST))
    return plane.chart(
        rule(plane, x=CUTOFF - 0.5),
        dots(plane, beside, theme.CONTEXT, size=60, is_hollow=True),
        dots(plane, below, theme.CONTEXT, size=size),
        dots(plane, above, theme.CONTRAST, size=size),
        dots(plane, zero, theme.ACCENT, size=70),
        notes(words),
    )


def at_or_above(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of tracks at each popularity and above it, on a log axis; at some scores how many tracks one is of.

    Args:
        rows: one row per popularity (`popularity`, `published_share`).
    """
    points = [(row["popularity"], row["published_share"]) for row in records(rows) if row["published_share"]]
    y = scales.log(
        [share for _, share in points], variant.pick(300, 250), lambda share: _share_or_less(share, variant), pad=8
    )
    left = gutter(y.labels)
    plane = Plane(
        variant,
        _popularity_scale(variant, left),
        y,
        left,
        y_title=variant.say("share_tracks_at_this"),
        x_title=variant.say("popularity"),
        bottom=46,
    )
    shown = [(score, share) for score, share in points if score in (10, 30, CUTOFF, 70)]
    words = []
    for score, share in shown:
        text, at = variant.say("score_one_share", score=score, share=short(round(1 / share))), plane.px(score)
        is_right = at + 9 + text_width(text, score == CUTOFF) < plane.x.pixels
        place = (at + 9, plane.py(share) - 4, "left") if is_right else (at - 9, plane.py(share) + 14, "right")
        words.append(Note(text, *place[:2], theme.ACCENT, place[2], score == CUTOFF))
    marks = [line(plane, points, theme.ACCENT, width=2.25), dots(plane, shown, theme.ACCENT, size=56)]
    return plane.chart(*marks, notes(words))


def _share_or_less(share: float, variant: Variant) -> str:
    return percent_short(share) if share >= 0.01 else variant.say("one_in", count=count(variant)(round(1 / share)))


def artists_and_albums(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of artists and of albums at each popularity, on a log axis: dots for artists, squares for albums.

    Args:
        rows: one row per unit and popularity (`unit`, `popularity`, `item_share`).
    """
    table = [row for row in records(rows) if row["item_share"]]
    y = scales.log([row["item_share"] for row in table], variant.pick(300, 250), percent_short, pad=8)
    left = gutter(y.labels)
    plane = Plane(
        variant,
        _popularity_scale(variant, left),
        y,
        left,
        x_title=variant.say("popularity"),
        bottom=46,
        y_title=variant.say("share_artists_albums_log"),
    )
    layers, named = [], []
    for unit, colour, shape in (("albums", theme.CONTEXT, "square"), ("artists", theme.ACCENT, "circle")):
        points = [(row["popularity"], row["item_share"]) for row in table if row["unit"] == unit]
        layers.append(dots(plane, points, colour, size=variant.pick(24, 14), shape=shape))
        named.append((unit.capitalize(), theme.word_colour(colour), points))
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[variant.say("artists")])))


def lorenz(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Lorenz curves of tracks' popularity and artists' followers, the diagonal of equal shares beside them.

    Args:
        rows: points of each curve, ordered (`measure`, `population_share`, `total_share`, both 0 to 1).
    """
    table = records(rows)
    shares = (0, 0.25, 0.5, 0.75, 1)
    height = variant.pick(340, 290)
    left = 48
    x = scales.fixed(0, 1, shares, plot_width(variant, left, 24), percent_short)
    y = scales.fixed(0, 1, shares, height, percent_short)
    plane = Plane(
        variant,
        x,
        y,
        left,
        24,
        bottom=46,
        y_title=variant.say("share_total"),
        x_title=variant.say("share_tracks_artists_from"),
    )
    curves = {
        measure: [
            (row["population_share"], row["total_share"])
            for row in table
            if row["measure"] == measure and None not in (row["population_share"], row["total_share"])
        ]
        for measure in ("followers of artists", PUBLISHED, "popularity of tracks")
    }
    # What is published is drawn where nothing is counted, and beside an archive's count.
    if curves["popularity of tracks"] and variant.is_synthetic:
        curves[PUBLISHED] = []
    main = "popularity of tracks" if curves["popularity of tracks"] else PUBLISHED
    layers = [line(plane, [(0, 0), (1, 1)], theme.INK, width=1.25, dash=(1.5, 3))]
    words = [Note(variant.say("equal_shares"), plane.px(0.55) - 10, plane.py(0.55) - 4, theme.INK, "right")]
    looks = [("followers of artists", theme.CONTEXT, 0.3), (main, theme.ACCENT, 0.15)]
    if main != PUBLISHED:
        looks.insert(1, (PUBLISHED, theme.INK, 0.22))
    for measure, colour, _ in looks:
        layers.append(line(plane, curves[measure], colour, width=2.25 if colour == theme.ACCENT else 1.75))
    for measure, colour, at_height in looks:
        crossings = {name: _crossing(curve, at_height) for name, curve in curves.items() if curve}
        if measure in crossings:
            name, is_main = variant.say(MEASURES[measure]), colour == theme.ACCENT
            end = (crossings[measure], at_height)
            room = (text_width(name, is_main) + 10) / x.pixels
            # Left of both curves, with a line to its own; right of it where a curve leaves no room there.
            start = min(crossings.values()) - 24 / x.pixels
            at, align = (plane.px(start) - 5, "right") if start > room else (plane.px(end[0]) + 9, "left")
            layers += [line(plane, [(start, at_height), end], colour, width=1)] if start > room else []
            layers.append(dots(plane, [end], colour, size=30))
            words.append(Note(name, at, plane.py(at_height) + 4.5, theme.word_colour(colour), align, is_main))
    return plane.chart(*layers, notes(words))


def _crossing(curve: list[tuple[float, float]], height: float) -> float:
    """Where a rising curve first reaches a height; its last x if it never does."""
    for (x0, y0), (x1, y1) in pairwise(curve):
        if y1 >= height:
            return x0 + (x1 - x0) * (height - y0) / (y1 - y0) if y0 < height else x0
    return curve[-1][0]


def bands(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks in each popularity band on a log axis, computed and published side by side.

    Args:
        rows: one row per band (`popularity_band`, `computed_count`, `published_count`).
    """
    table = records(rows)
    return compared_rows(
        variant,
        [row["popularity_band"] for row in table],
        {key: [row[f"{key}_count"] for row in table] for key in ("computed", "published")},
        variant.say("popularity_tracks_log_scale"),
        is_log_count=True,
    )


def luminate(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of tracks on all services with at most 1,000 streams in a year, as another service of data reports it.

    Args:
        rows: one row per year (`report_year`, `track_count`, `low_stream_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [str(row["report_year"]) for row in table],
        [row["low_stream_share"] for row in table],
        variant.say("year_share_tracks_at"),
        write=lambda share: percent(share, 0),
        beside=(
            variant.say("tracks_on_audio_services"),
            [count(variant)(row["track_count"] or 0) for row in table],
        ),
    )


def _popularity_scale(variant: Variant, left: float) -> scales.Scale:
    return scales.fixed(-1.5, 101.5, range(0, 101, variant.pick(10, 20)), plot_width(variant, left), short)
