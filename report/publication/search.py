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

from report.core.texts import LANGUAGE
from report.pages.context import SiteContext, SitePages
from report.publication import Files
from report.publication.cached import cached, packed
from report.publication.search_records import Record, records

PATH = "search.html"
FOLDER = "pagefind"
# Of Pagefind's own files only these: the page has a form and a list of its own.
SCRIPTS = ("pagefind.js", "pagefind-worker.js", f"wasm.{LANGUAGE}.pagefind", "pagefind-entry.json")
PARTS = (".pf_meta", ".pf_index", ".pf_fragment")


class NoIndex(Exception):
    """Pagefind's program is missing or failed; the message says which."""


def search(context: SiteContext, site: SitePages) -> Files:
    """The search page and, where it can be made, the index under pagefind/."""
    found = records(site)
    if context.is_trial:
        return {PATH: _page(site, has_index=False)}
    try:
        made = cached(context, ".zip", _packed_index, found)
    except NoIndex as error:
        context.say(f"no search on this site: {error}")
        return {PATH: _page(site, has_index=False)}
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files: Files = {f"{FOLDER}/{name}": archive.read(name) for name in archive.namelist()}
    return {PATH: _page(site, has_index=True), **files}


def _page(site: SitePages, has_index: bool) -> bytes:
    say, claims = site.press.words.plain, site.ledger.claims if site.ledger else ()
    summary = say("search.summary", claims=len(claims) or None, terms=site.glossary and len(site.glossary.terms))
    return site.press.template(
        PATH, path=PATH, current="search", page={"title": say("search.title"), "summary": summary}, has_index=has_index
    ).encode()


def _packed_index(found: list[Record]) -> bytes:
    return packed(_index(found))


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
    files = {file["path"]: base64.b64decode(file["content"]) for file in _last_answer(requests)["files"]}
    return {name: files[name] for name in sorted(files) if name in SCRIPTS or name.endswith(PARTS)}


def _last_answer(requests: list[dict]) -> dict:
    """What Pagefind's program answers to the last request; it is asked one at a time.

    Its package's own interface takes an answer every tenth of a second, and waits for ever for a program that ended.
    """
    try:
        from pagefind_bin import get_executable

        # What it says in words goes nowhere; errors are answers.
        command, silent = [get_executable(), "--service"], subprocess.DEVNULL
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=silent) as service:
            for request in requests:
                message = json.dumps({"message_id": 1, "payload": request}).encode()
                service.stdin.write(base64.b64encode(message) + b",")
                service.stdin.flush()
                answer = b""
                while not answer.endswith(b","):
                    if not (block := service.stdout.read1()):
                        raise NoIndex(f"Pagefind ended early, with status {service.wait()}")
                    answer += block
                payload = json.loads(base64.b64decode(answer))["payload"]
                if payload["type"] == "Error":
                    raise NoIndex(f"Pagefind says: {payload['message']}")
            return payload
    except (ImportError, OSError) as error:
        raise NoIndex(f"Pagefind cannot be run: {error}") from None
