"""What an edition was made from, as one fingerprint: whether it stands is known before anything is opened for work."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core import queries
from report.core.errors import EditionError
from report.core.folders import folders_in
from report.core.settings import Settings
from report.run import Run
from report.sources import Source
from report.sources.table.columns import NAMES
from report.sql.engine import ENGINE
from report.warehouse.edition import Edition, manifest_at, read_edition
from report.warehouse.markers import macros, read_markers
from report.warehouse.published import published_tracks

# Named, since a build that has nothing to count loads no engine.
AGGREGATED_BY = "report.warehouse.aggregation:aggregate"
READ_BY = ("report.sources.blank:read_tables", ENGINE)
STAGED_BY = (
    "report.warehouse.staging:offer_source",
    "report.warehouse.staging:what_to_cut",
    "report.warehouse.staging:stage_table",
    ENGINE,
)
COUNTED_BY = ("report.warehouse.aggregation:make_cubes", ENGINE)


def reading_key(source: Source, run: Run) -> str:
    """Fingerprint of a source as it is read: its files, the code and the title markers that read them, the engine."""
    files = [(file.name, file.size, file.fingerprint) for file in source.files]
    markers = macros(read_markers(run.settings.queries / "markers.csv"))
    code = code_of(run.store, source.raw_tables, *READ_BY)
    server = [run.server.version, code_of(run.store, run.server.code)] if run.server else []
    return fingerprint(source.kind, source.layout, files, markers, NAMES.read_bytes(), code, *server)


def inputs_key(source: Source, run: Run) -> str:
    """Fingerprint of all that an edition of `source` depends on: the source as read, staging, cubes, markers,
    and the published number of tracks, by which a whole archive is known."""
    folder = run.settings.queries
    sql = [sorted(queries.read_sql(folder / name).items()) for name in ("staging", "cubes")]
    markers = read_markers(folder / "markers.csv")
    whole = published_tracks(run.settings.content / "published")
    return fingerprint(reading_key(source, run), code_of(run.store, AGGREGATED_BY), *sql, markers, whole)


def staging_keys(staging: dict[str, str], reading: str, folder: Path, store: Store) -> dict[str, str]:
    """Keys of the staging tables in the store, in the order in which they refer to each other."""
    keys: dict[str, str] = {}
    code = code_of(store, *STAGED_BY)
    for name in queries.in_order(staging, "staging", folder):
        upstream = [keys[other] for other in queries.references(staging[name], "staging") if other != name]
        keys[name] = fingerprint("staging", name, staging[name], reading, code, *upstream)
    return keys


def cube_keys(cubes: dict[str, str], keys: dict[str, str], store: Store) -> dict[str, str]:
    """Keys of the cubes in the store, by those of the staging tables."""
    code = code_of(store, *COUNTED_BY)
    return {
        name: fingerprint("cube", name, sql, code, *(keys.get(other, other) for other in needed))
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
