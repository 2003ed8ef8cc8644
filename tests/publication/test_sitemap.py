"""A published site tells crawlers its pages; one without an address tells nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from small_site import EDITION, small_site

from report.pages.context import SiteContext
from report.publication.outputs import render_site

BASE = "https://example.org/r/"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    context = small_site(tmp_path)
    return replace(context, settings=SimpleNamespace(**{**vars(context.settings), "base_url": BASE}))


def test_every_page_is_listed(context: SiteContext) -> None:
    files = render_site(context)
    urls = ET.fromstring(files["sitemap.xml"]).findall(f"{SPACE}url")
    listed = [url.findtext(f"{SPACE}loc") for url in urls]
    assert listed == [BASE] + [f"{BASE}{name}.html" for name in ("duration", "method", "data", "about")]
    assert {url.findtext(f"{SPACE}lastmod") for url in urls} == {"2025-07-14"}
    assert all(address.removeprefix(BASE) in {"", *files} for address in listed)


def test_an_undated_edition_gives_no_date(context: SiteContext) -> None:
    sitemap = render_site(replace(context, edition={**EDITION, "as_of": None}))["sitemap.xml"]
    assert b"lastmod" not in sitemap


def test_robots_find_the_list(context: SiteContext) -> None:
    assert render_site(context)["robots.txt"] == f"User-agent: *\nAllow: /\nSitemap: {BASE}sitemap.xml\n".encode()


def test_nothing_without_an_address(tmp_path: Path) -> None:
    assert not {"sitemap.xml", "robots.txt"} & set(render_site(small_site(tmp_path / "none")))
