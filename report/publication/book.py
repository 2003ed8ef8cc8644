"""The report as one document, to be printed: every page after the other, a contents, numbered sources.

It is made of the pages as they were built, so that nothing is said twice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from report.core.errors import SiteError
from report.core.texts import read_text

LISTED = re.compile(r"^- \[(.+?)\]\(([\w-]+)\.md\)", re.MULTILINE)
MAIN = re.compile(r'<main id="main">(.*?)</main>', re.DOTALL)
NOTICE = re.compile(r'<p class="notice">.*?</p>', re.DOTALL)
SPRITE = re.compile(r'<svg class="sprite".*?</svg>', re.DOTALL)
LANGUAGE = re.compile(r'<html lang="([\w-]+)"')
ID = re.compile(r'\sid="([^"]+)"')
REFERS = re.compile(r'\s(aria-labelledby|aria-describedby|for)="([^"]+)"')
LINK = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
PICTURE = re.compile(r'\s(src|srcset)="([^"]+)"')
# What is of no use on paper, or there once already, is not shown.
STYLE = """
.book-part { break-before: page; }
.book-contents li { margin: .2rem 0; }
.figure details, .actions, nav.contents, nav.pager, nav[aria-label="Breadcrumb"] { display: none !important; }
.book a::after { content: none !important; }
.book pre { columns: 1; }
.ref { font-size: .7em; vertical-align: super; line-height: 0; }
.book-sources li { overflow-wrap: anywhere; }
"""


@dataclass(frozen=True)
class Part:
    """A page of the site: `stem` is its address without ".html"."""

    stem: str
    title: str
    main: str


def parts_of(site: Path) -> list[Part]:
    """The pages of a built site in the order in which llms.txt lists them, the front page first.

    Raises:
        SiteError: there is no site, or not all of it.
    """
    listed = [(stem, title) for title, stem in LISTED.findall(_read(site, "llms.txt"))]
    listed.sort(key=lambda pair: pair[0] != "index")
    parts = []
    for stem, title in listed:
        found = MAIN.search(_read(site, f"{stem}.html"))
        if not found:
            raise SiteError("this page has no text to print", site / f"{stem}.html", "build the site again")
        parts.append(Part(stem, title, found[1]))
    return parts


def bound(site: Path, title: str, base_url: str, citation: str) -> str:
    """The document as HTML, which shows the pictures that lie in the site.

    Args:
        base_url: what links to files of the site lead to; without one they are words only.
        citation: how the report is cited, for the title page.

    Raises:
        SiteError: there is no site, or not all of it.
    """
    parts, front = parts_of(site), _read(site, "index.html")
    sources = Sources()
    bodies = [_body(part, parts, site, base_url, sources) for part in parts]
    notice, sprite, language = NOTICE.search(front), SPRITE.search(front), LANGUAGE.search(front)
    contents = "".join(f'<li><a href="#{part.stem}">{html.escape(part.title)}</a></li>\n' for part in parts)
    name = html.escape(title)
    return f"""<!doctype html>
<html lang="{language[1] if language else "en"}">
<head>
<meta charset="utf-8">
<title>{name}</title>
<link rel="stylesheet" href="{(site / "static/style.css").resolve().as_uri()}">
<style>{STYLE}</style>
</head>
<body class="book">
{sprite[0] if sprite else ""}
<div class="page">
<header><h1>{name}</h1>
<p class="standfirst">{html.escape(citation)}</p>
{notice[0] if notice else ""}</header>
<nav class="book-contents"><ol>
{contents}</ol></nav>
{"".join(bodies)}
{sources.listed()}
</div>
</body>
</html>
"""


class Sources:
    """The addresses that the document refers to, numbered in the order in which they are first named."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def number(self, address: str, name: str) -> int:
        """The number of an address; the first name that it is given is kept."""
        self._names.setdefault(address, " ".join(re.sub("<[^>]+>", "", name).split()))
        return list(self._names).index(address) + 1

    def listed(self) -> str:
        """The list of them, as HTML; "" where there are none."""
        items = "".join(self._items())
        return f'<ol class="book-part book-sources">\n{items}</ol>' if items else ""

    def _items(self) -> Iterator[str]:
        for number, (address, name) in enumerate(self._names.items(), 1):
            shown = html.escape(html.unescape(address))
            yield f'<li id="source-{number}">{name}: <a href="{address}">{shown}</a></li>\n'


def _body(part: Part, parts: list[Part], site: Path, base_url: str, sources: Sources) -> str:
    """A page's text, its anchors made unlike those of all other pages, its links leading within the document."""
    own, stems = set(ID.findall(part.main)), {each.stem for each in parts}

    def place(match: re.Match) -> str:
        names = " ".join(f"{part.stem}--{name}" if name in own else name for name in match[2].split())
        return f' {match[1]}="{names}"'

    def link(match: re.Match) -> str:
        before, href, after, words = match.groups()
        path, _, anchor = href.partition("#")
        if re.match("https?:", href):
            number = sources.number(href, words)
            marked = f'<sup class="ref"><a href="#source-{number}">{number}</a></sup>'
            return f'<a{before} href="{href}"{after}>{words}</a>{marked}'
        stem = path.removesuffix(".html") if path else part.stem
        if stem in stems:
            return f'<a{before} href="#{stem}{f"--{anchor}" if anchor else ""}"{after}>{words}</a>'
        return f'<a{before} href="{base_url}{href}"{after}>{words}</a>' if base_url else words

    def picture(match: re.Match) -> str:
        return f' {match[1]}="{(site / match[2]).resolve().as_uri()}"'

    text = LINK.sub(link, part.main)
    text = ID.sub(lambda match: f' id="{part.stem}--{match[1]}"', text)
    text = PICTURE.sub(picture, REFERS.sub(place, text))
    return f'<div class="book-part" id="{part.stem}">\n{text}</div>\n'


def _read(site: Path, name: str) -> str:
    try:
        return read_text(site / name)
    except OSError as error:
        raise SiteError("this file of the site is not there", site / name, "build the site first") from error
