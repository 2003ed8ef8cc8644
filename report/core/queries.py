"""SQL files: read from a folder, what each refers to, in an order that respects it."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from report.core.errors import QueryError
from report.core.folders import files_in
from report.core.texts import read_text


def read_sql(folder: Path) -> dict[str, str]:
    """The SQL files of a folder by stem, in order of name.

    Raises:
        QueryError: the folder has none, or a file is not UTF-8 text.
    """
    files = files_in(folder, "*.sql")
    if not files:
        raise QueryError("there are no SQL files here", folder, "run build.py of a complete checkout")
    texts = {}
    for path in files:
        try:
            texts[path.stem] = read_text(path)
        except UnicodeDecodeError as error:
            raise QueryError("this query is not UTF-8 text", path) from error
        except OSError as error:
            raise QueryError(f"this query cannot be read: {error.strerror}", path) from error
    return texts


def without_comments(sql: str) -> str:
    """The SQL with its `--` comments blanked."""
    return re.sub(r"--[^\n]*", "", sql)


def references(sql: str, schema: str) -> list[str]:
    """Tables of `schema` that the query names, sorted: `staging.tracks` gives `tracks`."""
    return sorted(set(re.findall(rf"\b{schema}\.(\w+)", without_comments(sql))))


def relations(sql: str) -> list[str]:
    """Unqualified names that stand after FROM or JOIN, sorted; the query's own CTEs included."""
    return sorted(set(re.findall(r"\b(?:from|join)\s+(\w+)\b(?!\s*[.(])", without_comments(sql), re.IGNORECASE)))


def in_order(queries: dict[str, str], schema: str, folder: Path) -> list[str]:
    """Names of the queries, each after those it refers to.

    Raises:
        QueryError: they refer to each other in a circle.
    """
    graph = {name: set(references(sql, schema)) & set(queries) - {name} for name, sql in queries.items()}
    try:
        return list(TopologicalSorter(dict(sorted(graph.items()))).static_order())
    except CycleError as error:
        raise QueryError(f"these queries refer to each other in a circle: {', '.join(error.args[1])}", folder) from None


def latest_first(queries: dict[str, str], others: list[str], schema: str) -> dict[str, str]:
    """The queries in another order: first those that refer to the last of `others`.

    What was made last is still in the system's cache.

    Args:
        others: names of the tables of `schema`, in the order in which they are made.
    """

    def latest(name: str) -> int:
        return max((others.index(other) for other in references(queries[name], schema) if other in others), default=-1)

    return {name: queries[name] for name in sorted(queries, key=latest, reverse=True)}
