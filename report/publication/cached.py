"""What is costly to make, from the store if there is one; several files as one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

from report.cache.code import code_of, environment
from report.cache.store import fingerprint
from report.pages.context import SiteContext

BEGINNING = (1980, 1, 1, 0, 0, 0)


def cached(context: SiteContext, suffix: str, make: Callable[..., bytes], *given: object) -> bytes:
    """What a function gives for what it is given, made once.

    Args:
        suffix: the file's ending in the store.
        make: a function of a module, which depends on nothing but what it is given.
        given: what `str` tells from all else.
    """
    if context.store is None:
        return make(*given)
    key = fingerprint("publication", code_of(context.store, make), environment(), *given)
    return context.store.keep_bytes(key, suffix, partial(make, *given))


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files.

    Its bytes depend on its contents only: no dates, files in order of name, nothing compressed, since what compression
    gives differs from machine to machine.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, BEGINNING)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return content.getvalue()
