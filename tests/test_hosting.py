"""What a host needs beside the pages: a domain of its own, links that work at any address, the workflow."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_site import small_site

from report.outputs import render_site
from report.pages import SiteContext


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
    base_url = "https://someone.github.io/liner-notes/"
    files = render_site(published_at(tmp_path, base_url))
    for name, page in files.items():
        if not name.endswith(".html"):
            continue
        links = re.findall(r'<(?:a|img|script|source|iframe)\b[^>]*?(?:href|src|srcset)="([^"]*)"', page.decode())
        assert links, name
        here = [link for link in links if not link.startswith(("#", "https://"))]
        absolute = [link for link in links if link.startswith(base_url)]
        if name == "404.html":
            # It is served for any address that leads nowhere, at any depth.
            assert absolute and not here, name
        else:
            assert not absolute and not [link for link in here if link.startswith("/")], name
