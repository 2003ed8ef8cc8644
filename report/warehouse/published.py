"""Published figures: content/published/*.csv with their sources in sources.toml."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.folders import files_in
from report.core.texts import for_spreadsheets, read_text
from report.warehouse.edition import sha256

BASES = ("release", "recount", "external")


@dataclass(frozen=True)
class Published:
    """All published figures.

    Attributes:
        tables: stem of the CSV -> {rows: [{column: value}], title, publisher, note, basis, read_off, stem, sha256}.
        files: the CSV files by stem.
    """

    tables: dict[str, dict]
    files: dict[str, Path]


def read_published(folder: Path) -> Published:
    """The published figures in `folder`, each with its source.

    Raises:
        ContentError: sources.toml is missing or damaged, or a CSV and its source do not go together.
    """
    where = folder / "sources.toml"
    sources = read_toml(where, where)
    if sources is None:
        raise ContentError("the sources of the published figures are missing", where)
    files = {path.stem: path for path in files_in(folder, "*.csv")}
    for stem in sorted(set(sources) ^ set(files)):
        lacking = f"[{stem}] in sources.toml" if stem in files else f"{stem}.csv"
        raise ContentError(f"published figure `{stem}` has no {lacking}", folder)
    tables = {}
    for stem, path in files.items():
        source = sources[stem]
        for key in ("basis", "title", "publisher"):
            if not isinstance(source.get(key), str):
                raise ContentError(f"[{stem}] has no `{key}`", where)
        if source["basis"] not in BASES:
            hint = f"it is one of {', '.join(BASES)}"
            raise ContentError(f"`{source['basis']}` is not a basis", f"{where} [{stem}]", hint)
        tables[stem] = {"note": "", "read_off": False, **source, "rows": _read_rows(path)}
        tables[stem] |= {"stem": stem, "sha256": sha256(for_spreadsheets(path.read_bytes()))}
    return Published(tables, files)


def published_tracks(folder: Path) -> int:
    """How many tracks the archive is published to hold, by totals.csv in `folder`.

    Raises:
        ContentError: totals.csv is missing or damaged, or does not say.
    """
    where = folder / "totals.csv"
    if not where.is_file():
        raise ContentError("the published totals are missing", where)
    for row in _read_rows(where):
        if row.get("table") == "tracks" and isinstance(row.get("rows"), int) and row["rows"] > 0:
            return row["rows"]
    raise ContentError("the published number of tracks is missing", where, "it is the line `tracks,<number>`")


def _read_rows(path: Path) -> list[dict]:
    try:
        records = list(csv.reader(io.StringIO(read_text(path))))
    except UnicodeDecodeError as error:
        raise ContentError("this file is not UTF-8 text", path) from error
    if not records:
        raise ContentError("this file is empty", path, "it needs a header line")
    header, *rows = records
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise ContentError(f"{len(row)} fields where the header has {len(header)}", f"{path}:{number}")
    return [{name: _value(text) for name, text in zip(header, row, strict=True)} for row in rows]


def _value(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
