"""From a page's pieces to the rows of its grid: prose with notes in the margin, figures, points, pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from report.pages.blocks import Block
from report.pages.markup import Heading, Piece, Prose


@dataclass
class Row:
    """One row of the grid. `kind` names the template macro that prints `content`."""

    kind: str
    content: object
    asides: list[Markup] = field(default_factory=list)


@dataclass
class Section:
    """A heading for the rail and the rows under it; the opening of a page has no heading."""

    heading: Heading | None = None
    rows: list[Row] = field(default_factory=list)


def arrange(pieces: Iterable[Piece]) -> list[Section]:
    """Gather pieces into sections of rows.

    Prose and the asides in it become one row; an aside before any prose joins the prose that follows, or
    stands alone. Points in a row become one list; strengths and limits one pair.
    """
    sections = [Section()]
    waiting: list[Markup] = []
    for piece in pieces:
        rows = sections[-1].rows
        last = rows[-1] if rows else None
        match piece:
            case Heading():
                _place(rows, waiting)
                sections.append(Section(piece))
            case Prose() if last and last.kind == "prose":
                last.content += Markup("\n") + piece.html
            case Prose():
                rows.append(Row("prose", piece.html, waiting))
                waiting = []
            case Block("aside") if last and last.kind == "prose":
                last.asides.append(piece.content)
            case Block("aside"):
                waiting = [*waiting, piece.content]
            case Block("point" | "strengths" | "limits"):
                _gather(rows, piece)
            case _:
                rows.append(Row(piece.kind, piece.content))
        if isinstance(piece, Heading):
            waiting = []
    _place(sections[-1].rows, waiting)
    return [section for section in sections if section.heading or section.rows]


def insert_before(sections: list[Section], id: str, section: Section) -> None:
    """Put a section before the one whose heading has this id, or at the end."""
    places = [at for at, other in enumerate(sections) if other.heading and other.heading.id == id]
    sections.insert(places[0] if places else len(sections), section)


def _place(rows: list[Row], asides: list[Markup]) -> None:
    if asides:
        rows.append(Row("prose", Markup(""), asides))


def _gather(rows: list[Row], block: Block) -> None:
    kind = "points" if block.kind == "point" else "pair"
    if not rows or rows[-1].kind != kind:
        rows.append(Row(kind, [] if kind == "points" else {"strengths": "", "limits": ""}))
    if kind == "points":
        rows[-1].content.append(block.content)
    else:
        rows[-1].content[block.kind] = block.content
