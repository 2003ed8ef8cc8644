"""The preview's server: the files of the site, with a script put into each page on its way out."""

from __future__ import annotations

import errno
import json
import mimetypes
import re
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from report.errors import SettingsError
from report.preview.state import State

SCRIPT = Path(__file__).parent / "reload.js"
OWN = "_preview/"
SECONDS_BETWEEN_SIGNS = 15.0
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
NO_SITE = "<!doctype html><html lang=en><title>No site yet</title><body><p>There is no site yet.</p></body></html>"


class Server(ThreadingHTTPServer):
    """Serves a site folder.

    Args:
        base: path that the site lies under, "/" or such as "/liner-notes/".
        base_url: as the site was built with; its path is where the site lies here.

    Raises:
        SettingsError: the port is taken or may not be used, or the host is not this machine's.
    """

    daemon_threads = True

    def __init__(self, host: str, port: int, site: Path, base_url: str, state: State) -> None:
        self.site, self.state = site, state
        self.base = urlsplit(base_url).path or "/"
        try:
            super().__init__((host, port), Handler)
        except (OSError, OverflowError) as error:
            is_taken = getattr(error, "errno", None) == errno.EADDRINUSE
            message = f"port {port} is taken" if is_taken else f"cannot serve at {host}:{port}: {error}"
            raise SettingsError(message, "serve", "give another with --port, or 0 for any that is free") from None

    @property
    def address(self) -> str:
        """Where the site can be seen."""
        host, port = self.server_address[:2]
        return f"http://{host}:{port}{self.base}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file of the site, or what the preview itself needs."""
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.server.base):
            self._redirect(self.server.base) if path == "/" else self._missing()
            return
        name = path.removeprefix(self.server.base)
        if name == f"{OWN}reload.js":
            self._send(HTTPStatus.OK, SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        elif name == f"{OWN}events":
            self._events()
        else:
            self._file(name)

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are not worth a line each; errors of builds are."""

    def _file(self, name: str) -> None:
        parts = [part for part in name.split("/") if part]
        if any(part.startswith(".") or "\0" in part or "\\" in part for part in parts):
            self._missing()
            return
        path = self.server.site.joinpath(*parts)
        if path.is_dir() and name and not name.endswith("/"):
            self._redirect(f"{self.server.base}{name}/")
            return
        path = path / "index.html" if path.is_dir() else path
        try:
            content = path.read_bytes()
        except OSError:
            self._missing()
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind == "text/html":
            content = self._with_script(content.decode("utf-8", "replace")).encode()
        if kind.startswith("text/") or kind.endswith(("json", "xml")):
            kind += "; charset=utf-8"
        self._send(HTTPStatus.OK, content, kind)

    def _missing(self) -> None:
        page = self.server.site / "404.html"
        try:
            html = page.read_text(encoding="utf-8")
        except OSError:
            html = NO_SITE
        self._send(HTTPStatus.NOT_FOUND, self._with_script(html).encode(), "text/html; charset=utf-8")

    def _with_script(self, html: str) -> str:
        own, shown = self.server.base + OWN, self.server.state.shown
        script = (
            f'<script src="{escape(own)}reload.js" data-version="{shown.version}" data-events="{escape(own)}events">'
        )
        html = POLICY.sub(lambda policy: policy[1] + relaxed(policy[2]) + policy[3], html, count=1)
        before, end, after = html.rpartition("</body>")
        return f"{before}{script}</script>{end}{after}" if end else f"{after}{script}</script>"

    def _events(self) -> None:
        """Server-sent events: the state now, and whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        known = None
        try:
            while True:
                shown = self.server.state.newer_than(known, SECONDS_BETWEEN_SIGNS)
                # A line that says nothing finds out whether anybody is still there.
                line = f"data: {json.dumps(vars(shown))}" if shown else ":"
                self.wfile.write(f"{line}\n\n".encode())
                self.wfile.flush()
                known = shown or known
        except OSError:
            return

    def _redirect(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def relaxed(policy: str) -> str:
    """A page's content security policy with the preview's script and its events allowed; all else stays."""
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()}
    for name in ("script-src", "connect-src"):
        allowed = [source for source in rules.get(name, []) if source != "'none'"]
        rules[name] = allowed if "'self'" in allowed else [*allowed, "'self'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in rules.items())
