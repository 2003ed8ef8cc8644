"""Tables as folders of part files, as Spark, Hive and the hubs of data sets write them: the parts are the table.

`tracks/part-0….parquet`, `tracks.parquet/…`, `tracks-00000-of-00005.parquet` beside its siblings, and folders such as
`year=2020/` between, whose value is a column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from report.core.errors import SourceError
from report.core.folders import files_below, files_in, folders_in, is_work
from report.sources import HINT
from report.sources.files import parquet
from report.sources.schema import TABLES

PARQUET = (".parquet", ".parq", ".pq")
TEXT = (".csv", ".csv.gz", ".tsv", ".tsv.gz")
OF = re.compile(r"(.*?)(\d+)-of-(\d+)\b")
KEY = re.compile(r"([A-Za-z_]\w*)=(.*)")
NOTHING = "__HIVE_DEFAULT_PARTITION__"
# Folders by which programs keep several versions of a table: not all files beside them are of the latest.
VERSIONED = {"_delta_log": "Delta Lake", ".hoodie": "Hudi"}


@dataclass(frozen=True)
class Files:
    """The files of one table.

    Attributes:
        place: the file or the folder, for messages.
        paths: in order of name.
    """

    place: Path
    paths: tuple[Path, ...]

    @property
    def name(self) -> str:
        """The table's, as its place has it."""
        return self.place.name.partition(".")[0]

    @property
    def keys(self) -> list[str]:
        """Columns that are told by names of folders, such as `year=2020`."""
        return list(dict.fromkeys(key for path in self.paths for key in self.told(path)))

    def told(self, path: Path) -> dict[str, str]:
        """What names of folders tell of a part, by column; "" is no value."""
        found = (KEY.fullmatch(part) for part in path.relative_to(self.place).parts[:-1])
        return {match[1]: "" if match[2] == NOTHING else unquote(match[2]) for match in found if match}

    def relation(self, keys: Iterable[str] = (), *options: str) -> str:
        """A FROM clause of all parts.

        Args:
            keys: those of `keys` that the files do not have as columns themselves.
            options: of read_parquet.
        """
        if len(self.paths) == 1 and not keys:
            return parquet(self.paths[0], *options)
        if not keys:
            return parquet(self.paths, "union_by_name = true", *options)
        values = ", ".join(
            f"nullif(url_decode(regexp_extract(part_path, '.*/{key}=([^/]*)/', 1)), '{NOTHING}') as \"{key}\""
            for key in keys
        )
        parts = parquet(self.paths, "union_by_name = true", "filename = 'part_path'", *options)
        return f"(select * exclude (part_path), {values} from {parts})"

    def names(self, name: str) -> list[str]:
        """What the files are called inside the source, where the table is called `name`."""
        if self.paths == (self.place,):
            return [name]
        return [f"{name}/{path.relative_to(self.place).as_posix()}" for path in self.paths]


def is_parquet(path: Path) -> bool:
    """Whether a file is called as a Parquet file is."""
    return path.name.lower().endswith(PARQUET)


def is_text(path: Path) -> bool:
    """Whether a file is called as a table of text is."""
    return path.name.lower().endswith(TEXT)


def parts_below(folder: Path, is_part: Callable[[Path], bool] = is_parquet) -> Files | None:
    """The part files in a folder, at any depth; None where there are none.

    Raises:
        SourceError: a part is missing, or not all files are of the table.
    """
    paths = [
        path
        for path in files_below(folder)
        if is_part(path) and not any(part.startswith("_") for part in path.relative_to(folder).parts)
    ]
    if not paths:
        return None
    for name, program in VERSIONED.items():
        if (folder / name).is_dir():
            hint = "its files hold earlier versions as well: write one version to a folder of its own, and give that"
            raise SourceError(f"this is a table of {program}", folder, hint)
    if (folder / "_temporary").is_dir():
        hint = "run what writes it to its end, or take `_temporary` away where it is whole"
        raise SourceError("this table is half-written", folder / "_temporary", hint)
    return _whole(folder, paths)


def texts_below(folder: Path) -> Files | None:
    """The parts of a table of text: side by side, or in folders that tell a column."""

    def is_part(path: Path) -> bool:
        return is_text(path) and all(map(KEY.fullmatch, path.relative_to(folder).parts[:-1]))

    return parts_below(folder, is_part)


def folder_of(table: str) -> str:
    """The folder a table has in the nested layout: `spotify_clean_audio_features_parquet`."""
    return f"spotify_clean{TABLES[table].part}_parquet"


def find_tables(path: Path) -> dict[str, Files]:
    """The archive's tables below `path`, each a file or its parts; what is in a table's own folder goes first.

    Raises:
        SourceError: a table is there twice, or a part of it is missing.
    """
    found = {}
    for table in TABLES:
        for base in (path / folder_of(table), path, path / "data"):
            there = [files for files in _forms(base, table) if files]
            if len(there) > 1:
                places = " and ".join(files.place.name for files in there)
                raise SourceError(f"table `{table}` is there twice: {places}", base, "leave one of them")
            if there:
                found[table] = there[0]
                break
    return found


def _forms(base: Path, table: str) -> Iterable[Files | None]:
    """A table in a folder: as a file, as folders of parts, as parts side by side."""
    numbered = re.compile(rf"{table}[-_.](part[-_.]?)?\d+([-_.].*)?", re.IGNORECASE)
    beside = [path for path in files_in(base) if is_parquet(path) and numbered.fullmatch(path.name)]
    for suffix in ("", *PARQUET):
        place = base / f"{table}{suffix}"
        if suffix and place.is_file():
            yield Files(place, (place,))
        elif place.is_dir():
            yield parts_below(place)
    yield _whole(base, beside) if beside else None


def _whole(place: Path, paths: list[Path]) -> Files:
    """The parts, if none is missing of those that say how many they are."""
    numbers: dict[tuple[Path, str, int], set[int]] = {}
    for path in paths:
        match = OF.match(path.name)
        if match:
            numbers.setdefault((path.parent, match[1], int(match[3])), set()).add(int(match[2]))
    for (folder, start, total), there in numbers.items():
        if len(there) < total:
            message = f"{total - len(there)} of the {total} parts `{start}…` are missing"
            raise SourceError(message, folder, "fetch them all")
    return Files(place, tuple(paths))


def table_in(folder: Path) -> Path:
    """Where the flat table is in a folder that is no archive: the folder itself, of parts, or the one file in it.

    Raises:
        SourceError: there is no table, or there are several.
    """
    beside = [path for path in files_in(folder) if is_text(path) or is_parquet(path)]
    if any(map(is_parquet, files_below(folder))) and not any(map(is_text, beside)):
        return folder
    if len(beside) == 1:
        return beside[0]
    if any(map(is_parquet, beside)):
        raise SourceError("there are several tables in this folder", folder, f"give one of them; found {seen(folder)}")
    if texts_below(folder):
        return folder
    hint = f"found {seen(folder)}; {HINT}"
    databases = files_in(folder, "*.sqlite*") + files_in(folder, "*.db")
    if databases:
        hint = f"an archive's first database is called spotify_clean.sqlite3; found {seen(folder)}"
    for inner in folders_in(folder):
        if (inner / "spotify_clean.sqlite3").is_file() or find_tables(inner):
            hint = f"there is an archive in {inner.name}/: give {inner}"
    raise SourceError("no layout is recognised in this folder", folder, hint)


def seen(folder: Path, most: int = 8) -> str:
    """What lies in a folder, in words."""
    names = sorted(f"{path.name}/" if path.is_dir() else path.name for path in folder.iterdir() if is_work(path.name))
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}" if names else "nothing"
