"""Charts of the finding `popularity`: age of what is popular, tracks of one recording, days of fetching."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import altair as alt
import pyarrow as pa

from report.charts.forms.published import signed_rows
from report.charts.forms.stacked import stacked_rows
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import bars, line, stairs
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, gutter, plot_width
from report.charts.toolkit.series import known, longest_run, records, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import count
from report.core.numbers import MONTHS, percent, percent_short, short

MARKED_POINTS = (10, 20)
LEAST_BAR_PX = 4
LONGEST_DAYS = 2000


def by_age(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of the tracks of each age with popularity 30 or more, and 50 or more, on a log axis.

    Args:
        rows: one row per age (`age_years`, `ge_30_share`, `ge_50_share`).
    """
    table = [row | {"release_year": row["age_years"]} for row in records(rows)]
    looks = (
        ("ge_30_share", variant.say("30_more"), theme.CONTEXT),
        ("ge_50_share", variant.say("50_more"), theme.ACCENT),
    )
    shares = [row[field] for field, _, _ in looks for row in table if row[field]]
    y = scales.log(shares, variant.pick(300, 250), percent_short, pad=8, multiples=(1, 2, 5))
    if max(shares, default=2) <= 1 < y.high:
        y = replace(y, high=1)
    left = gutter(y.labels)
    x = scales.years([row["age_years"] for row in table], plot_width(variant, left))
    plane = Plane(
        variant,
        x,
        y,
        left,
        y_title=variant.say("share_tracks_each_age"),
        x_title=variant.say("age_release_years"),
        bottom=46,
    )
    layers, named, taken = [], [], []
    for field, name, colour in looks:
        # A log axis has no place for zero: such an age is a gap.
        points = [(age, share or None) for age, share in yearly(table, field)[0]]
        run = longest_run(points)
        layers.append(line(plane, points, colour, width=2.25 if colour == theme.ACCENT else 1.75))
        named.append((variant.say("popularity_name", name=name), theme.word_colour(colour), run))
        apart = [(plane.px(age), plane.py(share)) for age, share in known(points) if (age, share) not in run]
        taken += [(at - 5, over - 5, at + 5, over + 5) for at, over in apart]
    return plane.chart(*layers, notes(name_beside(plane, named, bold=[named[-1][0]], taken=taken)))


def tier_ages(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks of each popularity tier by age, as parts of the whole tier.

    Args:
        rows: one row per tier and band (`popularity_tier`, `tier_order`, `age_band`, `band_order`, `tier_share`).
    """
    table = records(rows)
    tiers = [name for _, name in sorted({(row["tier_order"], row["popularity_tier"]) for row in table})]
    bands = [name for _, name in sorted({(row["band_order"], row["age_band"]) for row in table})]
    shares = {(row["popularity_tier"], row["age_band"]): row["tier_share"] for row in table}
    title = variant.say("popularity_share_tiers_tracks")
    return stacked_rows(variant, tiers, bands, shares, title)


def spread(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Recordings by how far apart the popularities of their tracks are; 10 and 20 points marked.

    Args:
        rows: one row per difference that occurs (`popularity_spread`, `recording_share`).
    """
    bins = [
        (row["popularity_spread"], row["recording_share"] or 0)
        for row in records(rows)
        if row["popularity_spread"] is not None
    ]
    y = scales.linear([share for _, share in bins], variant.pick(280, 230), percent_short)
    left = gutter(y.labels)
    last = max([30, *(points for points, _ in bins)])
    ticks = range(0, last + 1, 20 if variant.is_narrow and last >= 60 else 10)
    x = scales.fixed(-0.5, last + 0.5, ticks, plot_width(variant, left), short)
    plane = Plane(
        variant,
        x,
        y,
        left,
        y_title=variant.say("share_recordings_two_more"),
        x_title=variant.say("highest_minus_lowest_popularity"),
        bottom=46,
    )
    words, marked = [], []
    tallest = max(bins, key=lambda bin_: bin_[1], default=(1, 0))
    at_top = max(plane.py(tallest[1]) + 14, 14)
    if tallest[0] == 0:
        words.append(
            Note(variant.say("tallest_same", tallest=percent(tallest[1])), plane.px(0.5) + 7, at_top, theme.MUTED)
        )
    for rank, points in enumerate(MARKED_POINTS):
        total = sum(share for distance, share in bins if distance >= points)
        # A rule ends below the words before it, which run over its place.
        top = min(at_top + 22, y.pixels * 0.5) + 34 * rank
        foot, head = plane.px(points - 0.5), y.high * (1 - top / y.pixels)
        marked.append(line(plane, [(points - 0.5, 0), (points - 0.5, head)], theme.INK, width=1.25, dash=(1.5, 3)))
        words.append(
            Note(
                variant.say("total_at_points_more", total=percent(total), points=points),
                foot + 6,
                top + 9,
                theme.ACCENT,
                is_bold=True,
            )
        )
    near = [(points - 0.5, share) for points, share in bins if points < MARKED_POINTS[0]]
    far = [(points - 0.5, share) for points, share in bins if points >= MARKED_POINTS[0]]
    return plane.chart(
        stairs(plane, near, 1, theme.CONTEXT), stairs(plane, far, 1, theme.ACCENT), *marked, notes(words)
    )


def fetch_days(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks by the day they were fetched, as columns; the day with the most is named.

    Args:
        rows: one row per day (`fetched_day` as YYYY-MM-DD, `track_count`, `track_share`); other words are left out.
    """
    days = [(day, row) for row in records(rows) if (day := _day(row["fetched_day"]))]
    first, last = min((day for day, _ in days), default=0), max((day for day, _ in days), default=0)
    y = scales.linear([row["track_count"] for _, row in days], variant.pick(260, 220), count(variant))
    left = gutter(y.labels)
    x = _calendar(first, last, plot_width(variant, left), variant)
    plane = Plane(variant, x, y, left, bottom=46, y_title=variant.say("tracks_fetched_day"))
    points = [(day, row["track_count"]) for day, row in days]
    wide = x.pixels / (x.high - x.low)
    if wide >= LEAST_BAR_PX or last - first > LONGEST_DAYS:
        layers = bars(plane, points, theme.ACCENT, thickness=min(max(wide * 0.74, 1), 40))
    else:
        layers = stairs(plane, [(day - 0.5, tracks) for day, tracks in points], 1, theme.ACCENT)
    words = []
    there = [(day, row) for day, row in days if row["track_count"]]
    if there:
        day, row = max(there, key=lambda item: item[1]["track_count"])
        when = date.fromordinal(day)
        is_only = row["track_share"] is not None and row["track_share"] >= 1
        part = variant.say("all") if is_only else percent(row["track_share"])
        text = variant.say("on_day", part=part, day=when.day, month=MONTHS[when.month - 1])
        baseline, away = max(plane.py(row["track_count"]) + 10, 10), min(wide * 0.74, 40) / 2 + 7
        before = Note(text, plane.px(day) - away, baseline, theme.ACCENT, "right", is_bold=True)
        after = Note(text, plane.px(day) + away, baseline, theme.ACCENT, is_bold=True)
        words.append(before if before.box[0] > 0 else after)
    return plane.chart(layers, notes(words))


def _day(text: Any) -> int | None:
    """A day's number in the calendar; None where the text is no day."""
    try:
        return date.fromisoformat(str(text)[:10]).toordinal()
    except ValueError:
        return None


def _calendar(first: int, last: int, pixels: float, variant: Variant) -> scales.Scale:
    """Scale of days, ticks at the beginnings of months (or of weeks, or years), the year under the first of each."""
    spacing = variant.pick(72, 54)
    wanted = max(int(pixels // spacing), 1)
    start, end = date.fromordinal(max(first, 1)), date.fromordinal(max(last, 1))
    months = (end.year - start.year) * 12 + end.month - start.month
    ticks: list[int] = []
    if not last:
        return scales.Scale(0, 1, pixels)
    if last - first > 45:
        every = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / size <= wanted), 1200)
        span = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
        firsts = [date(month // 12, month % 12 + 1, 1) for month in span if month % every == 0]
        ticks = [day.toordinal() for day in firsts if first <= day.toordinal() <= last]
    if not ticks:
        every = next((size for size in (1, 2, 7, 14, 28) if (last - first) / size <= wanted), last - first)
        ticks = list(range(first, last + 1, max(every, 1)))
    labels, year = [], None
    for tick in ticks:
        day = date.fromordinal(max(tick, 1))
        name = MONTHS[day.month - 1]
        text = variant.pick(name, name[:3]) if last - first > 45 and day.day == 1 else f"{day.day} {name[:3]}"
        labels.append(text if day.year == year else f"{text}\n{day.year}")
        year = day.year
    pad = 0.5 if last > first else 3
    return scales.Scale(first - pad, last + pad, pixels, tuple(ticks), tuple(labels))


def with_features(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Correlation of popularity with each feature in a part of the archive, muted.

    Args:
        rows: one row per feature (`feature`, `correlation` -1 to 1).
    """
    table = records(rows)
    names = [row["feature"].capitalize() for row in table]
    title = variant.say("correlation_coefficient_popularity")
    return signed_rows(variant, names, [row["correlation"] for row in table], title)
