"""What a site may weigh: past its budget a build is refused, and the old site stays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from report.cache.store import size_of
from report.core.errors import SiteError
from report.core.numbers import file_size
from report.core.settings import Settings

LARGEST_NAMED = 3


def check_budgets(files: Mapping[str, bytes | Path], settings: Settings) -> None:
    """Check the weight of a site before it is put in place.

    Args:
        files: path in the site -> its content, or the file that it is copied from.

    Raises:
        SiteError: a file, or all of them together, are over budget; names the largest.
    """
    sizes = {name: size_of(content) for name, content in files.items()}
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:LARGEST_NAMED]
    weighed = [("the site", sum(sizes.values()), settings.site_budget, "site_budget")]
    weighed += [(name, sizes[name], settings.file_budget, "file_budget") for name in largest[:1]]
    for what, size, budget, key in weighed:
        if size > budget:
            named = ", ".join(f"{name} ({file_size(sizes[name])})" for name in largest)
            raise SiteError(
                f"{what} has {file_size(size)}, over the budget of {file_size(budget)}",
                settings.site,
                f"the largest files are {named}; make them smaller, or raise {key} in report.toml",
            )
