"""The built-in sample as a source: known by its recipe, written only when an edition of it has to be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.folders import files_in
from report.core.settings import Settings
from report.sources import Extent, SourceFile

if TYPE_CHECKING:
    from report.run import Run
    from report.sources.relations import RawTable
    from report.sql.engine import Engine

# About how many rows the tables have for each track, to say how long it takes before they are written.
ROWS_A_TRACK = {
    "tracks": 1.0, "albums": 0.23, "artists": 0.06, "track_artists": 1.36, "artist_albums": 0.44, "artist_genres": 0.01,
    "available_markets": 0.0004, "track_audio_features": 1.0,
}  # fmt: skip
RECIPE = "report.synthetic:write_sample"


class BuiltInSample:
    """A synthetic archive of fixed size and seed, under the cache folder."""

    kind = "synthetic"
    layout = "sqlite"
    reading = None

    def __init__(self, settings: Settings, store: Store) -> None:
        self._published = settings.content / "published"
        figures = [path.read_bytes() for path in files_in(self._published, "*.csv")]
        self._key = fingerprint(code_of(store, RECIPE), *figures)
        self._folder = settings.cache / "sample" / self._key[:16]
        self.files: list[SourceFile] = [SourceFile("the built-in sample's recipe", 0, self._key)]

    def extents(self, store: Store) -> dict[str, Extent]:
        from report.sources.sqlite.archive import SqliteArchive
        from report.synthetic import TRACK_COUNT

        if SqliteArchive.is_at(self._folder):
            return SqliteArchive(self._folder).extents(store)
        rows = {table: round(TRACK_COUNT * share) for table, share in ROWS_A_TRACK.items()}
        return {table: Extent(count, 1.0, is_loose=True) for table, count in rows.items()}

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        from report.sources.sqlite.archive import SqliteArchive
        from report.synthetic import write_sample

        run.store.used.add(self._folder)
        if not SqliteArchive.is_at(self._folder):
            # Without a number of rows: most of the time passes before the first and after the last is counted.
            with run.progress.stage("write the sample archive") as stage:
                write_sample(
                    self._folder,
                    on_progress=lambda done: stage.advance(done - stage.done),
                    published=self._published,
                )
        return SqliteArchive(self._folder).raw_tables(engine, run)
