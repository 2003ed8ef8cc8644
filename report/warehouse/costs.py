"""What an aggregation will do before it does any of it: its stages, how many rows each reads and how long it takes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from report.core import queries
from report.core.errors import SettingsError
from report.core.texts import ENCODING
from report.core.timeleft import Effort
from report.sources import Extent
from report.sources.schema import TABLES

COLUMNS = ["stage", "rows", "cpu_s", "disk_mb"]
# Of a stage that was never measured, such as that of a new query.
EFFORT_A_ROW = Effort(cpu_s=0.4e-6)
# What a stage that is sure to come takes however few its rows are: of 2,000 tracks it is almost all.
LEAST_CPU_S = 0.05

# The last stage asks every query of the new edition, whatever the number of rows; one thread does it.
CONTRACTS, CONTRACTS_CPU_S = "check the contracts", 4.0

# Stages by name, and for each what it took with so many rows.
Costs = Mapping[str, Mapping[int, Effort]]


@dataclass(frozen=True)
class Step:
    """One stage of an aggregation.

    Attributes:
        name: as progress has it, such as `stage tracks`.
        rows: of the table whose rows it keeps, or else of the largest that it reads.
        missing: share of it that is not in the store, 0 to 1.
        table: the source table whose rows it keeps, one by one, if it keeps any.
    """

    name: str
    rows: int
    missing: float = 1.0
    table: str | None = None


def steps_of(
    extents: Mapping[str, Extent],
    staging: Mapping[str, str],
    cubes: Mapping[str, str],
    folder: Path,
    missing: Callable[[str, str], float],
) -> list[Step]:
    """All stages, in their order.

    Args:
        extents: of the source's tables.
        staging, cubes: queries by name.
        folder: of the queries of staging.
        missing: what share of `staging` or `cubes` of that name is not in the store.
    """
    table_of = {spec.staging: table for table, spec in TABLES.items() if spec.staging in staging and table in extents}
    staged_as = {table: name for name, table in table_of.items()}
    rows = {table: extent.rows for table, extent in extents.items()}
    steps = [Step(f"import {table}", rows[table], extent.to_import, table) for table, extent in extents.items()]
    # What is staged was checked before.
    steps += [Step(f"check {table}", rows[table], missing("staging", staged_as[table])) for table in staged_as]
    size: dict[str, int] = {}
    for name in queries.in_order(staging, "staging", folder):
        read = [size[other] for other in queries.references(staging[name], "staging") if other != name]
        read += [rows.get(table, 0) for table in queries.references(staging[name], "source")]
        table, share = table_of.get(name), missing("staging", name)
        size[name] = rows[table] if table else max(read, default=0)
        steps.append(Step(f"stage {name}", size[name], share, table))
        if table:
            # Where no column is loose, footers nearly always say enough.
            steps.append(Step(f"check the values of {table}", rows[table], share * extents[table].is_loose))
    for name, sql in cubes.items():
        read = [size.get(other, 0) for other in queries.references(sql, "staging")]
        steps.append(Step(f"count {name}", max(read, default=0), missing("cubes", name)))
    return steps


def expected_efforts(steps: Iterable[Step], costs: Costs) -> dict[str, Effort]:
    """Stages by name, in order, and what each is expected to take, in proportion to what it took where it was measured.

    Where it was not, nothing is expected of an import or a check, which not every source needs.
    """
    efforts = {}
    for step in steps:
        is_sure = step.name.startswith(("stage ", "count "))
        effort = _effort(step, costs.get(step.name, {} if is_sure else None))
        cpu_s = max(effort.cpu_s, LEAST_CPU_S) if is_sure else effort.cpu_s
        efforts[step.name] = step.missing * Effort(cpu_s, effort.disk_mb)
    return efforts


def _effort(step: Step, measured: Mapping[int, Effort] | None) -> Effort:
    if not measured:
        return Effort() if measured is None else step.rows * EFFORT_A_ROW
    points = [(0, Effort()), *sorted(measured.items())]
    for (fewer, less), (more, larger) in pairwise(points):
        if step.rows <= more:
            return less + (step.rows - fewer) / (more - fewer) * (larger + -1 * less)
    return step.rows / points[-1][0] * points[-1][1]


def read_costs(path: Path) -> dict[str, dict[int, Effort]]:
    """What stages took where they were measured; nothing if there is no such file.

    Raises:
        SettingsError: it is not as `write_costs` writes it.
    """
    costs: dict[str, dict[int, Effort]] = {}
    if not path.exists():
        return costs
    with path.open(encoding=ENCODING, newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            try:
                rows = int(row["rows"])
                if rows < 1:
                    raise ValueError(rows)
                costs.setdefault(row["stage"], {})[rows] = Effort(float(row["cpu_s"]), float(row["disk_mb"]))
            except (KeyError, TypeError, ValueError):
                hint = "write it anew with python -m bench.aggregate"
                raise SettingsError(f"this is no row of {', '.join(COLUMNS)}", f"{path}:{line}", hint) from None
    return costs


def write_costs(path: Path, costs: Costs) -> None:
    """Write what stages took, a row a stage and number of rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for stage, measured in sorted(costs.items()):
            for rows, effort in sorted(measured.items()):
                if rows:
                    writer.writerow((stage, rows, f"{effort.cpu_s:.3f}", f"{effort.disk_mb:.1f}"))
