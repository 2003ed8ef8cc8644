"""The preview's server: the files of the site as GitHub Pages gives them, with a script put into each page.

A page is there without its `.html` as well, a folder's address gets its slash, and there is no folder under a file.
"""

from __future__ import annotations

import errno
import json
import mimetypes
import re
import socket
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from report.core.errors import SettingsError
from report.hosting.preview.state import State

SCRIPT = Path(__file__).parent / "reload.js"
OWN = "_preview/"
LOCAL = ("localhost", "127.0.0.1", "::1")
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
            ((self.address_family, *_), *_) = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM)
        except OSError:
            hint = "give a name or an address of this machine with --host, such as 127.0.0.1"
            raise SettingsError(f"there is no host `{host}`", "serve", hint) from None
        try:
            super().__init__((host, port), Handler)
        except OverflowError:
            raise SettingsError(f"{port} is not a port", "serve", "give one from 1 to 65535, or 0 for any") from None
        except OSError as error:
            place = f"cannot serve at {host}, port {port}: {error.strerror}"
            message = f"port {port} is taken" if error.errno == errno.EADDRINUSE else place
            hint = "give another with --port, or 0 for any that is free"
            if error.errno == errno.EADDRNOTAVAIL:
                hint = "give an address of this machine with --host, such as 127.0.0.1"
            raise SettingsError(message, "serve", hint) from None
        self.names = {*LOCAL, host.lower(), *([] if host in LOCAL else [socket.gethostname().lower()])}

    @property
    def address(self) -> str:
        """Where the site can be seen."""
        host, port = self.server_address[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}{self.base}"

    def is_asked_for(self, host: str) -> bool:
        """Whether a request's Host is this server: a page elsewhere can have its own name lead here, to read along.

        An address can't be made to lead elsewhere, so any will do.
        """
        name = urlsplit(f"//{host}").hostname or ""
        try:
            ip_address(name)
        except ValueError:
            return name in self.names
        return True


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A file of the site, or what the preview itself needs."""
        if not self.server.is_asked_for(self.headers.get("Host", "")):
            self._send(HTTPStatus.FORBIDDEN, b"This preview does not go by that name.\n", "text/plain; charset=utf-8")
            return
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.server.base):
            self._redirect(self.server.base) if path in ("/", self.server.base.rstrip("/")) else self._missing()
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
            self._redirect(f"{self.server.base}{'/'.join(map(quote, parts))}/")
            return
        if path.is_dir():
            path, name = path / "index.html", ""
        elif not path.exists() and parts:
            path = path.with_name(f"{path.name}.html")
        try:
            # There is no folder under a file.
            content = None if name.endswith("/") else path.read_bytes()
        except OSError:
            content = None
        if content is None:
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
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        # The preview at this port may lie elsewhere tomorrow.
        self.send_header("Cache-Control", "no-store")
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
