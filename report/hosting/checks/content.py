"""Content: every page is led to and named once, every file is used, and no text betrays a slip of the build."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from report.hosting.checks.built import SEARCH, BuiltSite, Document, Fault
from report.hosting.checks.links import addresses

# Asked for by name, by servers, browsers and programs.
ENTRIES = {"index.html", "404.html", "robots.txt", "sitemap.xml", "feed.xml", "atom.xml", "llms.txt", "favicon.ico",
           "SHA256SUMS", "croissant.json", "datapackage.json"}  # fmt: skip
# The search's own, and what the archive of all data and datapackage.json list for programs.
UNNAMED = (SEARCH, "data/published/", "data/cubes/", "data/changes.json")
CARDS = "cards/"
# Where the report of another edition lies, with files of the same names.
ANOTHER = re.compile(r"editions/[^/]+/|demo/")
SLIP = re.compile(
    r"\{\{|\}\}|\{%|%\}|\bundefined\b|\bNaN\b|\bnan%?(?=\s|$)|<class '|\bobject at 0x|\bUnknown\(|\bTODO\b"
)


def check(site: BuiltSite) -> Iterator[Fault]:
    """Pages, files that nothing names, and text."""
    titles: dict[str, list[str]] = defaultdict(list)
    for path, document in site.documents.items():
        site.counts["pages"] += 1
        titles[document.title].append(path)
        yield from _page(document)
    for title, paths in titles.items():
        # Reports of other editions repeat the titles.
        own = [path for path in paths if not ANOTHER.match(path)]
        for path in own[1:]:
            yield Fault(path, None, f"has the title of {own[0]}: “{title}”", "give each page a title of its own")
    named = set(_named(site))
    # A page names its card by the address of publication.
    unnamed = UNNAMED if site.settings.base_url else (*UNNAMED, CARDS)
    for path in site.files:
        own = path[at.end() :] if (at := ANOTHER.match(path)) else path
        if path not in named and posixpath.basename(path) not in ENTRIES and not own.startswith(unnamed):
            advice = "link to it from a page, or do not write it"
            yield Fault(path, None, "no page, picture or list names this file", advice)


def _page(document: Document) -> Iterator[Fault]:
    if not document.title.strip():
        yield Fault(document.path, None, "has no title", "fill the template's title block")
    named = {element.attributes.get("name"): element.attributes for element in document.every("meta")}
    is_found = document.path != "404.html" and "noindex" not in named.get("robots", {}).get("content", "")
    if is_found and "description" not in named:
        yield Fault(document.path, None, "has no description", "give it a summary in its front matter")
    headings = list(document.every("h1"))
    if len(headings) != 1:
        yield Fault(document.path, None, f"has {len(headings)} first headings", "give each page one h1")
    for line, text in document.texts:
        slip = SLIP.search(text)
        if slip:
            yield Fault(document.path, line, f"shows “{slip[0]}”", "look at the fact or template behind it")


def _named(site: BuiltSite) -> Iterator[str]:
    """Every file that another file of the site names."""
    for path, document in site.documents.items():
        for element in document.elements:
            for address, _ in addresses(element):
                yield from _target(site, path, address)
    for path in site.of_kind(".css", ".md", ".txt", ".xml", ".json"):
        for address in re.findall(r"[\w./-]+\.\w{2,5}", site.text(path)):
            yield from _target(site, path, address)


def _target(site: BuiltSite, path: str, address: str) -> Iterator[str]:
    base = site.settings.base_url
    if base and address.startswith(base):
        yield unquote(urlsplit(address.removeprefix(base)).path) or "index.html"
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(urlsplit(address).path)))
    if target != path:
        yield target
