"""The search page and its index, which Pagefind's program makes of the records; a browser reads it in pieces.

The index is made only when what it is made of has changed, and its bytes are the same each time. Where Pagefind has no
program for the machine, the build says so and the page as well; all else works.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from report.pages.rendering import SiteContext, SitePages
from report.publication import Files
from report.publication.kept import kept, packed
from report.publication.records import Record, records

LANGUAGE = "en"
PATH = "search.html"
FOLDER = "pagefind"
PROGRAM = "pagefind-bin"
# Of Pagefind's own files only these: the page has a form and a list of its own.
SCRIPTS = ("pagefind.js", "pagefind-worker.js", f"wasm.{LANGUAGE}.pagefind", "pagefind-entry.json")
PARTS = (".pf_meta", ".pf_index", ".pf_fragment")


class NoIndex(Exception):
    """Pagefind's program is missing or failed; the message says which."""


def search(context: SiteContext, site: SitePages) -> Files:
    """The search page and, where it can be made, the index under pagefind/."""
    found = records(site)
    parts = (Path(__file__).read_bytes(), *(part for record in found for part in astuple(record)))
    try:
        made = kept(context, ".zip", lambda: packed(_index(found)), _version(), *parts)
    except NoIndex as error:
        context.say(f"no search on this site: {error}")
        return {PATH: _page(site, has_index=False)}
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files: Files = {f"{FOLDER}/{name}": archive.read(name) for name in archive.namelist()}
    return {PATH: _page(site, has_index=True), **files}


def _page(site: SitePages, has_index: bool) -> bytes:
    kinds = ["Pages", "figures", *(["claims"] if site.ledger else []), *(["terms"] if site.glossary else [])]
    summary = f"{', '.join(kinds[:-1])} and {kinds[-1]} of this report, by their words."
    return site.press.template(
        PATH, path=PATH, current="search", page={"title": "Search", "summary": summary}, has_index=has_index
    ).encode()


def _version() -> str:
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        raise NoIndex(f"{PROGRAM} is not installed") from None


def _index(found: list[Record]) -> dict[str, bytes]:
    """Pagefind's files by name."""
    requests: list[dict] = [{"type": "NewIndex", "config": {"force_language": LANGUAGE}}]
    requests += [
        {
            "type": "AddRecord",
            "index_id": 0,
            "url": record.url,
            "content": f"{record.title.rstrip('.')}. {record.text}",
            "language": LANGUAGE,
            "meta": {"title": record.title, "kind": record.kind},
            "filters": {},
            "sort": {},
        }
        for record in found
    ]
    requests.append({"type": "GetFiles", "index_id": 0})
    *answers, last = _asked(requests)
    for answer in (*answers, last):
        if answer["type"] == "Error":
            raise NoIndex(f"Pagefind says: {answer['message']}")
    files = {file["path"]: base64.b64decode(file["content"]) for file in last["files"]}
    return {name: files[name] for name in sorted(files) if name in SCRIPTS or name.endswith(PARTS)}


def _asked(requests: list[dict]) -> list[dict]:
    """What Pagefind's program answers to each request, in order.

    Its package's own interface looks for answers every tenth of a second only; the index is made in less.
    """
    try:
        from pagefind_bin import get_executable

        # What it says in words goes nowhere; errors are answers.
        service = subprocess.Popen(
            [get_executable(), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (ImportError, OSError) as error:
        raise NoIndex(f"Pagefind cannot be run: {error}") from None
    with service:
        writer = Thread(target=_write, args=(service.stdin, requests), daemon=True)
        writer.start()
        answers = []
        for answer in _read(service.stdout):
            answers.append(answer)
            if len(answers) == len(requests):
                break
        # It ends when nothing more can come.
        writer.join()
        with suppress(OSError):
            service.stdin.close()
    if len(answers) < len(requests):
        raise NoIndex(f"Pagefind ended early, with status {service.returncode}")
    return sorted(answers, key=lambda answer: answer["id"])


def _write(stream: BinaryIO, requests: list[dict]) -> None:
    # A program that has ended takes nothing more; the reader sees that as well.
    with suppress(OSError):
        for number, request in enumerate(requests):
            message = json.dumps({"message_id": number, "payload": request}).encode()
            stream.write(base64.b64encode(message) + b",")
        stream.flush()


def _read(stream: BinaryIO) -> Iterator[dict]:
    rest = b""
    while block := stream.read1(1 << 16):
        *messages, rest = (rest + block).split(b",")
        for message in messages:
            answer = json.loads(base64.b64decode(message))
            yield {"id": answer["message_id"], **answer["payload"]}
