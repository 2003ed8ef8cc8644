"""A cluster of Spark on this machine: a master, two workers and a Connect server, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from elsewhere import answers, free_port

HERE = "127.0.0.1"
SECONDS_TO_START = 300
MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


@dataclass
class Cluster:
    """A cluster that runs.

    Attributes:
        address: of its Connect server.
        workers: their processes; each leads a group that its executors are in.
        log: of the master.
    """

    address: str
    workers: list[subprocess.Popen]
    log: Path

    def kill_a_worker(self) -> None:
        """End the last worker and its executors, as a machine that fails does."""
        os.killpg(self.workers.pop().pid, signal.SIGKILL)

    def said(self, pattern: str) -> list[str]:
        """What the master's log has of a pattern."""
        return re.findall(pattern, self.log.read_text(errors="replace"))


@contextmanager
def running(python: str, folder: Path) -> Iterator[Cluster]:
    """Start a cluster with the pyspark of this interpreter; ends what was started.

    Raises:
        AssertionError: it does not start.
    """
    found = subprocess.run(
        [python, "-c", "import pyspark; print(pyspark.__path__[0])"], capture_output=True, text=True, check=True
    )
    home = Path(found.stdout.strip())
    of_environment = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HERE,
        "SPARK_PUBLIC_DNS": HERE,
        "PYSPARK_PYTHON": python,
    }
    environment = os.environ | of_environment | {"SPARK_WORKER_DIR": str(folder / "work")}
    started: list[subprocess.Popen] = []

    def start(name: str, *command: str, memory: str = "400m") -> subprocess.Popen:
        with (folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [str(home / "bin" / command[0]), *command[1:]],
                stdout=log,
                stderr=log,
                env=environment | {"SPARK_DAEMON_MEMORY": memory},
                cwd=folder,
                start_new_session=True,
            )
        started.append(process)
        return process

    def until(name: str, is_up: object, process: subprocess.Popen) -> None:
        began = time.monotonic()
        while not is_up():
            assert process.poll() is None and time.monotonic() - began < SECONDS_TO_START, (
                folder / f"{name}.log"
            ).read_text(errors="replace")[-3000:]
            time.sleep(0.3)

    try:
        port, ui, connect = free_port(), free_port(), free_port()
        master = start("master", "spark-class", MASTER, "--host", HERE, "--port", str(port), "--webui-port", str(ui))
        until("master", lambda: answers(port), master)
        url, at = f"spark://{HERE}:{port}", ["--host", HERE, "--cores", "1", "--memory", "1500m"]
        workers = [
            start(f"worker-{n}", "spark-class", WORKER, *at, "--webui-port", str(free_port()), url) for n in range(2)
        ]
        cluster = Cluster(f"sc://{HERE}:{connect}", workers, folder / "master.log")
        until("master", lambda: len(cluster.said("Registering worker")) == 2, master)
        settings = {
            "spark.connect.grpc.binding.address": HERE,
            "spark.connect.grpc.binding.port": connect,
            "spark.driver.host": HERE,
            "spark.driver.bindAddress": HERE,
            "spark.executor.memory": "1200m",
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": 4,
            "spark.sql.warehouse.dir": folder / "warehouse",
        }
        given = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
        server = start(
            "server", "spark-submit", "--master", url, "--class", SERVER, *given, "spark-internal", memory="1g"
        )
        until("server", lambda: answers(connect), server)
        yield cluster
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
