"""The checks of a built site find what is wrong with it, and nothing where nothing is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from report.cli import main
from report.commands import check as command
from report.core.errors import SiteError
from report.core.settings import Settings
from report.hosting.checks import budgets, content, html, links
from report.hosting.checks.built import BuiltSite, Fault, Skipped
from report.hosting.publishing import MARKER

BASE = "https://example.org/report/"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="d"><link rel="stylesheet" href="style.css"></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""
SOUND = {
    "index.html": PAGE.format(title="Front", body='<a href="a.html#there">A</a> <a href="data/a.csv">CSV</a>'),
    "a.html": PAGE.format(title="A", body='<p id="there">…</p><img src="a.svg" alt="" width="1" height="1">'),
    "style.css": "p { margin: 0; }\n",
    "a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>\n',
    "data/a.csv": "a\n1\n",
}
Build = Callable[..., BuiltSite]


@pytest.fixture
def built(settings: Settings) -> Build:
    """`built({path: text}, base_url="")`: the sound site with these files changed; None takes one away."""

    def make(changed: dict[str, str | None], base_url: str = "") -> BuiltSite:
        for path, text in {MARKER: "", **SOUND, **changed}.items():
            if text is not None:
                (settings.site / path).parent.mkdir(parents=True, exist_ok=True)
                (settings.site / path).write_text(text, encoding="utf-8")
        return BuiltSite(replace(settings, base_url=base_url))

    return make


def body(text: str, path: str = "a.html") -> dict[str, str]:
    """Page A with `text` in it, on line 5."""
    return {path: PAGE.format(title="A", body=f'<i id="there"></i><img src="a.svg" alt="" width="1" height="1">{text}')}


def places(faults: list[Fault]) -> list[str]:
    return [fault.where for fault in faults]


@pytest.mark.parametrize("check", [content.check, links.check, budgets.check])
def test_a_sound_site_has_no_faults(built: Build, check: Callable) -> None:
    assert list(check(built({}))) == []


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('<a href="gone.html">', "`gone.html` is not in the site"),
            ('<a href="index.html#gone">', "`index.html#gone`: there is no `gone` in index.html"),
            ('<a href="#gone">', "`#gone`: there is no `gone` in a.html"),
            ('<a href="/index.html">', "begins at the server's root"),
            ('<a href="../index.html">', "leads out of the site"),
            ('<a href="">', "an address is empty"),
            ('<a href="javascript:alert(1)">', "is no address of the web"),
            ('<a href="magnet:?xt=urn:btih:1">', "leads to a copy of the data"),
            ('<a href="https://example.org/all.torrent">', "leads to a copy of the data"),
            ('<img src="https://example.org/a.png">', "is loaded from elsewhere"),
            ('<img src="//example.org/a.png">', "is loaded from elsewhere"),
            ('<source srcset="a.svg 1x, gone.svg 2x">', "`gone.svg` is not in the site"),
            ('<script src="https://example.org/a.js"></script>', "is loaded from elsewhere"),
            ('<link rel="preload" href="https://example.org/a.woff2">', "is loaded from elsewhere"),
            ('<svg><use href="#gone"/></svg>', "there is no `gone` in a.html"),
            ('<p aria-labelledby="there gone">', "aria-labelledby names `gone`"),
            ('<p id="there">', "the id `there` is given 2 times"),
            ("<pre>/home/someone/report</pre>", "names a folder of the machine"),
            ('<a href="file:///tmp/a.html">', "names a folder of the machine"),
            (f'<a href="{BASE}gone.html">', "is not in the site"),
            ('<meta property="og:image" content="gone.png">', "`gone.png` is not in the site"),
        ],
    )
    def test_a_page(self, built: Build, text: str, message: str) -> None:
        faults = list(links.check(built(body(text), BASE)))
        assert any(message in fault.message for fault in faults)
        assert set(places(faults)) == {"a.html:5"}

    @pytest.mark.parametrize(
        "text",
        [
            '<a href="https://example.org/">',
            '<a href="mailto:a@example.org">',
            f'<link rel="canonical" href="{BASE}a.html"><a href="{BASE}">',
            '<a href="#there"><a href="?q=1#there"><a href="a.html#top">',
            '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
            '<link rel="license" href="https://example.org/licence">',
        ],
    )
    def test_what_is_right(self, built: Build, text: str) -> None:
        assert list(links.check(built(body(text), BASE))) == []

    def test_a_folder_is_named_by_its_index(self, built: Build) -> None:
        old = PAGE.format(title="Old", body="").replace('href="style', 'href="../style')
        changed = {**body('<a href="old/">'), "old/index.html": old}
        (fault,) = links.check(built(changed))
        assert "name its index.html" in fault.advice

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("style.css", "p { background: url('https://example.org/a.png'); }"),
            ("style.css", "p { background: url(gone.png); }"),
            ("style.css", "@import 'gone.css';"),
            ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.org/a.png"/></svg>'),
            ("feed.xml", f'<feed><link href="{BASE}gone.html"/></feed>'),
            ("sitemap.xml", f"<urlset><url><loc>{BASE}gone.html</loc></url></urlset>"),
            ("llms.txt", "- [A](gone.md): about"),
            ("a.md", "See [A](index.html#gone)."),
        ],
    )
    def test_other_files(self, built: Build, path: str, text: str) -> None:
        assert places(list(links.check(built({path: text}, BASE)))) == [f"{path}:1"]

    def test_the_projects_own_folder(self, built: Build, root: Path) -> None:
        assert places(list(links.check(built({"data/a.csv": f"a\n{root}/x\n"})))) == ["data/a.csv:2"]


class TestContent:
    @pytest.mark.parametrize(
        ("changed", "place"),
        [
            ({"a.html": SOUND["a.html"].replace("<title>A<", "<title><")}, "a.html"),
            ({"a.html": SOUND["a.html"].replace("<title>A<", "<title>Front<")}, "index.html"),
            ({"a.html": SOUND["a.html"].replace("description", "other")}, "a.html"),
            ({"a.html": SOUND["a.html"].replace("h1", "h2")}, "a.html"),
            (body("{{ facts.share }}"), "a.html:5"),
            (body("nan%"), "a.html:5"),
            ({"index.html": PAGE.format(title="Front", body='<a href="data/a.csv">')}, "a.html"),
            ({"data/b.csv": "a\n"}, "data/b.csv"),
        ],
    )
    def test_it_is_found(self, built: Build, changed: dict[str, str], place: str) -> None:
        assert places(list(content.check(built(changed)))) == [place]

    def test_code_is_shown_as_it_is(self, built: Build) -> None:
        assert list(content.check(built(body("<pre>{{a}}</pre>")))) == []


class TestBudgets:
    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            (body("é" * (budgets.PAGE // 2)), "bytes without the tables in details"),
            (
                body("".join(f'<img src="{n}.svg" width=1 height=1 loading=lazy>' for n in range(30))),
                "asks for 33 files",
            ),
            (body('<img src="a.svg" loading="lazy" width="1">'), "without width and height"),
            (body('<img src="a.svg" width="1" height="1">'), "is not lazy"),
            ({"style.css": "p { margin: 0; }" * 2000}, "32,000 bytes; under 25,000"),
        ],
    )
    def test_it_is_kept(self, built: Build, changed: dict[str, str], message: str) -> None:
        (fault,) = budgets.check(built(changed))
        assert message in fault.message

    def test_tables_in_details_weigh_nothing(self, built: Build) -> None:
        table = f"<table><tr><td>{'x' * budgets.PAGE}<table></table></td></tr></table>"
        assert list(budgets.check(built(body(f"<details><summary>S</summary>{table}</details>")))) == []
        assert places(list(budgets.check(built(body(table))))) == ["a.html"]


class TestValidity:
    def test_what_is_no_html(self, built: Build) -> None:
        site = built({**body("<p></div>"), "style.css": "p { colour: red; }", "a.svg": "<svg"})
        try:
            faults = list(html.check(site))
        except Skipped as missing:
            pytest.skip(f"HTML was not validated: {missing.reason}; {missing.advice}")
        assert {fault.file for fault in faults} == {"a.html", "style.css", "a.svg"}

    def test_without_java_it_is_skipped(self, built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        with pytest.raises(Skipped, match="no Java"):
            list(html.check(built({})))


class TestCommand:
    def test_a_check_is_found_where_it_lies(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert {"content", "links", "sources", "html"} <= {*command.checks()}
        (tmp_path / "zeal.py").write_text("def helper(): ...\n\n\ndef check(site): ...\n")
        (tmp_path / "axe.py").write_text('NOTHING = 1\nNEEDS = "Java"\n\n\ndef check(site): ...\n')
        (tmp_path / "shared.py").write_text("def look(site): ...\n")
        monkeypatch.setattr(command, "FOLDER", tmp_path)
        assert command.checks() == ["zeal", "axe"]

    QUICK = ("check", "--only", "links,content")

    def run(self, settings: Settings, *options: str) -> int:
        return main([*options, "--site", str(settings.site)])

    def test_no_faults(self, built: Build, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        built({})
        assert self.run(settings, *self.QUICK) == 0
        out = capsys.readouterr().out
        assert "content: no faults\nlinks: no faults\n" in out
        assert "checked content, links: 2 pages" in out

    def test_faults_are_grouped(self, built: Build, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        built({**body('<a href="x\x1b.html">'), "b.html": PAGE.format(title="B", body='<a href="x\x1b.html">')})
        assert self.run(settings, *self.QUICK) == 1
        out, err = capsys.readouterr()
        assert "    at a.html:5\n    at b.html:5\n" in out
        assert "error: 3 faults in the built site" in err
        assert "\x1b" not in out

    def test_what_is_skipped_is_said(
        self, built: Build, settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        built({})
        assert self.run(settings, "check", "--only", "html,accessibility") == 0
        out = capsys.readouterr().out
        assert "html: SKIPPED, no Java was found\n    to do: " in out
        assert "skipped accessibility, html\n" in out
        assert self.run(settings, "check", "--only", "html", "--strict") == 1
        assert "error: not checked: html" in capsys.readouterr().err

    def test_an_unknown_check(self, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(settings, "check", "--only", "links,prose") == 1
        assert "`prose` is not a check" in capsys.readouterr().err

    def test_no_site(self, settings: Settings) -> None:
        with pytest.raises(SiteError, match="no site here"):
            BuiltSite(settings)


def test_the_report_of_an_earlier_edition_is_looked_at_like_the_newest(built: Build) -> None:
    own = {"data/changes.json": "{}", "data/published/a.csv": "a\n", "pagefind/pagefind.js": ""}
    site = built(own | {f"editions/old/{path}": text for path, text in own.items()} | {"editions/old/gone.csv": "a\n"})
    assert places(list(content.check(site))) == ["editions/old/gone.csv"]
