"""What a finding says of a tiny archive whose facts the test works out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from archives import Archive
from building import writing_below

from report.cache.store import Store
from report.core.progress import Progress
from report.core.settings import read_settings
from report.results.results import Results
from report.run import Run
from report.sources.layouts import open_source
from report.warehouse.aggregation import aggregate
from report.warehouse.published import read_published


@dataclass(frozen=True)
class Said:
    """The facts of one finding, its figures' rows by name, and what became of each table's rows and values."""

    facts: dict[str, object]
    rows: dict[str, list[dict]]
    tables: dict[str, dict]


@pytest.fixture(scope="session")
def say(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Archive], Said]:
    """`say("duration", archive)`: what the finding says of it."""
    published = read_published(root / "content/published")
    # What is kept goes by all that it is made of: one store for all, so that what is alike is made once.
    store = Store(tmp_path_factory.mktemp("store"))

    def ask(finding: str, archive: Archive) -> Said:
        folder = tmp_path_factory.mktemp("tiny")
        settings = writing_below(read_settings(root), folder)
        run = Run(settings, store, Progress())
        # Of the finding alone, but the archive keeps the contracts of all.
        edition = aggregate(open_source(archive.sqlite(folder / "archive")), "tiny", run)
        with Results(edition, published, settings.queries, store) as answers:
            answers.check_all()
            figures = [figure for figure in answers if figure.startswith(f"{finding}/")]
            rows = {figure.split("/")[1]: list(answers[figure].rows) for figure in figures}
            return Said(answers.facts_of(finding), rows, edition.manifest["tables"])

    return ask
