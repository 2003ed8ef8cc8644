"""What an edition was made from, as one fingerprint: whether it stands is known before anything is opened for work."""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from report import queries
from report.edition import Edition, manifest_at, read_edition
from report.errors import EditionError
from report.folders import files_in, folders_in
from report.markers import read_markers
from report.published import published_tracks
from report.settings import Settings
from report.sources import Source
from report.store import fingerprint

ENGINE = ("DuckDB", version("duckdb"))


def reading_key(source: Source, settings: Settings) -> str:
    """Fingerprint of a source as it is read: its files, the code and the title markers that read them, the
    engine."""
    files = [(file.name, file.size, file.fingerprint) for file in source.files]
    package = Path(__file__).parent
    read_by = [*files_in(package / "sources", "*.py"), *files_in(package / "engines", "*.py"), package / "audit.py"]
    code = [path.read_bytes() for path in read_by]
    markers = [(marker.name, marker.pattern, marker.note) for marker in read_markers(settings.queries / "markers.csv")]
    return fingerprint(source.kind, source.layout, files, *ENGINE, *code, markers)


def inputs_key(source: Source, settings: Settings) -> str:
    """Fingerprint of all that an edition of `source` depends on: the source as read, staging and cubes."""
    sql = [sorted(queries.read_sql(settings.queries / folder).items()) for folder in ("staging", "cubes")]
    return fingerprint(reading_key(source, settings), *sql)


def staging_keys(staging: dict[str, str], reading: str, folder: Path) -> dict[str, str]:
    """Keys of the staging tables in the store, in the order in which they refer to each other."""
    keys: dict[str, str] = {}
    for name in queries.in_order(staging, "staging", folder):
        upstream = [keys[other] for other in queries.references(staging[name], "staging") if other != name]
        keys[name] = fingerprint("staging", name, staging[name], reading, *upstream)
    return keys


def cube_keys(cubes: dict[str, str], keys: dict[str, str]) -> dict[str, str]:
    """Keys of the cubes in the store, by those of the staging tables."""
    return {
        name: fingerprint("cube", name, sql, *ENGINE, *(keys.get(other, other) for other in needed))
        for name, sql in cubes.items()
        for needed in [queries.references(sql, "staging")]
    }


def standing_edition(inputs: str, name: str | None, settings: Settings) -> Edition | None:
    """The edition made from these inputs, under `name` or any, or None where it has yet to be made."""
    folders = [settings.editions / name] if name else folders_in(settings.editions)
    whole = published_tracks(settings.content / "published")
    for folder in folders:
        # One that is damaged doesn't stand: it is what `aggregate it again` is said of.
        with suppress(EditionError):
            manifest = manifest_at(folder, whole)
            if manifest and manifest["inputs"] == inputs:
                return read_edition(folder, whole)
    return None
