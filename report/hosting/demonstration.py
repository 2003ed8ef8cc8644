"""The demonstration: the whole report of an invented archive, beside a report of real figures.

It shows how each figure would be counted and drawn. It is stamped on every page, and in no list of the public report:
not in its feed, its sitemap or its search.
"""

from __future__ import annotations

from dataclasses import replace

from report.core.errors import SettingsError
from report.core.kinds import standing_of
from report.hosting.report import report_of
from report.publication import Files
from report.run import Run
from report.warehouse.edition import Edition

FOLDER = "demo"


def demonstration_of(edition: Edition, run: Run) -> Files:
    """Every file of the demonstration, by its place in the site.

    Raises:
        SettingsError: the edition is of real figures.
    """
    settings = run.settings
    if standing_of(edition.manifest).is_real:
        raise SettingsError(
            f"`demo` names `{edition.name}`, which is no invented archive's edition",
            settings.root / "report.toml",
            'set demo to "sample", or to "" for no demonstration',
        )
    base = settings.base_url and f"{settings.base_url}{FOLDER}/"
    own = replace(run, settings=replace(settings, base_url=base))
    files, _ = report_of(edition, None, own, is_demo=True)
    return {f"{FOLDER}/{name}": content for name, content in files.items()}
