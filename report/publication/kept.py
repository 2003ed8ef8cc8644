"""What is costly to make, from the store if there is one."""

from __future__ import annotations

from collections.abc import Callable

from report.pages.rendering import SiteContext
from report.store import fingerprint


def kept(context: SiteContext, suffix: str, make: Callable[[], bytes], *parts: object) -> bytes:
    """The bytes that `make` gives, made once for these parts.

    Args:
        suffix: the file's ending in the store.
        parts: all that the result depends on, the code that makes it included.
    """
    if context.store is None:
        return make()
    return context.store.keep_bytes(fingerprint("publication", *parts), suffix, make)
