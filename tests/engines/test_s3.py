"""An archive at s3:// is read by the engine itself, and staging lies there too; S3 is moto's, on this machine."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.fs as file_systems
import pytest
from building import aggregated
from elsewhere import SECONDS_TO_START, answers, free_port, recut_of, serving
from test_same_cubes import hostile_archive

from report.core.progress import Progress
from report.core.settings import Settings
from report.engines.elsewhere import reach
from report.pipeline import edition_of
from report.run import Run

SERVER = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket; whoever is started from here on finds its server and its keys."""
    port = free_port()
    at = f"http://127.0.0.1:{port}"
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED": "true"}
    regions = dict.fromkeys(("AWS_REGION", "AWS_DEFAULT_REGION"), "us-east-1")
    # Arrow's file system and the engine's each have a name of their own for it.
    places = {**dict.fromkeys(("AWS_ENDPOINT_URL", "AWS_ENDPOINT"), at), "AWS_ALLOW_HTTP": "true"}
    for name, value in {**keys, **regions, **places}.items():
        monkeypatch.setenv(name, value)
    with (
        (tmp_path / "s3.log").open("wb") as log,
        subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stdout=log, stderr=log) as server,
    ):
        try:
            began = time.monotonic()
            while not answers(port):
                assert server.poll() is None and time.monotonic() - began < SECONDS_TO_START
                time.sleep(0.1)
            urllib.request.urlopen(urllib.request.Request(f"{at}/bucket", method="PUT"), timeout=30).close()
            yield "s3://bucket"
        finally:
            server.kill()


def test_an_archive_there_has_the_cubes_of_one_here(bucket: str, tmp_path: Path, settings: Settings) -> None:
    recut = recut_of(hostile_archive(tmp_path / "archive"), settings, tmp_path / "recut")
    here = aggregated(recut, "here", replace(settings, editions=settings.editions / "of-here"))
    there, place = file_systems.FileSystem.from_uri(f"{bucket}/archive")
    file_systems.copy_files(
        str(recut), place, source_filesystem=file_systems.LocalFileSystem(), destination_filesystem=there
    )
    port = free_port()
    with serving(port, tmp_path / "sail.log"):
        address, shared = f"sc://127.0.0.1:{port}", f"{bucket}/shared"
        source, server = reach(f"{bucket}/archive", address, shared, settings.cache)
        made = edition_of(source, "there", Run.of(settings, Progress(), may_replace=True, server=server))
    assert made.manifest["cubes"] and made.manifest["cubes"] == here.manifest["cubes"]
    assert made.manifest["tables"] == here.manifest["tables"]
    assert there.get_file_info(file_systems.FileSelector("bucket/shared", recursive=True))
