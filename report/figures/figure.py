"""A figure on a page: what the template needs to print its block, and its files.

Knows nothing of how a picture is drawn: `Images` come from a callable, rows and basis in `FigureData`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from report.cache.store import size_of
from report.core.errors import ContentError
from report.figures.denominators import Denominator, denominators
from report.results.figure_data import FigureData, basis_shown, basis_tags
from report.results.provenance import Provenance
from report.results.tables import Table, figure_table
from report.warehouse.edition import sha256

SIZE = re.compile(rb"<svg\b[^>]*?\bwidth=\"([\d.]+)\"[^>]*?\bheight=\"([\d.]+)\"", re.DOTALL)


@dataclass(frozen=True)
class Images:
    """The pictures of one figure, as bytes or files: two SVGs for the page, an SVG and a PNG to keep."""

    wide: bytes | Path
    narrow: bytes | Path
    plain: bytes | Path
    png: bytes | Path


@dataclass(frozen=True)
class Picture:
    href: str
    width: str
    height: str


@dataclass(frozen=True)
class Download:
    label: str
    href: str
    size: int


@dataclass(frozen=True)
class Figure:
    """One figure as the template prints it."""

    id: str
    anchor: str
    number: int
    title: str
    subtitle: str
    tags: tuple[str, ...]
    is_synthetic: bool
    is_lead: bool
    description: str = ""
    alt: str = ""
    wide: Picture | None = None
    narrow: Picture | None = None
    is_lazy: bool = True
    sources: Sequence[Mapping[str, object]] = ()
    counted: str | None = None
    downloads: Sequence[Download] = ()
    table: Table | None = None
    denominators: Sequence[Denominator] = ()
    sql: str = ""
    provenance: Provenance | None = None
    csv_sha256: str = ""
    files: Mapping[str, bytes | Path] = field(default_factory=dict)

    @property
    def finding(self) -> str:
        return self.id.partition("/")[0]

    @property
    def embed(self) -> str:
        """The page that shows it by itself."""
        return f"embed/{self.id}.html"


@dataclass(frozen=True)
class Caption:
    """What the page's author says about a figure.

    Attributes:
        title: its finding, as a sentence.
        subtitle: statistic, unit, coverage, period.
        alt: what the picture shows, for those who do not see it.
        denominator: (label, count) pairs: rows in, what was left out as negative counts, rows used; or a list of such
            lists, one for each thing counted.
        columns: headings of its table that the column's name does not give.
        description: HTML shown beside the figure.
        counted: how many rows or tracks it rests on, in words.
    """

    title: str
    subtitle: str
    alt: str
    denominator: Sequence[tuple[str, object]] | Sequence[Sequence[tuple[str, object]]] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    counted: str | None = None


def compose(
    data: FigureData, caption: Caption, number: int, render: Callable[[str], Images], is_lead: bool = False
) -> Figure:
    """Put a figure together that has rows.

    Args:
        data: rows, query and basis.
        caption: the author's words.
        number: its place on the page, from 1; the first is loaded at once, later ones when they come near.
        render: figure id -> Images.
        is_lead: whether it stands on the front page, under an anchor that names its finding.

    Raises:
        ContentError: a denominator that does not add up, or a picture without a size.
    """
    tags = basis_tags(basis_shown(data), data.is_synthetic)
    common = {
        "id": data.id,
        "anchor": data.id.replace("/", "-") if is_lead else data.name,
        "number": number,
        "tags": tags,
        "is_synthetic": "synthetic" in tags,
        "is_lead": is_lead,
        "sql": data.sql.strip(),
        "provenance": data.provenance,
        "denominators": denominators(caption.denominator),
    }
    images = render(data.id)
    base = f"figures/{data.id}"
    files = {
        f"{base}-wide.svg": images.wide,
        f"{base}-narrow.svg": images.narrow,
        f"{base}.svg": images.plain,
        f"{base}.png": images.png,
        f"data/{data.id}.csv": data.csv,
    }
    return Figure(
        title=caption.title,
        subtitle=caption.subtitle,
        alt=caption.alt,
        description=caption.description,
        wide=picture_of(f"{base}-wide.svg", images.wide),
        narrow=picture_of(f"{base}-narrow.svg", images.narrow),
        is_lazy=number > 1,
        sources=data.sources,
        counted=caption.counted,
        downloads=[
            Download(label, href, size_of(files[href]))
            for label, href in (
                ("CSV", f"data/{data.id}.csv"),
                ("SVG", f"{base}.svg"),
                ("PNG", f"{base}.png"),
            )
        ],
        table=figure_table(
            data.columns, data.rows, caption.columns, str(caption.subtitle).partition(". ")[0].rstrip(".")
        ),
        csv_sha256=sha256(data.csv),
        files=files,
        **common,
    )


def picture_of(href: str, svg: bytes | Path) -> Picture:
    """An SVG as a page refers to it, with the size that it says."""
    if isinstance(svg, Path):
        with svg.open("rb") as file:
            head = file.read(2048)
    else:
        head = svg[:2048]
    found = SIZE.search(head)
    if not found:
        raise ContentError("the picture has no width and height", href)
    return Picture(href, *(value.decode() for value in found.groups()))
