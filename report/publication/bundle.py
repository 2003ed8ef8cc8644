"""One archive with all data of the report: tables, facts, claims, published figures and their sources, and a README.

It is made before the pages, which say how large it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.core import columns
from report.core.errors import ContentError
from report.core.folders import files_in
from report.core.kinds import standing_of
from report.core.numbers import count
from report.core.plain import plain, slug
from report.core.texts import for_spreadsheets
from report.pages.citation import Citations
from report.pages.context import SiteContext
from report.publication import as_json, crate, datapackage
from report.publication.cached import packed
from report.publication.catalogue import head, tables
from report.results.figure_data import FigureData

LICENCE = "licence.txt"
ABOUT = """\
{title}
{rule}

{citation}

Everything that the report shows as a table or a chart, as it was counted. Counts and sums only. {notice}

How it may be used: licence.txt.

Files
-----
data/<finding>/<figure>.csv   the rows of each figure, listed below
data/facts.json               every number in the text, by finding and name
data/claims.json              each claim with its test and verdict, where there are claims
data/changes.json             what changed since the edition before, where the report says so
data/edition.json             what was read, dropped and could not be used
data/published/*.csv          figures that others published; data/published/sources.toml says who and how
licence.txt                   the licence
datapackage.json              every table and column, for programs (Frictionless Data Package)
ro-crate-metadata.json        every file, and what made it (RO-Crate)

How each figure came about, query and hashes, is in data/figures.json on the site.

CSV files are UTF-8, with a line of column names, commas, and lines ended by LF. An empty field is unknown, never zero.
Names of labels, genres and the like are as somebody typed them; one that a spreadsheet would take for a formula has an
apostrophe before it.

Names of columns end in what they hold:
{endings}
A column called is_… or has_… is true or false.

Tables
------
"""


@dataclass(frozen=True)
class Bundle:
    """The archive: its address in the site and its bytes."""

    href: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


def bundled(context: SiteContext, data: Mapping[str, bytes]) -> Bundle:
    """The archive of these files of the site, the licence among them, of the published figures and a README."""
    files = {**data, "README.txt": _readme(context).encode()}
    files[LICENCE] = files.pop(f"data/{LICENCE}")
    for path in files_in(context.content / "published"):
        files[f"data/published/{path.name}"] = (for_spreadsheets if path.suffix == ".csv" else bytes)(path.read_bytes())
    described = tables(context)
    files[datapackage.PATH] = as_json(datapackage.package(context, described))
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
    about = ABOUT.format(
        title=title,
        rule="=" * len(title),
        citation=Citations(context.settings, context.edition).report().text,
        notice=standing_of(context.edition).notice,
        endings=endings,
    )
    tables = [_table(figure) for figure in context.figures.values() if figure.rows and not figure.absent]
    return "\n\n".join([about.rstrip("\n"), *tables]) + "\n"


def _table(figure: FigureData) -> str:
    lines = [f"data/{figure.id}.csv", f"  {count(len(figure.rows))} rows; {', '.join(figure.basis)}"]
    lines += [f"  {line}" for line in head(figure.sql)]
    lines += [f"  - {column}: {meaning(column)}" for column in figure.columns]
    return "\n".join(lines)


def meaning(column: str) -> str:
    """What a column holds, from its name: "album_share" -> "Share of albums (a fraction of the whole, 0 to 1)"."""
    named = columns.meaning(column)
    return f"{columns.heading(column)} ({named.says})" if named and named.says else columns.heading(column)
