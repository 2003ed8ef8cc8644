"""`build.py verify`: a site is whole, and what its data and the code here give; or the files are named that are not."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from building import ROOT

from report.cli import main
from report.figures.pictures import SUFFIXES, Pictures

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


@pytest.fixture(scope="module", autouse=True)
def blank() -> Iterator[None]:
    """Pictures are blank: nothing here is about them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        yield


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("verified")
    return ["--editions", str(ROOT / "editions"), "--cache", str(folder / "cache"), "--no-demo"]


@pytest.fixture(scope="module")
def built(places: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("built") / "site"
    assert main(["build", "--edition", "published", "--site", str(site), *places]) == 0
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


def verify(place: object, places: list[str]) -> int:
    return main(["verify", str(place), *places])


def test_sha256sum_reads_it(site: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=site, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")
    listed = {line[66:] for line in (site / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS", ".gitignore", ".nojekyll", ".liner-notes-site"}


def test_a_site_is_what_is_made_here(site: Path, places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(site, places) == 0
    assert "is what edition published and the code here give" in capsys.readouterr().err


def test_one_that_is_published_is_fetched(site: Path, places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        assert verify(address, places) == 0
        (site / "index.html").unlink()
        assert verify(address, places) == 1
        server.shutdown()
    assert "index.html is missing" in capsys.readouterr().err
    assert verify(address, places) == 1
    assert "the site does not answer" in capsys.readouterr().err


def test_a_file_that_was_changed_is_named(site: Path, places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (site / "duration.html").write_text("something else")
    assert verify(site, places) == 1
    said = capsys.readouterr().err
    assert "this site is not whole: 1 file" in said
    assert "duration.html is not what SHA256SUMS says" in said


def test_a_site_of_other_code_is_told(site: Path, places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Its own sums fit, so only making it again shows it."""
    page, sums = (site / "about.html").read_bytes(), (site / "SHA256SUMS").read_text("utf-8")
    (site / "about.html").write_bytes(page + b"more")
    (site / "SHA256SUMS").write_text(sums.replace(sha256(page).hexdigest(), sha256(page + b"more").hexdigest()))
    assert verify(site, places) == 1
    assert "about.html differs" in capsys.readouterr().err


def test_a_site_of_other_data_is_told(site: Path, places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    about = json.loads((site / "data/edition.json").read_text("utf-8"))
    (site / "data/edition.json").write_text(json.dumps({**about, "fingerprint": "0" * 64}))
    (site / "SHA256SUMS").write_text("", "utf-8")
    assert verify(site, places) == 1
    assert "is not the one that this site shows" in capsys.readouterr().err


@pytest.mark.parametrize(("sums", "said"), [(None, "there is no SHA256SUMS here"), ("x", "line 1 of SHA256SUMS")])
def test_no_site_of_ours(
    sums: str | None, said: str, tmp_path: Path, places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if sums:
        (tmp_path / "SHA256SUMS").write_text(sums)
    assert verify(tmp_path, places) == 1
    assert said in capsys.readouterr().err


def test_the_book_is_of_the_site_that_is_there(site: Path, places: list[str], tmp_path: Path) -> None:
    output = tmp_path / "book.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("report.hosting.printing.printed", lambda document, date: f"{date}\n{document}".encode())
        command = ["book", "--edition", "published", "--site", str(site), "--output", str(output), *places]
        assert main(command) == 0
    date, document = output.read_text("utf-8").split("\n", 1)
    assert date == "2025-07-31"
    assert document.count('class="book-part"') == len(list(site.glob("*.md")))
