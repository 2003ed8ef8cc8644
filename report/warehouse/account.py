"""What a run made of its source, for the terminal: rows read, kept and left out, values and columns not used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.core.errors import printable

# At most a screen: of an archive's tables, of a table's columns, and of the letters of one line.
MOST_LINES = 20
LONGEST_LINE = 400


def account_of(manifest: Mapping) -> list[str]:
    """The account in edition.json as lines."""
    lines = [*_rows(manifest["tables"]), *_columns(manifest.get("reading") or {})]
    cut = [line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 2] + " …" for line in lines]
    if len(cut) > MOST_LINES:
        cut[MOST_LINES - 1 :] = [f"and {len(lines) - MOST_LINES + 1} lines more, which are in edition.json"]
    return [f"  {printable(line)}" for line in cut]


def _rows(tables: Mapping[str, Mapping]) -> Iterator[str]:
    for table, account in tables.items():
        dropped = account["dropped"]
        read, kept = account["rows_read"], account["rows_kept"]
        line = f"{table}: {read:,} row{'' if read == 1 else 's'} read, {kept:,} kept"
        if dropped:
            line += f", {sum(dropped.values()):,} left out ({_reasons(dropped)})"
        unusable = [f"{column} {_reasons(reasons)}" for column, reasons in account["unusable"].items() if reasons]
        yield f"{line}; values not used: {'; '.join(unusable)}" if unusable else line


def _reasons(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} {count:,}" for reason, count in reasons.items())


def _columns(reading: Mapping) -> Iterator[str]:
    if not reading:
        return
    used = [f"`{theirs}`" + (f" as {ours}" if theirs != ours else "") for ours, theirs in reading["columns"].items()]
    yield f"columns used: {', '.join(used)}"
    for title, key in (("columns not recognised", "not_recognised"), ("columns known, but not needed", "passed_over")):
        if reading[key]:
            yield f"{title}: {', '.join(f'`{name}`' for name in reading[key])}"
    yield from reading["notes"]
