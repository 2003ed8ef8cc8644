"""Spark as a cluster, and a worker of it lost in mid-run. Slow: two minutes of a processor and more.

It needs Java, and an interpreter with pyspark, which is half a gigabyte: SPARK_PYTHON names it.

    python3 -m venv /tmp/spark && /tmp/spark/bin/pip install pyspark==4.3.0
    SPARK_PYTHON=/tmp/spark/bin/python .venv/bin/python -m pytest tests/engines/test_cluster.py
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cluster import running
from elsewhere import assert_same
from test_same_cubes import hostile_archive

from report.core.settings import Settings
from report.engines.spark import Spark

SPARK = os.environ.get("SPARK_PYTHON")
pytestmark = [
    pytest.mark.skipif(not SPARK, reason="SPARK_PYTHON names no interpreter with pyspark: NO CLUSTER WAS TRIED"),
    pytest.mark.skipif(not shutil.which("java"), reason="there is no Java: NO CLUSTER OF SPARK WAS TRIED"),
]


def test_a_worker_that_is_lost_changes_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = hostile_archive(tmp_path / "archive")
    (tmp_path / "cluster").mkdir()
    with running(SPARK, tmp_path / "cluster") as cluster:
        write: Callable = Spark.write_staging

        def write_and_kill(engine: Spark, sql: str, path: Path, where: Path, *rest: object) -> None:
            write(engine, sql, path, where, *rest)
            if where.stem == "tracks":
                cluster.kill_a_worker()

        monkeypatch.setattr(Spark, "write_staging", write_and_kill)
        there = assert_same(archive, cluster.address, settings)
        assert there.manifest["engine"]["name"] == "Spark"
        # It had work, was lost, and was missed.
        assert len(cluster.said("Launching executor")) >= 2
        assert cluster.said("Removing worker|Received unregister request|Removing executor|DISASSOCIATED|disassociated")
