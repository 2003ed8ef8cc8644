"""What a host needs beside the pages: a domain of its own, links that work at any address, the workflow."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_site import small_site

from report.pages.context import SiteContext
from report.publication.outputs import render_site


def published_at(folder: Path, base_url: str) -> SiteContext:
    context = small_site(folder)
    return replace(context, settings=SimpleNamespace(**{**vars(context.settings), "base_url": base_url}))


@pytest.mark.parametrize(
    ("base_url", "domain"),
    [
        ("https://notes.example.org/", b"notes.example.org\n"),
        ("https://notes.example.org:8443/", b"notes.example.org\n"),
        ("https://someone.github.io/", None),
        ("https://someone.github.io/liner-notes/", None),
        ("https://example.org/liner-notes/", None),
        ("", None),
    ],
)
def test_a_domain_of_its_own(tmp_path: Path, base_url: str, domain: bytes | None) -> None:
    assert render_site(published_at(tmp_path, base_url)).get("CNAME") == domain


def test_only_the_404_page_knows_where_the_site_is(tmp_path: Path) -> None:
    files = render_site(published_at(tmp_path, "https://someone.github.io/liner-notes/"))
    for name, page in files.items():
        if not name.endswith(".html"):
            continue
        found = re.findall(
            r'<(a|img|script|source|iframe|link rel="stylesheet")\b[^>]*?(?:href|src|srcset)="([^"#]*)', page.decode()
        )
        links = [link for _, link in found if link and not link.startswith("https://")]
        assert links, name
        # It is served for any address that leads nowhere, at any depth and by any server.
        assert {link.startswith("/liner-notes/") for link in links} == {name == "404.html"}, name
        assert not [link for link in links if link.startswith("/") and name != "404.html"], name
