"""One archive with all data of the report: tables, facts, claims, published figures and their sources, and a README.

It is made before the pages, which say how large it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.core import columns
from report.core.errors import ContentError
from report.core.folders import files_in
from report.core.numbers import count
from report.core.plain import plain, slug
from report.core.texts import LANGUAGE, for_spreadsheets, read_text
from report.pages.citation import Citations
from report.pages.context import SiteContext
from report.publication import as_json, crate
from report.publication.cached import packed
from report.publication.catalogue import DataTable, head, meaning
from report.results.figure_data import FigureData

LICENCE = "licence.txt"
# What opens the README, with its places for what is known.
ABOUT = f"{LANGUAGE}/readme.txt"


@dataclass(frozen=True)
class Bundle:
    """The archive: its address in the site and its bytes."""

    href: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


def bundled(context: SiteContext, data: Mapping[str, bytes], described: Sequence[DataTable]) -> Bundle:
    """The archive of these files of the site, the licence among them, of the published figures and a README."""
    files = {**data, "README.txt": _readme(context).encode()}
    files[LICENCE] = files.pop(f"data/{LICENCE}")
    for path in files_in(context.content / "published"):
        files[f"data/published/{path.name}"] = (for_spreadsheets if path.suffix == ".csv" else bytes)(path.read_bytes())
    files[crate.PATH] = as_json(crate.crate(context, files, described))
    name = slug(context.settings.title, context.edition["name"])
    inside = {f"{name}/{path}": content for path, content in files.items()}
    return Bundle(f"data/{name}.zip", packed(inside))


def licence(context: SiteContext) -> dict[str, bytes]:
    """The licence of data, charts and words.

    Raises:
        ContentError: there is none.
    """
    path = context.content / LICENCE
    try:
        return {f"data/{LICENCE}": path.read_bytes()}
    except OSError as error:
        raise ContentError("the licence of the data cannot be read", path, "say how the report may be used") from error


def _readme(context: SiteContext) -> str:
    title = plain(context.settings.title)
    endings = "\n".join(f"  _{ending:<9}{each.says}" for ending, each in columns.ENDINGS.items())
    about = read_text(context.content / ABOUT).format(
        title=title,
        rule="=" * len(title),
        citation=Citations(context.settings, context.edition, context.words).report().text,
        notice=context.words.kind["notice"],
        endings=endings,
    )
    tables = [_table(figure) for figure in context.figures.values() if figure.rows and not figure.absent]
    return "\n\n".join([about.rstrip("\n"), *tables]) + "\n"


def _table(figure: FigureData) -> str:
    lines = [f"data/{figure.id}.csv", f"  {count(len(figure.rows))} rows; {', '.join(figure.basis)}"]
    lines += [f"  {line}" for line in head(figure.sql)]
    lines += [f"  - {column}: {meaning(column)}" for column in figure.columns]
    return "\n".join(lines)
