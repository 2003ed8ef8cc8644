"""The preview, with a real server: a saved file changes what is served; a broken page says why, the old site stays."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from archives import Archive
from building import ROOT, settings_below

from report.core.errors import SettingsError
from report.core.progress import Progress
from report.figures.pictures import SUFFIXES, Pictures
from report.hosting.preview.server import Server, relaxed
from report.hosting.preview.state import Shown, State
from report.pipeline import build

COPIED = ("build.py", "report.toml", "report", "queries", "content", "templates")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'
PATIENCE = 60


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def ask(server: Server, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
    """The first answer, whether it leads on or not."""
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=PATIENCE)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


class Events:
    """What an open page hears."""

    def __init__(self, address: str) -> None:
        self._stream = urllib.request.urlopen(address, timeout=PATIENCE)

    def next(self) -> dict:
        for line in self._stream:
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        raise EOFError

    def close(self) -> None:
        self._stream.close()


class TestServing:
    @pytest.fixture
    def server(self, tmp_path: Path) -> Iterator[Server]:
        site = tmp_path / "site"
        site.mkdir()
        page = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><body>Front</body>'
        (site / "index.html").write_text(page)
        (site / "404.html").write_text('<body><a href="/notes/index.html">front</a></body>')
        (site / ".hidden").write_text("hidden")
        (site / "data").mkdir()
        (site / "data/a.csv").write_text("a\n")
        (tmp_path / "secret").write_text("secret")
        with Server("127.0.0.1", 0, site, "https://example.org/notes/", State()) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield server
            server.shutdown()

    def test_pages_lie_under_the_path_of_the_sites_address(self, server: Server) -> None:
        assert server.address.endswith("/notes/")
        status, front = get(server.address)
        assert status == 200
        assert "Front" in front
        assert 'data-version="1" data-events="/notes/_preview/events"' in front
        root = server.address.removesuffix("notes/")
        assert get(root) == (200, front)
        assert get(root + "notes") == (200, front)
        assert get(f"{root}index.html")[0] == 404

    def test_the_policy_lets_the_script_in_and_nothing_else(self, server: Server) -> None:
        assert "content=\"default-src 'none'; script-src 'self'; connect-src 'self'\"" in get(server.address)[1]
        assert "EventSource" in get(f"{server.address}_preview/reload.js")[1]

    def test_other_files_are_as_they_are(self, server: Server) -> None:
        assert get(f"{server.address}data/a.csv") == (200, "a\n")

    @pytest.mark.parametrize("path", ["../secret", "%2e%2e/secret", "data/../../secret", ".hidden", "none", "data/%00"])
    def test_what_is_not_there(self, server: Server, path: str) -> None:
        status, page = get(server.address + path)
        assert status == 404
        assert 'href="/notes/index.html"' in page

    def test_a_folder_gets_its_slash_for_good(self, server: Server) -> None:
        for path, place in {"/notes": "/notes/", "/notes/data": "/notes/data/", "/": "/notes/"}.items():
            status, headers, _ = ask(server, path)
            assert (status, headers["Location"]) == (301, place)

    @pytest.mark.parametrize(
        ("path", "status"), [("about", 200), ("about.html", 200), ("about.html/", 404), ("about/", 404), ("data/", 404)]
    )
    def test_a_page_without_its_ending(self, server: Server, path: str, status: int) -> None:
        (server.site / "about.html").write_text("<body>About</body>")
        found, page = get(server.address + path)
        assert (found, "About" in page) == (status, status == 200)

    @pytest.mark.parametrize(
        ("host", "status"),
        [("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:8000", 200), ("192.168.0.7:8000", 200),
         ("evil.example:8000", 403), ("localhost.evil.example", 403), ("", 403)],
    )  # fmt: skip
    def test_only_by_its_own_name(self, server: Server, host: str, status: int) -> None:
        found, _, text = ask(server, "/notes/", {"Host": host})
        assert (found, "Front" in text) == (status, status == 200)

    def test_open_pages_hear_of_changes(self, server: Server) -> None:
        events = Events(f"{server.address}_preview/events")
        assert events.next() == {"version": 1, "error": ""}
        server.state.change(Shown(1, "error: no"))
        assert events.next() == {"version": 1, "error": "error: no"}
        server.state.change(Shown(2))
        assert events.next() == {"version": 2, "error": ""}
        events.close()

    def test_a_port_that_is_taken(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with pytest.raises(SettingsError, match="is taken"):
                Server("127.0.0.1", port, tmp_path, "", State())

    def test_an_address_of_the_sixth_version(self, tmp_path: Path) -> None:
        (tmp_path / "index.html").write_text("<body>Front</body>")
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip("this machine has no ::1")
        with Server("::1", 0, tmp_path, "", State()) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            assert server.address.startswith("http://[::1]:")
            assert "Front" in get(server.address)[1]
            server.shutdown()

    @pytest.mark.parametrize(
        ("host", "port", "message", "hint"),
        [
            ("no-such-host.invalid", 0, "there is no host `no-such-host.invalid`", "--host"),
            ("192.0.2.1", 0, "cannot serve at 192.0.2.1", "--host"),
            ("127.0.0.1", 99999, "99999 is not a port", "65535"),
        ],
    )
    def test_where_it_cannot_be(self, tmp_path: Path, host: str, port: int, message: str, hint: str) -> None:
        with pytest.raises(SettingsError, match=message) as error:
            Server(host, port, tmp_path, "", State())
        assert hint in error.value.hint

    def test_rules_that_were_there_stay(self) -> None:
        assert relaxed("script-src 'none'; connect-src 'self' x:; base-uri 'none'") == (
            "script-src 'self'; connect-src 'self' x:; base-uri 'none'"
        )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own, with a small edition and blank pictures in its cache."""
    folder = tmp_path_factory.mktemp("preview")
    for name in COPIED:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, folder / name, ignore=ignored) if source.is_dir() else shutil.copy(source, folder)
    archive = Archive(tracks=[{"duration_ms": 1000 * n} for n in range(1, 300)]).sqlite(folder / "archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        build(settings_below(folder, folder), archive, "tried", Progress())
    return folder


def test_saving_a_file_changes_what_is_served(project: Path) -> None:
    places = [part for name in ("site", "editions", "cache") for part in (f"--{name}", name)]
    command = [sys.executable, "build.py", "serve", "--port", "0", "--edition", "tried", "--no-demo", *places]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True, env=environment) as served:
        try:
            line = next(line for line in served.stderr if line.startswith("serving "))
            address = line.split()[1]
            assert address.startswith("http://127.0.0.1:")
            Thread(target=lambda: list(served.stderr), daemon=True).start()
            about = project / "content/en/about.md"
            before = about.read_text(encoding="utf-8")
            events = Events(f"{address}_preview/events")
            first = events.next()

            about.write_text(before + "\nA sentence just saved.\n", encoding="utf-8")
            saved = events.next()
            assert saved["version"] > first["version"]
            assert "A sentence just saved." in get(f"{address}about.html")[1]

            about.write_text(before + "\n{{ facts.no_such }}\n", encoding="utf-8")
            broken = events.next()
            assert broken["version"] == saved["version"]
            assert "error: " in broken["error"]
            assert "content/en/about.md" in broken["error"]
            assert "A sentence just saved." in get(f"{address}about.html")[1]
            assert "_preview" not in (project / "site/about.html").read_text(encoding="utf-8")

            about.write_text(before, encoding="utf-8")
            mended = events.next()
            assert mended["error"] == ""
            assert mended["version"] > saved["version"]
            assert "A sentence just saved." not in get(f"{address}about.html")[1]
            events.close()
        finally:
            served.terminate()
