"""Charts of the finding `preservation`: what became of the tracks on the file list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pyarrow as pa

from report.charts.forms.cells import share_map
from report.charts.forms.ranking import valued_rows
from report.charts.forms.trends import decades
from report.charts.toolkit.series import records
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import cut

ANNOUNCED = "announced"


def by_tier(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each status in each popularity tier, as a heat map.

    Args:
        rows: one row per tier and status (`popularity_tier`, `tier_order`, `status`, `status_share`, `track_count`).
    """
    table = records(rows)
    tiers = [name for _, name in sorted({(row["tier_order"], row["popularity_tier"]) for row in table})]
    title = variant.say("popularity_status_per_cent")
    return _statuses(variant, table, tiers, [row["popularity_tier"] for row in table], title)


def by_decade(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """Share of each status in each release decade, as a heat map.

    Args:
        rows: one row per decade and status (`release_decade`, `status`, `status_share`, `track_count`).
    """
    table = records(rows)
    title = variant.say("release_decade_status_per")
    return _statuses(
        variant,
        table,
        [f"{decade}s" for decade in decades(table)],
        [f"{row['release_decade']}s" for row in table],
        title,
    )


def arithmetic(rows: pa.Table, variant: Variant) -> alt.LayerChart:
    """The announced share, and what the announced number of files is of each denominator.

    Args:
        rows: one row per statement (`denominator`, `published_share`).
    """
    table = records(rows)
    names = [row["denominator"] for row in table]
    return valued_rows(
        variant,
        [name[:1].upper() + name[1:] for name in names],
        [row["published_share"] for row in table],
        variant.say("files_as_share_announced"),
        marked=[rank for rank, name in enumerate(names) if name == ANNOUNCED],
        name_px=190,
    )


def _statuses(
    variant: Variant, table: Sequence[Mapping[str, Any]], groups: Sequence[str], own: Sequence[str], title: str
) -> alt.LayerChart:
    """A heat map of groups by status, the commonest status first; where there are too many the rarest are summed."""
    room = variant.pick(6, 4)
    totals: dict[str, float] = {}
    for row in table:
        totals[row["status"]] = totals.get(row["status"], 0) + (row["track_count"] or 0)
    order = sorted(totals, key=lambda status: (-totals[status], status))
    shown = order if len(order) <= room else order[: room - 1]
    columns = {status: _words(status) if status in shown else variant.say("others") for status in order}
    shares: dict[tuple[str, str], float | None] = {}
    for group, row in zip(own, table, strict=True):
        if row["status_share"] is not None:
            key = (group, columns[row["status"]])
            shares[key] = (shares.get(key) or 0) + row["status_share"]
    return share_map(variant, groups, list(dict.fromkeys(columns.values())), shares, title)


def _words(status: str) -> str:
    return cut(status.replace("_", " "), 300)
