"""Charts of the finding `releases`: how fast the catalogue grows, and in what form."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pyarrow as pa

from report.charts.forms.compare import PARTIAL_RIGHT, compared_columns, partial_word
from report.charts.forms.ranking import valued_rows
from report.charts.forms.trends import trend
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import bars, dots, heading, line, partial, row_bars, row_lines
from report.charts.toolkit.notes import Note, end_names, gap, name_beside, notes
from report.charts.toolkit.plane import RIGHT, Plane, grid_of, gutter, plot_width
from report.charts.toolkit.series import Role, known, longest_run, records, roles, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count, widest
from report.core.numbers import percent, percent_short


def albums_by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Albums by release year on a log axis, computed and published; the snapshot's year is dashed.

    Args:
        rows: one row per year (`release_year`, `album_count`, `published_count`, `is_partial`, `is_published_partial`).
    """
    table = records(rows)
    fields = {"computed": "album_count", "published": "published_count"}
    pair = roles(variant, lambda key: any(row[fields[key]] for row in table))
    drawn = [row[fields[role.key]] or None for role in pair for row in table]
    y = scales.log(drawn, variant.pick(320, 260), count(variant), pad=6)
    left = gutter(y.labels)
    right = PARTIAL_RIGHT if any(row[role.partial] for role in pair for row in table) else RIGHT
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left, right))
    plane = Plane(variant, x, y, left, right, y_title=variant.say("albums_year_log_scale"))
    layers, named, words = [], [], []
    for role in reversed(pair):
        # A log axis has no place for zero: such a year is a gap.
        both = yearly(table, fields[role.key], role.partial)
        points, ends = ([(year, value or None) for year, value in part] for part in both)
        if role.is_main:
            layers.append(line(plane, points, role.colour))
            if known(ends):
                layers.append(partial(plane, known(points)[-1:] + known(ends), role.colour))
        else:
            # Where both agree, one line would hide the other: this one is broad, and lies under it.
            layers += [
                line(plane, points, theme.CONTEXT, width=5),
                dots(plane, known(ends), theme.CONTEXT, size=38, is_hollow=True),
            ]
        colour = theme.ACCENT if role.is_main else theme.MUTED
        named.append((role.name, colour, longest_run(points)))
        # One word does for two series that end at the same place.
        own = partial_word(plane, ends, colour)
        words = [note for note in words if all(gap(note.box, other.box) > 0 for other in own)] + own
    placed = name_beside(plane, named, bold=[pair[0].name], taken=[note.box for note in words])
    return plane.chart(*layers, notes(words + placed))


def albums_by_year_linear(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of all albums by release year as columns, computed and published; the snapshot's year is hollow.

    Args:
        rows: one row per year (`release_year`, `computed_share`, `published_share`, `is_partial`,
            `is_published_partial`).
    """
    table = records(rows)
    fields = {"computed": "computed_share", "published": "published_share"}
    pair = roles(variant, lambda key: any(row[fields[key]] for row in table))
    return compared_columns(variant, table, pair, fields, variant.say("share_dated_albums"), percent_short)


def tracks_by_year(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Tracks by release year as columns; the snapshot's year is hollow.

    Args:
        rows: one row per year (`release_year`, `track_count`, `is_partial`).
    """
    only = [Role("computed", "", theme.ACCENT, is_main=True)]
    return compared_columns(
        variant, records(rows), only, {"computed": "track_count"}, variant.say("tracks_year"), count(variant)
    )


def albums_by_size(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of albums by number of tracks: columns when wide, rows when narrow.

    Args:
        rows: one row per band of sizes (`size_band`, `album_share`).
    """
    table = records(rows)
    names = [row["size_band"] for row in table]
    shares = [row["album_share"] for row in table]
    if variant.is_narrow:
        return _size_rows(variant, names, shares)
    y = scales.linear(shares, 280, percent_short)
    left = gutter(y.labels)
    x = scales.columns([name.replace("–", "–\n") for name in names], plot_width(variant, left))
    plane = Plane(
        variant, x, y, left, y_title=variant.say("share_albums"), x_title=variant.say("tracks_on_album"), bottom=62
    )
    thickness = x.pixels / max(len(names), 8) * 0.72
    tops = [
        Note(percent(share), plane.px(rank), plane.py(share) - 5, theme.ACCENT, "center")
        for rank, share in enumerate(shares)
        if share is not None and share == max(scales.finite(shares))
    ]
    return plane.chart(bars(plane, list(enumerate(shares)), theme.ACCENT, thickness=thickness), notes(tops))


def types_by_year(rows: pa.Table, variant: Variant) -> alt.ConcatChart:
    """Share of singles, albums and compilations by release year: a panel by releases, one by their tracks.

    Args:
        rows: one row per year, counting and type (`release_year`, `counted`, `album_type`, `type_share`).
    """
    table = records(rows)
    across = variant.pick(2, 1)
    y = scales.fixed(0, 1, (0, 0.25, 0.5, 0.75, 1), variant.pick(260, 190), percent_short)
    left = 48
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left, columns=across))
    looks = (("compilation", theme.CONTEXT), ("album", theme.INK), ("single", theme.ACCENT))
    planes, panels = [], []
    for counted, title in (("albums", variant.say("counted_releases")), ("tracks", variant.say("counted_tracks"))):
        plane = Plane(
            variant,
            x,
            y,
            left,
            top=54,
            y_title=variant.say("share_of_releases" if counted == "albums" else "share_of_tracks"),
        )
        layers, named = [], []
        for kind, colour in looks:
            points, _ = yearly(
                [row for row in table if row["counted"] == counted and row["album_type"] == kind], "type_share"
            )
            layers.append(line(plane, points, colour, width=2.25 if colour == theme.ACCENT else 1.5))
            named.append((kind.capitalize() + "s", theme.word_colour(colour), known(points)))
        words = [heading(plane, title), *name_beside(plane, named, bold=[variant.say("singles")])]
        planes.append(plane)
        panels.append(plane.panel(*layers, notes(words)))
    return grid_of(planes, panels, across)


def artists_by_releases(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Artists by how many releases they have in a year, a line for each band, on a log axis.

    Args:
        rows: one row per year and band (`release_year`, `releases_band`, `band_order`, `artist_count`,
            and `is_partial` if the query gives it).
    """
    table = records(rows)
    bands = sorted({(row["band_order"], row["releases_band"]) for row in table})
    y = scales.log([row["artist_count"] for row in table], variant.pick(340, 300), count(variant), pad=6)
    left = gutter(y.labels)
    names = {band: variant.say("one_release" if band == "1" else "releases_of", band=band) for _, band in bands}
    if variant.is_narrow:
        names = {band: band for _, band in bands}
    right = int(widest(names.values(), True)) + 20
    x = scales.years([row["release_year"] for row in table], plot_width(variant, left, right))
    plane = Plane(
        variant,
        x,
        y,
        left,
        right,
        y_title=variant.say("artists_year_their_releases"),
    )
    layers, ends, bold = [], [], []
    unfinished_years: set[float] = set()
    for _, band in bands:
        is_many = band in ("50–199", "200+")
        colour = theme.ACCENT if is_many else theme.CONTEXT
        own = yearly([row for row in table if row["releases_band"] == band], "artist_count")
        points, unfinished = ([(year, value or None) for year, value in part] for part in own)
        layers.append(line(plane, points, colour, width=2.25 if is_many else 1.5))
        if known(unfinished):
            layers.append(partial(plane, known(points)[-1:] + known(unfinished), colour))
            unfinished_years.update(year for year, _ in known(unfinished))
        drawn = known(points + unfinished)
        if drawn:
            ends.append((names[band], drawn[-1][1], theme.word_colour(colour)))
            bold += [names[band]] if is_many else []
    words = [
        Note(variant.say("partial"), plane.px(year) + 4, -8, theme.MUTED, "right") for year in sorted(unfinished_years)
    ]
    return plane.chart(*layers, notes(words + end_names(plane, ends, bold=bold)))


def prolific(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of a year's releases that come from artists with 50 or more of them that year.

    Args:
        rows: one row per year (`release_year`, `prolific_share`, and `is_partial` if the query gives it).
    """
    title = variant.say("share_years_releases_from")
    return trend(variant, records(rows), "prolific_share", title)


def _size_rows(variant: Variant, names: Sequence[str], shares: Sequence[float | None]) -> alt.LayerChart:
    left = max(40, int(widest(names)) + 14)
    y = scales.rows(names, 18 * len(names))
    x = scales.linear(shares, plot_width(variant, left, 50), percent_short, count=4)
    plane = Plane(variant, x, y, left, 50, y_title=variant.say("tracks_on_album_share"), grid="x", has_x_line=False)
    words = [
        Note(percent(share), plane.px(share) + 5, plane.py(row) + 4.5, theme.ACCENT)
        for row, share in enumerate(shares)
        if share is not None
    ]
    points = [(share, row) for row, share in enumerate(shares) if share is not None]
    return plane.chart(row_lines(plane), row_bars(plane, points, theme.ACCENT, thickness=11), notes(words))


def by_type(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of releases of each type, with their number.

    Args:
        rows: one row per type (`album_type`, `published_count`, `published_share`).
    """
    table = records(rows)
    return valued_rows(
        variant,
        [row["album_type"].capitalize() for row in table],
        [row["published_share"] for row in table],
        variant.say("label_service_share_releases"),
        beside=(variant.say("releases"), [amount(row["published_count"] or 0, variant) for row in table]),
    )


def dated_by_then(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Albums dated up to each year, on a log axis; the year that is not over is dashed.

    Args:
        rows: one row per year (`release_year`, `published_count`, `is_partial`).
    """
    points, ends = yearly(records(rows), "published_count")
    drawn = [(year, value or None) for year, value in [*points, *ends]]
    y = scales.log([value for _, value in drawn], variant.pick(300, 250), count(variant), pad=6)
    left, right = gutter(y.labels), PARTIAL_RIGHT if ends else RIGHT
    x = scales.years([year for year, _ in drawn], plot_width(variant, left, right))
    plane = Plane(variant, x, y, left, right, y_title=variant.say("albums_dated_up_year"))
    whole = [point for point in drawn if point[0] not in dict(ends)]
    beyond = known(drawn)[-1:] if ends else []
    layers = [line(plane, whole, theme.ACCENT, width=2.25)]
    layers.append(partial(plane, known(whole)[-1:] + beyond, theme.ACCENT) if beyond else [])
    return plane.chart(*layers, notes(partial_word(plane, beyond, theme.ACCENT)))
