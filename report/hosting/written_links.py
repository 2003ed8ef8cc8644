"""Links as content has them and templates print them: each leads to a file of the site and to a place in it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from report.core.facts import suggest
from report.core.folders import files_below, files_in
from report.core.progress import Progress
from report.core.settings import Settings
from report.core.texts import read_text
from report.publication import Files
from report.writing.page import FIGURE, Problem
from report.writing.review import tell

# An address of a page's own words: what holds a fact is known only as it is printed.
LINK = re.compile(
    r"""\]\(<?([^()<>\s{}]+)>?(?:\s[^()]*)?\)|^\[[^\]^]+\]:\s+<?([^<>\s{}]+)|\b(?:href|src)="([^"{}]+)\""""
)
PRINTED = re.compile(r"""\s(?:href|src)="([^"]+)\"""")
ID = re.compile(r"""\bid="([^"]+)\"""")
# What Jinja fills in, and an address that may hold it.
FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
WRITTEN = re.compile(
    rf"""\]\(<?((?:{FILLED.pattern}|[^()<>\s{{])+)|\b(?:href|src)=\\?"((?:{FILLED.pattern}|[^"{{])+)\""""
)


def check_links(files: Files, settings: Settings, progress: Progress, is_strict: bool) -> bool:
    """Say which links lead nowhere, a line each, with file and line; whether there are none.

    Raises:
        ContentError: there are such links and the build is strict.
    """
    found = list(_broken(files, settings))
    if is_strict:
        tell(found)
    for problem in found:
        progress.say(f"WARNING: {problem.message}, {problem.where}")
    return not found


def _broken(files: Files, settings: Settings) -> Iterator[Problem]:
    told = set()

    @cache
    def places(page: str) -> set[str]:
        return {*map(html.unescape, ID.findall(_text(files[page]))), "top"}

    folders = (folder for root in (settings.content, settings.content / "en") for folder in (root, root / "findings"))
    # A finding without a page is listed on the front page, and links to it lead there.
    findings = (path for pattern in ("*.md", "*.toml") for path in files_in(settings.content / "findings", pattern))
    listed = {f"{path.stem}.html" for path in findings} - files.keys()
    for path in (path for folder in folders for path in files_in(folder, "*.md")):
        page, is_code = f"{path.stem}.html", False
        for number, line in enumerate(read_text(path).splitlines() if page in files else (), 1):
            is_code ^= line.startswith("```")
            for match in LINK.finditer("" if is_code or FIGURE.fullmatch(line) else line):
                address = next(filter(None, match.groups()))
                missing = address.partition("#")[0] not in listed and _missing(address, page, files, places)
                if missing:
                    told.add((page, address))
                    yield _problem(address, missing, f"{path.relative_to(settings.root).as_posix()}:{number}", files)
    # What else is printed: by templates, or by words that stand on several pages.
    for page in [path for path in files if path.endswith(".html") and "/" not in path]:
        for address in dict.fromkeys(html.unescape(found) for found in PRINTED.findall(_text(files[page]))):
            if (page, address) not in told and (missing := _missing(address, page, files, places)):
                where = _written_at(address, settings) or page
                # A template prints the same on every page.
                if (where, address) not in told:
                    told.add((where, address))
                    yield _problem(address, missing, where, files)


def _problem(address: str, missing: str, where: str, files: Files) -> Problem:
    target = posixpath.normpath(unquote(urlsplit(address).path))
    # Looking for a name like it takes long.
    hint = suggest(target, files) or "correct the address, or make what it leads to"
    return Problem(where, f"the link to `{address}` leads nowhere: {missing}", hint)


def _missing(address: str, page: str, files: Files, places: Callable[[str], set[str]]) -> str:
    """What an address on a page leads to that is not there, given the places in each page; "" where all is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith("/"):
        return ""
    target = posixpath.normpath(unquote(parts.path)) if parts.path else page
    if target not in files:
        return f"the site has no `{target}`"
    if parts.fragment and target.endswith(".html") and unquote(parts.fragment) not in places(target):
        return f"`{target}` has no place `{unquote(parts.fragment)}`"
    return ""


def _written_at(address: str, settings: Settings) -> str:
    """File and line of the words or the template that an address was most likely printed from; "" if none is like it.

    Of several that could have printed it, it is the one of which the most letters are not filled in.
    """
    best, where = 0, ""
    for folder in (settings.content, settings.templates):
        for path in files_below(folder):
            if path.suffix not in (".md", ".html"):
                continue
            for number, line in enumerate(read_text(path).splitlines(), 1):
                for match in WRITTEN.finditer(line):
                    written = next(filter(None, match.groups()))
                    literal = FILLED.split(written)
                    letters = len("".join(literal))
                    if letters > best and re.fullmatch(".*".join(map(re.escape, literal)), address):
                        best, where = letters, f"{path.relative_to(settings.root).as_posix()}:{number}"
    return where


def _text(content: bytes | Path) -> str:
    return (content.read_bytes() if isinstance(content, Path) else content).decode()
