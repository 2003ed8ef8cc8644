"""The site works from a disk, from a server's root and from a folder of a server, without JavaScript."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from places import Published, watch
from playwright.sync_api import Browser

# All pictures at once, lazy ones too; those that have no size did not load.
PICTURES = """() => Promise.all([...document.images].map(image => {
    image.loading = 'eager';
    return image.decode().then(() => '', () => image.src);
})).then(failed => failed.filter(Boolean))"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
IDS = "() => [...document.querySelectorAll('[id]')].map(element => element.id)"


@pytest.mark.parametrize("place", ["disk", "root", "folder"])
def test_every_page_picture_link_and_fragment(browser: Browser, published: Published, place: str) -> None:
    address = getattr(published, place)
    links: dict[str, str] = {}
    ids: dict[str, set[str]] = {}
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        troubles = watch(page, address)
        for path in published.site.documents:
            # Served at any depth, it names its files by the address of publication.
            if path == "404.html" and place != "folder":
                continue
            page.goto(address + path)
            if path in published.paths:
                troubles += [f"{path}: {picture} is not shown" for picture in page.evaluate(PICTURES)]
            links |= dict.fromkeys(page.evaluate(LINKS), path)
            ids[address + path] = set(page.evaluate(IDS))
    assert troubles == []
    own = {link: path for link, path in links.items() if link.startswith(address)}
    strangers = [link for link in links if link not in own]
    assert [link for link in strangers if urlsplit(link).hostname in (None, "127.0.0.1")] == []
    assert [(link, path) for link, path in own.items() if not leads_somewhere(link, address, published, ids)] == []


def leads_somewhere(link: str, address: str, published: Published, ids: dict[str, set[str]]) -> bool:
    target, _, fragment = link.partition("#")
    path = unquote(target.removeprefix(address)) or "index.html"
    if fragment and address + path in ids and unquote(fragment) not in ids[address + path]:
        return False
    return (Path(published.site.folder) / path).is_file()


@pytest.mark.parametrize("where", ["no-such-page.html", "deep/down/no-such-page.html"])
def test_what_is_not_there(browser: Browser, published: Published, where: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        answer = page.goto(published.folder + where)
        assert answer.status == 404
        assert page.evaluate("getComputedStyle(document.body).fontSize") != ""
        assert page.evaluate("document.styleSheets.length") == 1
        page.get_by_role("navigation").first.get_by_role("link").first.click()
        assert page.url.startswith(f"{published.folder}index.html")
