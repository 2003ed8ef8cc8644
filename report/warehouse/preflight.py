"""The look ahead before the first stage: what is missing of an aggregation, if there is room, how long it will take."""

from __future__ import annotations

import json
from collections.abc import Mapping

from report.cache.store import Store, fingerprint
from report.core.timeleft import Effort
from report.run import Run
from report.sources import Extent
from report.warehouse.costs import CONTRACTS, CONTRACTS_CPU_S, expected_efforts, read_costs, steps_of
from report.warehouse.disk import check_space, needed_bytes
from report.warehouse.keys import cube_keys, staging_keys


def preflight(
    extents: Mapping[str, Extent],
    reading: str,
    staging: dict[str, str],
    cubes: dict[str, str],
    threads: int,
    run: Run,
) -> None:
    """Tell the run’s progress what is ahead, once it is sure that the disk has room for it.

    Args:
        threads: how many compute at a time.

    Raises:
        StoreError: it has not.
    """
    folder = run.settings.queries / "staging"
    keys = {"staging": staging_keys(staging, reading, folder, run.store)}
    keys["cubes"] = cube_keys(cubes, keys["staging"], run.store)

    def missing(kind: str, name: str) -> float:
        return missing_share(run.store, keys[kind][name], run.settings.memory)

    steps = steps_of(extents, staging, cubes, folder, missing)
    kept, spilled = needed_bytes(steps)
    check_space([(run.store.folder, kept), (run.settings.cache / "spill", spilled)])
    efforts = expected_efforts(steps, read_costs(run.settings.queries / "costs.csv"))
    run.progress.expect(efforts | {CONTRACTS: Effort(CONTRACTS_CPU_S * threads)}, threads)


def missing_share(store: Store, key: str, memory: str) -> float:
    """How much of a staging table or a cube is not in the store, 0 to 1."""
    if store.path(key, ".parquet").exists():
        return 0.0
    cut = store.path(fingerprint("slices", key, memory), ".json")
    conditions = json.loads(cut.read_text()) if cut.exists() else []
    there = [store.path(fingerprint(key, condition), ".parquet").exists() for condition in conditions]
    return 1 - sum(there) / len(there) if there else 1.0
