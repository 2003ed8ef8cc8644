"""Addresses of sources: every published series, and every source that is named, can be read somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from report.hosting.checks.built import BuiltSite, Fault
from report.warehouse.published import has_address, read_published

ADVICE = "give it one in addresses.toml; a figure that rests on it is on no public page until then"


def check(site: BuiltSite) -> Iterator[Fault]:
    """The sources of the published figures."""
    published = read_published(site.settings.content / "published")
    for stem, source in published.tables.items():
        site.counts["series"] += 1
        if not has_address(source):
            yield Fault("content/published/sources.toml", f"[{stem}]", "this series has no address", ADVICE)
    for name, address in published.addresses.items():
        if not address["url"] and not address["is_named_only"]:
            yield Fault("content/published/addresses.toml", f"[{name}]", "no address was found for this source", ADVICE)
