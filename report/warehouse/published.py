"""Published figures: content/published/*.csv, their sources in sources.toml, and where these are in addresses.toml."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from report.core.entries import check_keys, read_toml, text_of
from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.folders import files_in
from report.core.texts import for_spreadsheets, read_text
from report.warehouse.edition import sha256

BASES = ("release", "recount", "external", "subset")
# The basis of a figure that rests on such a source, where it is not "published".
OTHERS = ("external", "subset")
TEXTS = ("title", "publisher", "retrieved", "seen", "supports")
ADDRESS = re.compile(r"https?://[^\s\"<>]+")


@dataclass(frozen=True)
class Published:
    """All published figures.

    Attributes:
        tables: stem of the CSV -> {rows: [{column: value}], title, publisher, note, basis, read_off, accuracy,
            addresses: [as below], stem, sha256}.
        files: the CSV files by stem.
        addresses: name -> {name, title, publisher, date, url, retrieved, seen, supports, is_named_only}.
    """

    tables: dict[str, dict]
    files: dict[str, Path]
    addresses: dict[str, dict]


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
    addresses = read_addresses(folder)
    for stem, path in files.items():
        source = sources[stem]
        for key in ("basis", "title", "publisher"):
            if not isinstance(source.get(key), str):
                raise ContentError(f"[{stem}] has no `{key}`", where)
        if source["basis"] not in BASES:
            hint = f"it is one of {', '.join(BASES)}"
            raise ContentError(f"`{source['basis']}` is not a basis", f"{where} [{stem}]", hint)
        for name in source.get("addresses", []):
            if name not in addresses:
                raise ContentError(f"there is no address `{name}`", f"{where} [{stem}]", suggest(name, addresses))
        tables[stem] = {"note": "", "read_off": False, "accuracy": "", **source, "rows": _read_rows(path)}
        tables[stem]["addresses"] = [addresses[name] for name in source.get("addresses", [])]
        tables[stem] |= {"stem": stem, "sha256": sha256(for_spreadsheets(path.read_bytes()))}
    return Published(tables, files, addresses)


def read_addresses(folder: Path) -> dict[str, dict]:
    """Where the sources of the published figures in `folder` can be read, by name.

    Raises:
        ContentError: addresses.toml is damaged, or one in it lacks what is to be said of it.
    """
    where = folder / "addresses.toml"
    found = {}
    for name, table in (read_toml(where, where) or {}).items():
        place = f"{where} [{name}]"
        check_keys(table, (*TEXTS, "date", "url", "is_named_only"), place, (*TEXTS, "date", "url"))
        if table["url"] and not ADDRESS.fullmatch(table["url"]):
            raise ContentError(f"`{table['url']}` is not an address", place, "give one of the web, or none")
        texts = {key: text_of(table, key, place) for key in TEXTS}
        found[name] = {"name": name, "is_named_only": False, **table, **texts}
    return found


def has_address(source: Mapping) -> bool:
    """Whether a source, as in `Published.tables`, can be read somewhere, or is only named on purpose."""
    return any(address["url"] or address["is_named_only"] for address in source.get("addresses", []))


def basis_of(source: Mapping) -> str:
    """The basis of what rests on a source: "external" or "subset" where it says so, else "published"."""
    return source["basis"] if source["basis"] in OTHERS else "published"


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
