"""Charts of the finding `heritage`: what of the past is kept, and how well it is dated."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from report.charts.forms.cells import share_map
from report.charts.forms.compare import compared_rows
from report.charts.forms.ranking import valued_rows
from report.charts.forms.trends import decades, trends, yearly_plane
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dashes, dots, rule, swatch
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.series import Role, known, records, roles
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count, text_width
from report.core.numbers import percent, percent_short, short

ROUND = 10


def by_decade(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each release decade among all tracks, and among those of popularity 30 or more.

    Args:
        rows: one row per decade and group (`release_decade`, `track_group`, `decade_share`).
    """
    table = records(rows)
    shares = {(row["release_decade"], row["track_group"]): row["decade_share"] for row in table}
    # A group that is there at all has no tracks in a decade without a row.
    absent = {row["track_group"]: 0.0 for row in table}
    pair = [
        Role("all tracks", variant.say("tracks_2"), theme.ACCENT, is_main=True),
        Role("popularity 30 or more", variant.say("popularity_30_more_2"), theme.CONTRAST, is_main=False),
    ]
    return compared_rows(
        variant,
        [f"{decade}s" for decade in decades(table)],
        {
            role.key: [shares.get((decade, role.key), absent.get(role.key)) for decade in decades(table)]
            for role in pair
        },
        variant.say("release_decade_share_groups"),
        pair=pair,
    )


def availability(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each decade's tracks that no market can hear.

    Args:
        rows: one row per decade (`release_decade`, `unavailable_share`, `track_count`).
    """
    table = records(rows)
    own = {row["release_decade"]: row for row in table}
    drawn = [own.get(decade, {}) for decade in decades(table)]
    return valued_rows(
        variant,
        [f"{decade}s" for decade in decades(table)],
        [row.get("unavailable_share") for row in drawn],
        variant.say("release_decade_share_tracks"),
        beside=(variant.say("tracks_3"), [amount(row.get("track_count"), variant) for row in drawn]),
    )


def reissue_gap(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Years from the ISRC's year to the release year, as a heat map of shares: decades down, bands across.

    Args:
        rows: one row per decade and band (`release_decade`, `gap_band`, `band_order`, `gap_share`).
    """
    table = records(rows)
    bands = [name for _, name in sorted({(row["band_order"], row["gap_band"]) for row in table})]
    return share_map(
        variant,
        [f"{decade}s" for decade in decades(table)],
        bands,
        {(f"{row['release_decade']}s", row["gap_band"]): row["gap_share"] for row in table},
        variant.say("release_decade_years_from"),
    )


def date_precision(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each decade's albums dated to the day, the month or the year.

    Args:
        rows: one row per decade and precision (`release_decade`, `date_precision`, `precision_share`).
    """
    table = records(rows)
    looks = (("month", variant.say("month"), theme.CONTEXT), ("year", variant.say("year_only"), theme.CONTRAST))
    shares = {(row["release_decade"], row["date_precision"]): row["precision_share"] for row in table}
    series = [
        (name, colour, [(decade, shares.get((decade, precision))) for decade in decades(table)])
        for precision, name, colour in (*looks, ("day", variant.say("day"), theme.ACCENT))
    ]
    y = scales.fixed(0, 1, (0, 0.25, 0.5, 0.75, 1), variant.pick(280, 230), percent_short)
    title = variant.say("share_decades_albums_precision")
    return trends(variant, series, y, title, bold=[variant.say("day")], has_dots=True, right=variant.pick(24, 20))


def round_years(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Albums of each year over the mean of its neighbours; years ending in 0 stand out, the rule at 1 is no bump.

    Args:
        rows: one row per year (`release_year`, `computed_bump`, `published_bump`).
    """
    table = records(rows)
    pair = roles(variant, lambda key: any(row[f"{key}_bump"] is not None for row in table))
    values = [row[role.column("bump")] for role in pair for row in table]
    y = scales.linear([*values, 1], variant.pick(280, 240), short, has_zero=False)
    title = variant.say("albums_year_mean_two")
    plane = yearly_plane(variant, y, [row["release_year"] for row in table], title + "\n")
    layers, words, at = [rule(plane, y=1)], [], 4.0
    for role in reversed(pair):
        points = known([(row["release_year"], row[role.column("bump")]) for row in table])
        if not role.is_main:
            layers.append(dashes(plane, points, role.colour, length=variant.pick(8, 4)))
            continue
        is_round = {year: year % ROUND == 0 for year, _ in points}
        others = [point for point in points if not is_round[point[0]]]
        ends = [point for point in points if is_round[point[0]]]
        layers += [
            dots(plane, others, theme.ACCENT, size=variant.pick(26, 16), is_hollow=True),
            dots(plane, ends, theme.ACCENT, size=variant.pick(56, 40)),
        ]
        words += [
            Note(str(year), plane.px(year), plane.py(value) + (-9 if value > 1 else 19), theme.ACCENT, "center", True)
            for year, value in ends
        ]
    for role in pair:
        layers.append(swatch("circle" if role.is_main else "flat", at, -14.5, role.colour))
        words.append(Note(role.name, at + 9, -10, role.word_colour, is_bold=role.is_main, has_halo=False))
        at += text_width(role.name, role.is_main) + 34
    return plane.chart(*layers, notes(words))


def albums_by_decade(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Albums of each decade on a log axis and their share (`release_decade`, `published_count`, `published_share`)."""
    table = records(rows)
    return valued_rows(
        variant,
        [f"{row['release_decade']}s" for row in table],
        [row["published_count"] for row in table],
        variant.say("decade_date_albums_log"),
        write=lambda value: amount(value, variant),
        tick=count(variant),
        is_log=True,
        beside=(variant.say("share"), [percent(row["published_share"]) for row in table]),
    )
