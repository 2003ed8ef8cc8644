"""Budgets: what a page may weigh, how much it may ask for, and that nothing on it moves while it loads."""

from __future__ import annotations

from collections.abc import Iterator

from report.hosting.checks.built import BuiltSite, Document, Fault
from report.hosting.checks.links import addresses

# The page of durations, which has the most figures, comes to 68,000 where the site has an address.
PAGE = 70_000
REQUESTS = 30
STYLESHEET = 25_000


def check(site: BuiltSite) -> Iterator[Fault]:
    """Pages, their requests and pictures, and the stylesheet."""
    for document in site.documents.values():
        yield from _page(document)
        site.counts["images"] += sum(1 for _ in document.every("img"))
    for path in site.of_kind(".css"):
        if site.size(path) >= STYLESHEET:
            yield Fault(
                path, None, f"{site.size(path):,} bytes; under {STYLESHEET:,} are allowed", "simplify the rules"
            )


def weight(document: Document) -> int:
    """Bytes of a page without the tables that are folded away."""
    return len(document.source.encode()) - document.tables_in_details


def requests(document: Document) -> int:
    """What a page asks for when it is read to its end: itself, and of each picture one rendering."""
    loaded = set()
    for element in document.elements:
        # The sources of a picture stand for the same request as its image.
        if element.tag == "source":
            continue
        loaded |= {address.partition("#")[0] for address, is_loaded in addresses(element) if is_loaded}
    return 1 + len(loaded - {""})


def _page(document: Document) -> Iterator[Fault]:
    if weight(document) >= PAGE:
        yield Fault(
            document.path,
            None,
            f"{weight(document):,} bytes without the tables in details; under {PAGE:,} are allowed",
            "move text to a page of its own, or fold tables away",
        )
    if requests(document) >= REQUESTS:
        yield Fault(
            document.path,
            None,
            f"asks for {requests(document)} files; under {REQUESTS} are allowed",
            "show fewer pictures, or move some to a page of their own",
        )
    for at, image in enumerate(document.every("img")):
        if not {"width", "height"} <= set(image.attributes):
            yield Fault(
                document.path, image.line, "a picture without width and height", "give both, so that nothing moves"
            )
        if at and image.attributes.get("loading") != "lazy":
            yield Fault(document.path, image.line, "a picture below the first is not lazy", 'give it loading="lazy"')
