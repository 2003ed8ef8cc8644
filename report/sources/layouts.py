"""Which layout an archive or a table has, told from its path.

The readers are imported when a source is opened: a build that reads none loads none.
"""

from __future__ import annotations

from pathlib import Path

from report.core.errors import SourceError
from report.sources import HINT, Source


def open_source(path: Path) -> Source:
    """The source at `path`, its layout recognised and its tables and columns checked.

    Raises:
        SourceError: nothing is there, no layout is recognised, or tables or columns are missing.
    """
    from report.sources.parquet import ParquetArchive
    from report.sources.partfiles import table_in
    from report.sources.sqlite.archive import SqliteArchive
    from report.sources.table.flat import FlatTable

    try:
        # DuckDB and SQLite take names as UTF-8.
        str(path.absolute()).encode()
        if not path.exists():
            raise SourceError("there is no such file or folder", path, HINT)
        if path.name == "spotify_clean.sqlite3":
            path = path.parent
        if path.is_dir():
            for layout in (SqliteArchive, ParquetArchive):
                if layout.is_at(path):
                    return layout(path)
            return FlatTable(table_in(path))
        if path.suffix in {".sqlite3", ".sqlite", ".db"}:
            raise SourceError("this is one database of an archive", path, "give the folder it is in")
        if FlatTable.is_at(path):
            return FlatTable(path)
        raise SourceError("this is no file of tracks", path, HINT)
    except UnicodeEncodeError as error:
        raise SourceError("this path is not UTF-8 text", ascii(str(path)), "rename it, or link to it") from error
    except PermissionError as error:
        raise SourceError("no permission to read this", error.filename or path, "check its owner and mode") from error
    except OSError as error:
        raise SourceError(f"this cannot be read: {error.strerror or error}", error.filename or path) from error
