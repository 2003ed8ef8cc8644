"""What the server and the builder share: how often the site was built, and what the last build complained of."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True)
class Shown:
    """What open pages are told.

    Attributes:
        version: grows with each new site.
        error: what the last build said if it failed, else "".
    """

    version: int = 1
    error: str = ""


class State:
    """The newest `Shown`; others can wait for a newer one."""

    def __init__(self) -> None:
        self.shown = Shown()
        self._changed = Condition()

    def change(self, shown: Shown) -> None:
        """Tell everybody who waits."""
        with self._changed:
            self.shown = shown
            self._changed.notify_all()

    def newer_than(self, known: Shown | None, seconds: float) -> Shown | None:
        """What is shown if it is not what is known, at once or as soon as it changes; None after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.shown != known, seconds)
            return self.shown if self.shown != known else None
