"""A browser, and the sample's site to look at, once for all tests; without a browser they are skipped and say why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from building import ROOT, settings_below
from places import Published, chosen, serving
from playwright.sync_api import Browser

from report.core.progress import Progress
from report.hosting.checks.built import BuiltSite, Skipped
from report.hosting.checks.chromium import chromium
from report.pipeline import build


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    opened = chromium()
    try:
        found = opened.__enter__()
    except Skipped as missing:
        pytest.skip(f"NOT TESTED IN A BROWSER: {missing.reason}; {missing.advice}")
    yield found
    opened.__exit__(None, None, None)


@pytest.fixture(scope="session")
def published(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The sample's site, built with the address at which it is then served."""
    folder = tmp_path_factory.mktemp("published")
    # What is kept goes by its content, so what the checkout has made already need not be made again.
    with suppress(OSError, shutil.Error):
        shutil.copytree(ROOT / ".cache/store", folder / "cache/store")
    with suppress(OSError, shutil.Error):
        shutil.copytree(ROOT / "editions/sample", folder / "editions/sample")
    (folder / "server").mkdir()
    (folder / "server/repository").symlink_to(folder / "site")
    with serving(folder / "server") as server, serving(folder / "site") as root:
        address = f"{server}repository/"
        settings = replace(settings_below(folder), base_url=address)
        build(settings, None, None, Progress())
        site = BuiltSite(settings)
        disk = f"{settings.site.resolve().as_uri()}/"
        yield Published(site, chosen(site), disk, root, address)
