"""What every step of a build is given: its settings, where results are kept, whom to tell how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from report.cache.store import Store
from report.core.progress import Progress
from report.core.settings import Settings


@dataclass(frozen=True)
class Server:
    """An engine elsewhere.

    Attributes:
        code: what opens it, as `code_of` names it.
        version: which it is, such as "Spark 4.1.3".
        open: opens it.
    """

    code: str
    version: str
    open: Callable[[], AbstractContextManager]


@dataclass(frozen=True)
class Run:
    """One run of the program.

    Attributes:
        settings: report.toml and the command line.
        store: results by the fingerprint of what they were made from.
        may_replace: whether an edition of another source goes for one of the same name.
        progress: is told of stages, and says what a person should know.
        is_trial: whether pages are made without pictures, for their words and links to be checked before it draws.
        server: the engine elsewhere that counts; without one it is DuckDB.
    """

    settings: Settings
    store: Store
    progress: Progress
    may_replace: bool = False
    server: Server | None = None
    is_trial: bool = False

    @classmethod
    def of(cls, settings: Settings, progress: Progress, may_replace: bool = False, server: Server | None = None) -> Run:
        """A run whose store is in the cache folder of the settings."""
        return cls(settings, Store(settings.cache / "store"), progress, may_replace, server)
