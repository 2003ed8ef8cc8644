"""One SQLite database, opened to be read: what it is told apart from, and what its errors mean."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from report.core.errors import SourceError
from report.core.folders import files_in
from report.sources.files import DAMAGED
from report.sources.table.packing import SQLITE, kind_of, refusal

try:
    import fcntl
except ModuleNotFoundError:  # a system without it has no locks to ask
    fcntl = None

if TYPE_CHECKING:
    import pyarrow as pa

LOCK_SECONDS = 5
# The application id in the header of a sample's databases, so that whoever reads them knows what they are.
SYNTHETIC = 0x4C4E5359
HEADER = 100
# Text is read as its bytes.
UTF_16 = (2, 3)
# Of a -shm file, as SQLite lays it out for the locks of programs (UNIX_SHM_DMS).
IN_USE = 128


class UnfitError(Exception):
    """A value does not fit the type of its column, or a sum 63 bits."""


def check_header(database: Path) -> None:
    """Refuse what is no SQLite database, shorter than its header says, or holds its text otherwise than in UTF-8.

    Raises:
        SourceError: as said.
    """
    with database.open("rb") as file:
        header = file.read(HEADER)
    if (kind := kind_of(database)) not in ("text", SQLITE):
        raise refusal(kind, database, "a SQLite database")
    if len(header) < HEADER or not header.startswith(b"SQLite format 3\0"):
        raise SourceError("this is not a SQLite database", database, "check that it is unpacked and whole")
    if struct.unpack(">I", header[56:60])[0] in UTF_16:
        hint = "copy it into a database in UTF-8: sqlite3 DATABASE .dump | sqlite3 COPY"
        raise SourceError("this database holds its text in UTF-16", database, hint)
    (page_size,) = struct.unpack(">H", header[16:18])
    change_counter, pages = struct.unpack(">II", header[24:32])
    (valid_for,) = struct.unpack(">I", header[92:96])
    expected = pages * (65536 if page_size == 1 else page_size)
    # The page count is only kept when the change counters agree (older writers leave it stale).
    if change_counter == valid_for and pages and database.stat().st_size < expected:
        raise SourceError(
            "this database is truncated",
            database,
            f"it should have {expected:,} bytes and has {database.stat().st_size:,}; copy or fetch it again",
        )


def is_synthetic(database: Path) -> bool:
    """Whether the header says that the database is a sample of ours."""
    with database.open("rb") as file:
        header = file.read(HEADER)
    return header[68:72] == struct.pack(">I", SYNTHETIC)


def beside(database: Path, suffix: str) -> Path:
    """What SQLite keeps beside a database: its `-wal`, `-shm` or `-journal`."""
    return Path(f"{database}{suffix}")


def uri(database: Path) -> str:
    """The address under which SQLite opens the database for reading only.

    Of a database in WAL mode SQLite makes a -wal and a -shm file even to read it, unless it is told that nobody writes.
    Nobody does where neither is there: whoever opens such a database makes them.
    """
    with database.open("rb") as file:
        is_wal = file.read(HEADER)[18:20] == b"\2\2"
    log, index = beside(database, "-wal"), beside(database, "-shm")
    is_quiet = is_wal and not index.exists() and not (log.exists() and log.stat().st_size)
    return f"file:{quote(str(database.absolute()))}?mode=ro{'&immutable=1' if is_quiet else ''}"


@contextmanager
def leaving_no_trace(archive: Path) -> Iterator[None]:
    """Remove what SQLite makes beside the databases of an archive while they are read in the block.

    That is a -shm file where there is a -wal file without one. One that another program has come to use stays.

    Args:
        archive: its folder, or a file in it.
    """
    fresh = []
    # A folder that may not be listed is an error where it is read.
    with suppress(OSError):
        databases = files_in(archive if archive.is_dir() else archive.parent, "*.sqlite3")
        fresh = [index for index in (beside(database, "-shm") for database in databases) if not index.exists()]
    try:
        yield
    finally:
        for path in fresh:
            with suppress(OSError), path.open("r+b") as file:
                # SQLite holds this byte of the file, shared, as long as it has the file open.
                if fcntl:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, IN_USE)
                    path.unlink()


@contextmanager
def connect(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection for reading.

    Raises:
        SourceError: the database cannot be opened, or a query in the block fails.
    """
    con = None
    try:
        address = uri(database)
    except FileNotFoundError as error:
        raise SourceError("this database is not there any more", database, "put it back and run again") from error
    try:
        con = sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS)
        yield con
    except sqlite3.Error as error:
        raise explain(str(error), database) from error
    finally:
        if con:
            con.close()


def explain(message: str, database: Path) -> SourceError:
    """The error of the family for what SQLite said, through whichever driver."""
    if "locked" in message or "busy" in message:
        hint = "another program is writing to it: close it and run again"
        return SourceError("this database is locked", database, hint)
    if "not a database" in message:
        return SourceError("this is not a SQLite database", database, "check that it is unpacked and whole")
    if "malformed" in message or "I/O" in message or "corrupt" in message:
        return SourceError("this database is damaged", database, DAMAGED)
    journal = beside(database, "-journal")
    if ("unable to open" in message or "readonly" in message) and journal.exists():
        hint = (
            f"let SQLite undo what was left half-written, in a copy of both files: sqlite3 {database.name} .tables; "
            "or fetch the database again, without its journal"
        )
        return SourceError("a journal lies beside this database: a program that wrote to it was stopped", journal, hint)
    if "unable to open" in message or "readonly" in message:
        hint = "check the permissions of the file and its folder, which has to hold its -wal file where it has one"
        return SourceError("SQLite cannot open this database", database, hint)
    return SourceError(f"SQLite cannot read this database: {message}", database)


def read(database: Path, sql: str, rows: int = 1) -> pa.Table:
    """What a query gives, through Arrow's driver and a connection of its own.

    Args:
        rows: as many as the driver takes the columns' types from, and reads fastest.

    Raises:
        SourceError: the database cannot be opened, or the query fails.
        UnfitError: a row after those has a value of another type, or a sum is too large.
    """
    import adbc_driver_manager
    import adbc_driver_sqlite.dbapi

    batch = {"adbc.sqlite.query.batch_rows": str(rows)}
    try:
        with (
            adbc_driver_sqlite.dbapi.connect(uri(database)) as con,
            con.cursor(adbc_stmt_kwargs=batch) as cursor,
        ):
            # Connections that open and close side by side lock each other out for a moment where there is a -wal file.
            cursor.execute(f"pragma busy_timeout = {int(1000 * LOCK_SECONDS)}")
            cursor.fetchall()
            cursor.execute(sql)
            return cursor.fetch_arrow_table()
    except adbc_driver_manager.NotSupportedError as error:
        # On Ctrl-C the driver manager asks the driver to cancel the query. This one cannot, and says so instead.
        raise KeyboardInterrupt from error
    except (adbc_driver_manager.Error, OSError) as error:
        if "Type mismatch in column" in str(error) or "integer overflow" in str(error):
            raise UnfitError from error
        raise explain(str(error), database) from error
