"""Links as content has them and templates print them: each leads to a file of the site and to a place in it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.folders import files_in
from report.core.progress import Progress
from report.core.settings import Settings
from report.publication import Files
from report.writing.page import FIGURE

# An address that a template makes up is known only in the built site, which `check` looks at.
LINK = re.compile(r"""\]\(<?([^()<>\s{}]+)>?(?:\s[^()]*)?\)|\b(?:href|src)="([^"{}]+)\"""")
PRINTED = re.compile(r"""\s(?:href|src)="([^"]+)\"""")
ID = re.compile(r"""\bid="([^"]+)\"""")


def check_links(files: Files, settings: Settings, progress: Progress, is_strict: bool) -> bool:
    """Say which links lead nowhere, a line each, with file and line; whether there are none.

    Raises:
        ContentError: there is such a link and the build is strict.
    """
    errors = list(_broken(files, settings))
    for error in errors:
        if is_strict:
            raise error
        progress.say(f"WARNING: {error.message}, {error.where}")
    return not errors


def _broken(files: Files, settings: Settings) -> Iterator[ContentError]:
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
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if page in files else (), 1):
            is_code ^= line.startswith("```")
            for match in LINK.finditer("" if is_code or FIGURE.fullmatch(line) else line):
                address = match[1] or match[2]
                where = f"{path.relative_to(settings.root).as_posix()}:{number}"
                if address.partition("#")[0] not in listed and (error := _wrong(address, page, files, places, where)):
                    told.add((page, address))
                    yield error
    # What templates print; which of their lines did is not known.
    for page in [path for path in files if path.endswith(".html") and "/" not in path]:
        for address in dict.fromkeys(html.unescape(found) for found in PRINTED.findall(_text(files[page]))):
            if (page, address) not in told and (error := _wrong(address, page, files, places, page)):
                yield error


def _wrong(address: str, page: str, files: Files, places: Callable[[str], set[str]], where: str) -> ContentError | None:
    """What is wrong with an address on a page, given the places in each page; None where nothing is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith("/"):
        return None
    target, missing = posixpath.normpath(unquote(parts.path)) if parts.path else page, ""
    if target not in files:
        missing = f"the site has no `{target}`"
    elif parts.fragment and target.endswith(".html"):
        name = unquote(parts.fragment)
        if name not in places(target):
            missing = f"`{target}` has no place `{name}`"
    if not missing:
        return None
    # Looking for a name like it takes long.
    hint = suggest(target, files) or "correct the address, or make what it leads to"
    return ContentError(f"the link to `{address}` leads nowhere: {missing}", where, hint)


def _text(content: bytes | Path) -> str:
    return (content.read_bytes() if isinstance(content, Path) else content).decode()
