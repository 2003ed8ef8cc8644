"""What the queries give for one figure: rows, columns, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.core.columns import HALVES, half
from report.results.provenance import Provenance
from report.results.tables import write_csv

BASES = ("computed", "published", "external", "subset")


@dataclass(frozen=True)
class FigureData:
    """What the queries give for one figure.

    Attributes:
        id: "<finding>/<figure>".
        sql: the text of its query file.
        columns: column names, in order.
        rows: a dict per row, in order; None where unknown.
        basis: some of BASES.
        sources: of published and external figures, as in sources.toml (`publisher`, `read_off`).
        is_synthetic: whether what is computed comes from an invented archive.
        partial_year: the release year that was not over at the snapshot, or None.
        absent: why this edition cannot draw it, as a sentence; None where it can.
        provenance: what it was computed from; None where nothing is known of it.
        units: what is counted.
        denominators: its denominators, each as pairs of sign and fact.
    """

    id: str
    sql: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]
    basis: Sequence[str]
    sources: Sequence[Mapping[str, object]] = ()
    is_synthetic: bool = False
    partial_year: int | None = None
    absent: str | None = None
    provenance: Provenance | None = None
    units: Sequence[str] = ()
    denominators: Sequence[Sequence[tuple[str, str]]] = ()

    @property
    def finding(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]

    @cached_property
    def csv(self) -> bytes:
        """Its rows as the file to keep."""
        return write_csv(self.columns, self.rows)


def basis_tags(bases: Iterable[str], is_synthetic: bool) -> tuple[str, ...]:
    """The marks to print, in fixed order; what a synthetic edition computes is marked synthetic."""
    given = set(bases)
    return tuple("synthetic" if basis == "computed" and is_synthetic else basis for basis in BASES if basis in given)


def basis_shown(data: FigureData) -> set[str]:
    """The bases that the rows really hold: an empty `computed_` or `published_` half is not claimed."""
    shown = set(data.basis)
    for key, bases in HALVES.items():
        columns = [column for column in data.columns if half(column) == key]
        empty = columns and not any(row[column] is not None for row in data.rows for column in columns)
        if empty and data.rows and shown - set(bases):
            shown -= set(bases)
    return shown
