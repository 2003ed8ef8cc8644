"""Where a site is opened from: a disk, a server's root, a folder of a server; and what goes wrong meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page

from report.hosting.checks.built import BuiltSite

# Pages that come by the dozen from one template: some stand for all where each page is opened several times.
MANY = ("embed/", "editions/")
ONE_IN = 12


@dataclass(frozen=True)
class Published:
    """A site, published.

    Attributes:
        site: as the checks read it; its base_url is `folder`.
        paths: the pages; of those that come by the dozen, some.
        disk, root, folder: addresses it can be opened at, each ending in a slash.
    """

    site: BuiltSite
    paths: list[str]
    disk: str
    root: str
    folder: str


def chosen(site: BuiltSite) -> list[str]:
    """Every page, and some of those that come by the dozen."""
    many = [path for path in site.documents if path.startswith(MANY)]
    return [path for path in site.documents if path not in many] + many[::ONE_IN]


def watch(page: Page, place: str) -> list[str]:
    """The troubles of all that `page` opens from now on: errors, and requests that fail or leave `place`."""
    troubles: list[str] = []

    def say(what: str) -> None:
        troubles.append(f"{page.url.removeprefix(place)}: {what}")

    page.on("console", lambda message: say(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: say(str(error)))
    page.on("dialog", lambda dialog: (say(f"opened a dialog: {dialog.message}"), dialog.dismiss()))
    # What is still on its way when the next page is opened is given up.
    page.on(
        "requestfailed",
        lambda request: None if "ERR_ABORTED" in request.failure else say(f"{request.url} failed: {request.failure}"),
    )
    page.on("response", lambda answer: say(f"{answer.url} gave {answer.status}") if answer.status >= 400 else None)
    page.on("request", lambda request: None if request.url.startswith((place, "data:")) else say(f"asks {request.url}"))
    return troubles


class Quiet(SimpleHTTPRequestHandler):
    """A server of files like those that sites are published on: 404.html stands for what is not there."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *_: object, **__: object) -> None:
        """Answer with the site's own page, whether the site is the folder or lies in it."""
        folder = Path(self.directory)
        found = [*folder.glob("404.html"), *folder.glob("*/404.html")] if code == 404 else []
        text = found[0].read_bytes() if found else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; gives its address, ending in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
