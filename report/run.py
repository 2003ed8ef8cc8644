"""What every step of a build is given: its settings, where results are kept, whom to tell how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from report.progress import Progress
from report.settings import Settings
from report.store import Store


@dataclass(frozen=True)
class Run:
    """One run of the program.

    Attributes:
        settings: report.toml and the command line.
        store: results by the fingerprint of what they were made from.
        may_replace: whether an edition of another source goes for one of the same name.
        progress: is told of stages, and says what a person should know.
    """

    settings: Settings
    store: Store
    progress: Progress
    may_replace: bool = False

    @classmethod
    def of(cls, settings: Settings, progress: Progress, may_replace: bool = False) -> Run:
        """A run whose store is in the cache folder of the settings."""
        return cls(settings, Store(settings.cache / "store"), progress, may_replace)
