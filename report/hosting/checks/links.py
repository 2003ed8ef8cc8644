"""Links: every address in the site leads somewhere, nothing is loaded from elsewhere, nothing leads to the data.

Read are pages, pictures, the stylesheet, feed and sitemap, and the Markdown alternates with their list.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from report.hosting.checks.built import BuiltSite, Element, Fault

# Where a page names what the browser loads by itself; <link> is loaded or not by what it is.
LOADED = {
    "img": ("src", "srcset"), "source": ("src", "srcset"), "script": ("src",), "iframe": ("src",), "video": ("src",),
    "audio": ("src",), "track": ("src",), "embed": ("src",), "object": ("data",), "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"), "input": ("src",),
}  # fmt: skip
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon", "prefetch"}
FOLLOWED = ("a", "area", "form")
# Attributes that name ids of the same page.
NAMES_IDS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "aria-owns", "for", "headers")
META = {"og:image", "og:url", "twitter:image", "citation_public_url", "citation_pdf_url", "citation_abstract_html_url"}

ADDRESS = re.compile(r"""(?:href|src|xlink:href)\s*=\s*["']([^"']*)["']""")
IN_XML = re.compile(r"<(?:loc|guid|id|link|url)(?:\s[^>]*)?>\s*(https?://[^<\s]+)")
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
IN_MARKDOWN = re.compile(r"\]\(<?([^)>\s]+)")
THE_DATA = re.compile(r"^magnet:|^ipfs:|\.torrent\b|//[^/]*\bannas-archive\b|//huggingface\.co/datasets", re.IGNORECASE)
MACHINE = re.compile(
    r"(?<![\w./:-])(?:/(?:home|Users|root|tmp|work|runner|private/var)/[\w.~-]+|file:///|[A-Za-z]:\\\w)"
)
TEXT = (".html", ".svg", ".css", ".csv", ".json", ".md", ".txt", ".xml", ".js")

NOT_FOUND = "404.html"
RESOLVE = "correct the address, or see that the build writes what it leads to"


def check(site: BuiltSite) -> Iterator[Fault]:
    """Every address, every id, and every text for paths of the machine that built it."""
    for path in site.documents:
        yield from _page(site, path)
    for path in site.of_kind(".svg", ".xml", ".css", ".md", ".txt"):
        yield from _file(site, path)
    root = str(site.settings.root)
    for path in site.of_kind(*TEXT):
        for number, line in enumerate(site.text(path).splitlines(), 1):
            if root in line or MACHINE.search(line):
                yield Fault(path, number, "names a folder of the machine that built it", "leave it out of the output")


def _page(site: BuiltSite, path: str) -> Iterator[Fault]:
    document = site.documents[path]
    for name, count in document.ids.items():
        if count > 1:
            line = [e.line for e in document.elements if e.attributes.get("id") == name][1]
            yield Fault(path, line, f"the id `{name}` is given {count} times", "give each element an id of its own")
    for element in document.elements:
        for address, is_loaded in addresses(element):
            yield from _address(site, path, element.line, address, is_loaded)
        for attribute in NAMES_IDS:
            for name in element.attributes.get(attribute, "").split():
                if name not in document.ids:
                    yield Fault(path, element.line, f"{attribute} names `{name}`, which is no id here", RESOLVE)


def addresses(element: Element) -> Iterator[tuple[str, bool]]:
    """The addresses an element names, each with whether the browser loads it by itself."""
    tag, attributes = element.tag, element.attributes
    for name in LOADED.get(tag, ()):
        if name in attributes:
            value = attributes[name]
            parts = [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
            yield from ((part, True) for part in parts)
    if tag in FOLLOWED:
        name = "action" if tag == "form" else "href"
        if name in attributes:
            yield attributes[name], False
    elif tag == "link" and "href" in attributes:
        yield attributes["href"], not LOADED_LINKS.isdisjoint(attributes.get("rel", "").split())
    elif tag == "meta" and (attributes.get("property") or attributes.get("name")) in META:
        yield attributes.get("content", ""), False


def _file(site: BuiltSite, path: str) -> Iterator[Fault]:
    kind = path.rpartition(".")[2]
    patterns = {"svg": [ADDRESS, IN_CSS], "xml": [ADDRESS, IN_XML], "css": [IN_CSS]}.get(kind, [IN_MARKDOWN])
    for number, line in enumerate(site.text(path).splitlines(), 1):
        for pattern in patterns:
            for match in pattern.finditer(line):
                address = next(group for group in match.groups() if group is not None)
                if kind == "svg" and address.startswith("#"):
                    continue
                yield from _address(site, path, number, address.replace("&amp;", "&"), kind in ("svg", "css"))


def _address(site: BuiltSite, path: str, line: int, address: str, is_loaded: bool) -> Iterator[Fault]:
    site.counts["addresses"] += 1
    base = site.settings.base_url
    if THE_DATA.search(address):
        yield Fault(path, line, f"`{address}` leads to a copy of the data", "leave the link out")
        return
    # The page for missing addresses is served at any depth, so it begins at the server's root.
    places = [base, urlsplit(base).path] if path == NOT_FOUND else [base]
    place = next((place for place in places if place and address.startswith(place)), "")
    is_ours = bool(place)
    parts = urlsplit(address.removeprefix(place))
    if parts.scheme or parts.netloc:
        if is_loaded and parts.scheme != "data":
            yield Fault(path, line, f"`{address}` is loaded from elsewhere", "copy it into the site")
        elif not is_loaded and parts.scheme not in ("http", "https", "mailto"):
            yield Fault(path, line, f"`{address}` is no address of the web", RESOLVE)
        return
    if not address.strip():
        yield Fault(path, line, "an address is empty", RESOLVE)
        return
    if parts.path.startswith("/") and not is_ours:
        yield Fault(path, line, f"`{address}` begins at the server's root", "make it relative: the site may lie deeper")
        return
    target = _target(path, unquote(parts.path), is_ours)
    if target is None:
        yield Fault(path, line, f"`{address}` leads out of the site", RESOLVE)
    elif target not in site.files:
        is_folder = f"{target}/index.html".lstrip("./") in site.files
        advice = "name its index.html: opened from a disk, a folder is a list of files" if is_folder else RESOLVE
        yield Fault(path, line, f"`{address}` is not in the site", advice)
    elif parts.fragment and target in site.documents:
        name = unquote(parts.fragment)
        if name not in site.documents[target].ids and name != "top" and not name.startswith(":~:"):
            yield Fault(path, line, f"`{address}`: there is no `{name}` in {target}", RESOLVE)


def _target(path: str, address: str, is_ours: bool) -> str | None:
    """The file that an address of `path` means; None if it lies outside the site."""
    # Only what is published is asked for by folder: a server gives its index.html.
    if is_ours:
        return posixpath.normpath(address) if address and not address.endswith("/") else f"{address}index.html"
    if not address:
        return path
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    return None if target.startswith("..") else target
