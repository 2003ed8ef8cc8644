"""Two editions of one archive, built: what the pages say, when --strict stops, what stays reachable."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from archives import Archive
from building import ROOT, publish_tracks, without_demonstration

from report.cli import main
from report.figures.pictures import SUFFIXES, Pictures
from report.warehouse.edition import sha256

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'
DAY = 86_400_000
FLIP = """
[[flip]]
claim = "tail-70"
from = "not contradicted"
to = "does not hold"
edition = "second"
compared = "first"
date = 2026-01-31
note = "Scores were fetched on a day with more plays."
"""
Ran = tuple[int, str]


def archive(zeros: int, day: int, **tables: object) -> Archive:
    """An archive of 40 tracks, so many of them at popularity 0, fetched on a day after 8 July 2025."""
    tracks = [
        {"popularity": 0 if n < zeros else 40, "fetched_at": 1_752_000_000_000 + day * DAY, "duration_ms": 1000 * n}
        for n in range(1, 41)
    ]
    return Archive(tracks=tracks, **tables)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the editions `first` and `second` of an archive, `other` of a table, and all results kept."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("report.toml", "queries", "content", "templates"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    publish_tracks(folder, 40)
    without_demonstration(folder)
    sources = {
        "first": archive(29, 0, playlists=[{}]).sqlite(folder / "one"),
        "second": archive(10, 30).sqlite(folder / "two"),
    }
    (folder / "t.csv").write_text("track_id,popularity,duration_ms\na,1,1000\n")
    for name, source in {**sources, "other": folder / "t.csv"}.items():
        assert main(["aggregate", str(source), "--edition", name], folder) == 0
    return folder


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to be spoilt; pictures are blank."""
    monkeypatch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
    shutil.copytree(made, tmp_path / "project", ignore=shutil.ignore_patterns("site"))
    # What one test computes serves the next.
    shutil.rmtree(tmp_path / "project/.cache")
    (tmp_path / "project/.cache").symlink_to(made / ".cache")
    return tmp_path / "project"


@pytest.fixture
def build(project: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`build(option, …)`: status, and what was said."""

    def run(*options: str, edition: str = "second") -> Ran:
        status = main(["--edition", edition, *options], project)
        return status, capfd.readouterr().err

    return run


def page(project: Path, name: str = "changes.html") -> str:
    return re.sub(r"\s+", " ", (project / "site" / name).read_text(encoding="utf-8"))


def data(project: Path) -> dict:
    return json.loads((project / "site/data/changes.json").read_text(encoding="utf-8"))


class TestComparing:
    def test_the_one_before_is_compared_with(self, project: Path, build: Callable[..., Ran]) -> None:
        status, said = build()
        assert status == 0
        assert "ALARM: claim tail-70 went from “not contradicted” to “does not hold”" in said
        assert "ALARM: table playlists is gone; it had 1 rows" in said
        assert "ALARM: fact long_tail.zero_share moved from 70.0% to 22.5%" in said
        found = data(project)["comparison"]
        assert (found["before"]["name"], found["after"]["name"]) == ("first", "second")
        assert {"claim": "tail-70", "before": "not contradicted", "after": "does not hold"}.items() <= found["flips"][
            0
        ].items()
        text = page(project)
        assert "since edition first</h1>" in text
        assert '<a href="claims.html#tail-70">' in text
        assert "Not yet acknowledged." in text
        assert re.search(r"Since edition first <a href=\"changes.html#verdicts\">", page(project, "index.html"))

    def test_both_pictures_of_a_figure_are_there(self, project: Path, build: Callable[..., Ran]) -> None:
        build()
        pictures = re.findall(r'<img src="([^"]+)"', page(project))
        assert any(name.endswith("-before.svg") for name in pictures)
        assert [name for name in pictures if not (project / "site" / name).is_file()] == []

    @pytest.mark.parametrize(("edition", "options"), [("first", ()), ("second", ("--compare", "none")), ("other", ())])
    def test_where_there_is_nothing_to_compare(
        self, project: Path, build: Callable[..., Ran], edition: str, options: tuple[str, ...]
    ) -> None:
        status, said = build(*options, "--strict", edition=edition)
        assert (status, "ALARM" in said, data(project)["comparison"]) == (0, False, None)
        assert "Nothing is compared here" in page(project)
        assert ">Changes</a>" not in page(project, "index.html")

    def test_editions_of_different_kinds_are_refused(self, project: Path, build: Callable[..., Ran]) -> None:
        status, said = build("--compare", "other")
        assert (status, "is of the archive, `other` of a selection of tracks" in said) == (1, True)
        assert not (project / "site").exists()

    def test_the_page_is_the_same_from_an_empty_cache(self, project: Path, build: Callable[..., Ran]) -> None:
        build()
        first = {path: path.read_bytes() for path in sorted((project / "site").rglob("*")) if path.is_file()}
        (project / ".cache").unlink()
        build()
        assert first == {path: path.read_bytes() for path in sorted((project / "site").rglob("*")) if path.is_file()}


class TestStrict:
    def test_nothing_is_published_and_the_old_site_stays(self, project: Path, build: Callable[..., Ran]) -> None:
        build(edition="first")
        before = page(project, "index.html")
        status, said = build("--strict")
        assert status == 1
        assert "not acknowledged, so nothing is published" in said
        assert page(project, "index.html") == before

    def test_it_refuses_before_anything_is_drawn(
        self, build: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Pictures, "draw", None)
        status, said = build("--strict")
        assert (status, "not acknowledged" in said) == (1, True)

    def test_a_line_for_each_alarm_lets_it_through(self, project: Path, build: Callable[..., Ran]) -> None:
        build()
        alarms = [(alarm["kind"], alarm["subject"]) for alarm in data(project)["alarms"]]
        pair = "edition = 'second'\ncompared = 'first'\ndate = 2026-01-31\nnote = 'Looked at.'\n"
        verdicts = {flip["claim"]: flip for flip in data(project)["comparison"]["flips"]}
        lines = []
        for kind, subject in alarms:
            drift = f"[[drift]]\n{kind} = '{subject}'\n"
            went = verdicts.get(subject, {})
            flip = f"[[flip]]\nclaim = '{subject}'\nfrom = '{went.get('before')}'\nto = '{went.get('after')}'\n"
            lines.append((flip if kind == "flip" else drift) + pair)
        notes = project / "content/changes.toml"
        notes.write_text("\n".join(lines[1:]))
        assert build("--strict")[0] == 1
        notes.write_text("\n".join(lines))
        status, said = build("--strict")
        assert (status, "ALARM" in said) == (0, False)
        assert "Looked at on 31 January 2026: Looked at." in page(project)
        assert build("--strict")[1].startswith("the site is up to date")

    def test_an_alarm_sounds_at_every_build(self, build: Callable[..., Ran]) -> None:
        assert build()[1].count("ALARM") == build()[1].count("ALARM") > 0

    def test_a_note_of_the_past_stays_without_its_editions(self, project: Path, build: Callable[..., Ran]) -> None:
        (project / "content/changes.toml").write_text(FLIP)
        shutil.rmtree(project / "editions/second")
        assert build("--strict", edition="first")[0] == 0


class TestSnapshots:
    def test_every_link_of_an_earlier_report_leads_somewhere(self, project: Path, build: Callable[..., Ran]) -> None:
        build()
        site = project / "site"
        pages = sorted((site / "editions/first").rglob("*.html"))
        assert {path.name for path in pages} >= {"index.html", "claims.html", "duration.html", "changes.html"}
        for path in pages:
            for link in re.findall(r'(?:href|src|srcset)="([^"#]+)[^"]*"', path.read_text(encoding="utf-8")):
                if not re.match(r"[a-z]+:", link):
                    assert (path.parent / link).resolve().is_relative_to(site.resolve()), f"{path}: {link}"
                    assert (path.parent / link).exists(), f"{path}: {link}"
        assert '<a href="editions/first/index.html">Edition first</a>, as of 8 July 2025' in page(project)

    def test_it_says_what_it_is(self, project: Path, build: Callable[..., Ran]) -> None:
        build()
        text = page(project, "editions/first/duration.html")
        assert "This is an earlier report, of edition “first”." in text
        assert '<a href="../../duration.html">go to its page</a>' in text
        assert '<link rel="canonical" href="../../duration.html">' in text
        assert "This is an earlier report" not in page(project, "duration.html")

    def test_its_canonical_is_the_newest_report(self, project: Path, build: Callable[..., Ran]) -> None:
        build("--base-url", "https://example.org/")
        for name, address in {"duration.html": "duration.html", "index.html": ""}.items():
            canonical = f'<link rel="canonical" href="https://example.org/{address}">'
            assert page(project, name).count(canonical) == page(project, f"editions/first/{name}").count(canonical) == 1
        own = {path.name for path in (project / "site/editions/first").iterdir()}
        assert not own & {"404.html", "CNAME", "sitemap.xml", "robots.txt"}

    def test_none_where_none_are_wanted_or_there_is_no_room(self, project: Path, build: Callable[..., Ran]) -> None:
        settings = (project / "report.toml").read_text()
        (project / "report.toml").write_text(settings.replace("snapshots = 3", "snapshots = 0"))
        build()
        assert not (project / "site/editions").exists()
        (project / "report.toml").write_text(
            settings.replace('snapshots_budget = "60MB"', 'snapshots_budget = "0.1MB"')
        )
        said = build()[1]
        assert "no room for the earlier report of first: with it they have" in said
        assert not (project / "site/editions").exists()
        assert "Earlier reports" not in page(project)

    def test_an_earlier_report_is_that_editions_own(self, project: Path, build: Callable[..., Ran]) -> None:
        build()
        snapshot = project / "site/editions/first/data"
        facts = {path: path.read_bytes() for path in sorted(snapshot.rglob("*.json")) if path.name == "facts.json"}
        build("--compare", "none", edition="first")
        assert [(project / "site/data" / path.name).read_bytes() for path in facts] == list(facts.values())


def spoil(project: Path, name: str) -> None:
    """Let more tracks have a genre than there are, in an edition that stands."""
    folder = project / "editions" / name
    path, manifest = folder / "genre_coverage.parquet", json.loads((folder / "edition.json").read_text())
    changed = f"select * replace (item_count + 100 as with_genre_count) from '{path}'"
    duckdb.sql(f"copy ({changed}) to '{path}.new' (format parquet)")
    Path(f"{path}.new").replace(path)
    manifest["cubes"]["genre_coverage"] = {"bytes": 1, "sha256": sha256(path.read_bytes())}
    (folder / "edition.json").write_text(json.dumps(manifest))


class TestEditionsAreSafe:
    def test_one_that_breaks_a_contract_is_passed_over(self, project: Path, build: Callable[..., Ran]) -> None:
        spoil(project, "first")
        for _ in range(2):
            status, said = build()
            assert status == 0
            assert "WARNING: edition first is passed over: the counts of edition `first` contradict each other" in said
        assert not (project / "site/editions/first").exists()
        assert data(project)["comparison"] is None
        status, said = build("--strict")
        assert (status, "earlier report of edition `first` cannot be made" in said) == (1, True)

    @pytest.mark.parametrize("options", [(), ("--strict",)])
    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("content/en/findings/duration.md", "\nAs many as {{ no_such_fact | count }}.\n"),
            ("content/en/data.md", "\nThere are {{ no_such_name | count }}.\n"),
            ("queries/duration/facts.sql", "\norder by no_such_column\n"),
        ],
    )
    def test_a_mistake_of_today_is_none_of_an_earlier_edition(
        self, project: Path, build: Callable[..., Ran], name: str, typed: str, options: tuple[str, ...]
    ) -> None:
        assert main(["editions", "acknowledge", "first", "second", "--note", "Another day."], project) == 0
        path = project / name
        path.write_text(f"{path.read_text(encoding='utf-8')}{typed}", encoding="utf-8")
        status, said = build(*options)
        assert (status, "earlier report" in said, "passed over" in said) == (1, False, False)
        assert name in said

    def test_asked_for_it_is_an_error_that_names_edition_query_row_and_rule(
        self, project: Path, build: Callable[..., Ran]
    ) -> None:
        spoil(project, "first")
        status, said = build("--compare", "none", edition="first")
        assert status == 1
        for words in ("edition `first`", "queries/genres/", "may be inconsistent", "the contract is `"):
            assert words in said

    def test_what_breaks_a_contract_is_not_put_in_place(
        self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        facts = project / "queries/data/facts.sql"
        contract = facts.read_text().replace("-- within:", "-- within: tracks 0..20,", 1)
        facts.write_text(contract if "tracks 0..20" in contract else f"-- Q?\n--\n-- within: tracks 0..20\n{contract}")
        source = str(archive(3, 60).sqlite(tmp_path / "third"))
        assert main(["aggregate", source, "--edition", "third"], project) == 1
        assert "the edition is not put in place" in capfd.readouterr().err
        assert sorted(path.name for path in (project / "editions").iterdir()) == ["first", "other", "second"]

    def test_one_of_another_source_goes_only_when_asked_to(
        self, project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        source = str(archive(3, 60).sqlite(tmp_path / "third"))
        before = (project / "editions/first/edition.json").read_bytes()
        for command in (["aggregate", source], ["--archive", source]):
            assert main([*command, "--edition", "first"], project) == 1
            assert "edition `first` already stands and was made from another source" in capfd.readouterr().err
            assert (project / "editions/first/edition.json").read_bytes() == before
        assert main(["aggregate", source, "--edition", "first", "--replace"], project) == 0
        assert (project / "editions/first/edition.json").read_bytes() != before

    def test_names_that_are_made_up_are_told_apart(self, project: Path, tmp_path: Path) -> None:
        for name in ("a", "b", "c"):
            (tmp_path / f"{name}.csv").write_text(f"track_id,popularity,duration_ms\n{name},1,1000\n")
            assert main(["aggregate", str(tmp_path / f"{name}.csv")], project) == 0
        names = {path.name for path in (project / "editions").iterdir()} - {"first", "second", "other"}
        assert names == {"selection", "selection-2", "selection-3"}


class TestLinks:
    def test_one_that_leads_nowhere_is_told_with_its_line(self, project: Path, build: Callable[..., Ran]) -> None:
        assert "leads nowhere" not in build("--compare", "none", edition="first")[1]
        page = project / "content/en/about.md"
        lines = page.read_text().splitlines()
        links = "See [a](durations.html) [b](duration.html#gone) ![c](gone.svg) [d](duration.html) [e](https://example.org/x)."
        page.write_text("\n".join([*lines, "", links, ""]))
        status, said = build("--compare", "none", edition="first")
        assert (status, said.count("leads nowhere")) == (0, 3)
        assert f"content/en/about.md:{len(lines) + 2}" in said
        status, said = build("--compare", "none", "--strict", edition="first")
        assert (status, "the site has no `durations.html`" in said) == (1, True)
        assert f"content/en/about.md:{len(lines) + 2}" in said

    def test_strict_refuses_all_of_them_before_it_draws(
        self, project: Path, build: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Pictures, "draw", lambda *_: pytest.fail("a picture was drawn"))
        found = []
        for name, words in {
            "content/en/findings/duration.md": "\nSee [this](durations.html).",
            "templates/foot.html": '<p><a href="{{ root }}colophon.html">Colophon</a></p>',
            "templates/base.html": '<p><a href="{{ settings.repository }}more.html">More</a></p>',
        }.items():
            path = project / name
            text = f"{path.read_text(encoding='utf-8')}{words}\n"
            path.write_text(text, encoding="utf-8")
            found.append(f"{name}:{len(text.splitlines())}")
        status, said = build("--strict", edition="first")
        assert status == 1
        assert [where for where in found if where not in said] == []
        assert said.count("the site has no `colophon.html`") == 1
        assert not (project / "site").exists()
