"""What a finding says of a tiny archive whose facts the test works out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from report.answers import Answers
from report.edition import Edition
from report.published import read_published
from report.settings import Settings
from report.store import Store
from tests.archives import Archive


@dataclass(frozen=True)
class Said:
    """The facts of one finding, and its figures' rows by name."""

    facts: dict[str, object]
    rows: dict[str, list[dict]]


@pytest.fixture
def say(
    aggregate: Callable[..., Edition], settings: Settings, root: Path, tmp_path: Path
) -> Callable[[str, Archive], Said]:
    """`say("duration", archive)`: what the finding says of it."""

    def ask(finding: str, archive: Archive) -> Said:
        edition = aggregate(archive.sqlite(tmp_path / "archive"))
        published = read_published(root / "content/published")
        with Answers(edition, published, root / "queries", Store(settings.cache / "store")) as answers:
            rows = {
                figure.split("/")[1]: list(answers[figure].rows)
                for figure in answers
                if figure.startswith(f"{finding}/")
            }
            return Said(answers.facts_of(finding), rows)

    return ask
