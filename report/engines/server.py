"""A server that speaks Spark Connect: reached, recognised, and its errors those of the family."""

from __future__ import annotations

import logging
import os
import re
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from report.cache.store import StoreError
from report.core.errors import EngineError, QueryError, ReportError, SettingsError
from report.sql.connection import TextError

try:
    # What it says of lost connections is said here.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    from pyspark.errors import PySparkException
    from pyspark.errors.exceptions.connect import AnalysisException, ParseException, SparkConnectGrpcException
    from pyspark.sql.connect.client.retries import DefaultPolicy
    from pyspark.sql.connect.session import SparkSession
except ImportError as missing:
    raise SettingsError(
        f"the package {(missing.name or 'pyspark').partition('.')[0]} is not installed",
        "--engine",
        "run .venv/bin/python -m pip install -r requirements-spark.txt",
    ) from missing

ADDRESS = re.compile(r"sc://(\[[0-9a-fA-F:]+\]|[^:/;\s]+)(?::(\d{1,5}))?(/;.*)?")
PORT = 15002
# Versions with which editions are the same, by how they begin.
PROVEN = {"Spark": "4.", "Sail": "0.7."}
SPARKS = re.compile(r"\d+\.\d+\.\d+\S* [0-9a-f]{40}")
SECONDS_TO_ANSWER = 5
# A connection that is lost for a moment is made anew; by default that is tried for ten minutes.
RETRIES = 5
ZONE = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}
AGAIN = "run it again: what is complete is kept, and it goes on from there"
START = "start one: README has the command"
# What engines say, in Java's words and in Rust's.
FULL = re.compile(r"no space left|disk quota exceeded|os error 28\b|ENOSPC", re.IGNORECASE)
DENIED = re.compile(r"permission denied|os error 13\b|access ?denied", re.IGNORECASE)
UNSEEN = re.compile(r"no such file|path_not_found|does not exist|os error 2\b|unable to infer schema", re.IGNORECASE)
NO_TEXT = re.compile(r"non utf-?8|invalid utf-?8|not valid utf-?8", re.IGNORECASE)
LOST = re.compile(
    r"job aborted|executor ?lost|executor .*exited|out ?of ?memory|heap space|all workers|worker .*lost|"
    r"session .*(closed|not found|expired)|cancel",
    re.IGNORECASE,
)


class Session(SparkSession):
    """A session that is closed where it was opened, and not when Python comes to clear it away.

    Closing waits for threads that all sessions share: in the midst of another's waiting that never ends.
    """

    def __del__(self) -> None:
        pass


@contextmanager
def session(address: str) -> Iterator[tuple[SparkSession, str, str]]:
    """A session of the server, in UTC; its name, "Spark" or "Sail", and its version.

    Raises:
        SettingsError: this is no address of a server.
        EngineError: none answers there, or one of a version that is not proven.
    """
    match = ADDRESS.fullmatch(address)
    if not match:
        raise SettingsError(f"`{address}` is no address of a server", "--engine", "give it as sc://HOST:PORT")
    try:
        socket.create_connection((match[1].strip("[]"), int(match[2] or PORT)), SECONDS_TO_ANSWER).close()
    except (OSError, OverflowError) as error:
        raise EngineError(f"no server answers: {error}", address, START) from error
    # What they say is in the errors as well.
    warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]")
    logging.getLogger("pyspark").setLevel(logging.CRITICAL)
    logging.getLogger("grpc").setLevel(logging.CRITICAL)
    spark = None
    try:
        try:
            spark = Session(connection=address)
            spark.client.set_retry_policies([DefaultPolicy(max_retries=RETRIES)])
            (said,) = spark.sql("select version()").collect()[0]
            for key, value in ZONE.items():
                spark.conf.set(key, value)
        except (PySparkException, ValueError) as error:
            raise EngineError(f"this is no server of Spark Connect: {_first_line(error)}", address, START) from error
        name = "Spark" if SPARKS.fullmatch(said) else "Sail"
        version = said.split()[0]
        if not version.startswith(PROVEN[name]):
            proven = " and ".join(f"{name} {start}x" for name, start in PROVEN.items())
            message = f"this server is {name} {version}, which is not proven to give the same cubes"
            raise EngineError(message, address, f"use one of {proven}")
        yield spark, name, version
    finally:
        if spark:
            with suppress(Exception):
                spark.stop()


def explain(error: BaseException, where: Path | str, address: str, shared: str) -> ReportError:
    """The error of the family for what a server said."""
    said, line = str(error), _first_line(error)
    if FULL.search(said):
        return StoreError(
            "no space left in the shared folder", shared, "free some, or give --shared another; then go on"
        )
    if DENIED.search(said):
        hint = "let the engine's user read the archive and write to the folder of --shared"
        return StoreError(f"the engine has no permission: {line}", shared, hint)
    if NO_TEXT.search(said):
        return TextError("the source has text that is not UTF-8", where)
    if LOST.search(said):
        return EngineError(f"the engine gave up: {line}", address, AGAIN)
    if isinstance(error, (AnalysisException, ParseException)) or not isinstance(error, SparkConnectGrpcException):
        hint = "the engine has to see the archive and the folder of --shared under the same names as this machine"
        return QueryError(line, where, hint if UNSEEN.search(said) else None)
    status = getattr(error, "_grpc_status_code", None) or getattr(error, "getGrpcStatusCode", lambda: None)()
    if getattr(status, "name", "") in ("UNAVAILABLE", "DEADLINE_EXCEEDED", "ABORTED"):
        return EngineError(f"the connection to the server is lost: {line}", address, AGAIN)
    return QueryError(line, where)


def _first_line(error: BaseException) -> str:
    lines = [" ".join(line.split()) for line in str(error).splitlines() if line.strip()]
    return lines[0][:300] if lines else type(error).__name__
