"""The system's Chromium, driven by Playwright; neither is needed to build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from report.hosting.checks.built import Skipped

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It is not to look for updates or accounts; without a sandbox, because containers run it as root.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """Where Chromium is.

    Raises:
        Skipped: nowhere, or Playwright is not installed.
    """
    try:
        import playwright.sync_api  # noqa: F401
    except ModuleNotFoundError:
        raise Skipped("Playwright is not installed", "pip install -r requirements-dev.txt") from None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise Skipped("no Chromium was found", "Debian: apt-get install chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window.

    Raises:
        Skipped: there is none.
    """
    path = executable()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
