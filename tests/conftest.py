"""What many tests start from."""

from __future__ import annotations

import signal
import zipfile
from pathlib import Path

import pytest
from building import ROOT, Aggregate, aggregated, writing_below
from dear import DEAR

from report.core.settings import Settings, read_settings
from report.warehouse.edition import Edition

REAL_SMALL = ROOT.parent / "shared/data/real-small"


def pytest_configure() -> None:
    """A shell that starts the tests in the background has them, and all that they start, ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a site stays in one process, and the dearest begin, so that all processes end at about one time."""

    def place(item: pytest.Item) -> int:
        names = (item.path.stem, item.path.parent.name)
        return min((DEAR.index(name) for name in names if name in DEAR), default=len(DEAR))

    for item in items:
        group = "browser" if item.path.parent.name == "browser" else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))
        if place(item) < len(DEAR):
            item.add_marker("dear")
    items.sort(key=place)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def settings(root: Path, tmp_path: Path) -> Settings:
    """The project's settings, writing below tmp_path."""
    return writing_below(read_settings(root), tmp_path)


@pytest.fixture
def aggregate(settings: Settings) -> Aggregate:
    """`aggregate(path, name="tried")`: the edition of an archive, made below tmp_path."""

    def make(path: Path, name: str | None = "tried", with_settings: Settings = settings) -> Edition:
        return aggregated(path, name, with_settings)

    return make


@pytest.fixture(scope="session")
def real_small() -> Path:
    """A real data set of 28,356 tracks in all layouts; it is not the project's to publish."""
    if not REAL_SMALL.is_dir():
        pytest.skip(f"the real data set is not at {REAL_SMALL}, so nothing was compared with its ground truth")
    return REAL_SMALL


@pytest.fixture(scope="session")
def real_sqlite(real_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data set's SQLite archive, unpacked."""
    folder = tmp_path_factory.mktemp("real-sqlite")
    with zipfile.ZipFile(real_small / "archive-sqlite.zip") as packed:
        packed.extractall(folder)
    return next(folder.rglob("spotify_clean.sqlite3")).parent
