"""How a figure came about: what was left out, from which files and by what, on its page and for programs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, aggregated, settings_below
from small_site import SVG

from report.cache.store import Store
from report.core.facts import AllFacts
from report.core.texts import for_spreadsheets
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.publication.outputs import render_site
from report.results.results import Results
from report.warehouse.published import read_published

TRACKS = [{"popularity": 0}, {"popularity": 50, "duration_ms": "x"}, {"popularity": 101}, {"duration_ms": 0}]
FEATURES = [{}, {"danceability": 2}, {"null_response": 1}, {}]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteContext]:
    """The project's pages over four tracks with faults; pictures are blank."""
    folder = tmp_path_factory.mktemp("provenance")
    settings = settings_below(folder)
    archive = Archive(tracks=TRACKS, track_audio_features=FEATURES)
    edition = aggregated(archive.sqlite(folder / "archive"), "tried", settings)
    published = read_published(settings.content / "published")
    with Results(edition, published, settings.queries, Store(folder / "store")) as answers:
        yield SiteContext(
            settings=replace(settings, repository="https://example.org/notes/"),
            edition={**edition.manifest, "fingerprint": edition.fingerprint},
            facts=AllFacts(answers.facts()),
            figures=dict(answers),
            render=lambda _: Images(SVG, SVG, SVG, SVG),
            published=published.tables,
            addresses=published.addresses,
            content=settings.content,
            templates=settings.templates,
        )


@pytest.fixture(scope="module")
def files(context: SiteContext) -> dict[str, bytes]:
    return {
        name: data if isinstance(data, bytes) else Path(data).read_bytes()
        for name, data in render_site(context).items()
    }


@pytest.fixture(scope="module")
def figures_json(files: dict[str, bytes]) -> dict[str, dict]:
    return {figure["id"]: figure for figure in json.loads(files["data/figures.json"])["figures"]}


class TestRegister:
    def test_every_figure_that_has_rows_is_there(self, figures_json: dict[str, dict], context: SiteContext) -> None:
        assert sorted(name for name, figure in context.figures.items() if figure.rows) == list(figures_json)

    def test_rows_and_values_left_out(self, figures_json: dict[str, dict]) -> None:
        key_mode = figures_json["mood/key_mode"]
        assert key_mode["readings"] == [
            {"table": "tracks", "rows_read": 4, "rows_kept": 4, "dropped": {}},
            {"table": "track_audio_features", "rows_read": 4, "rows_kept": 3, "dropped": {"null response": 1}},
        ]
        histogram = figures_json["duration/histogram"]
        assert histogram["set_aside"] == [
            {"column": "tracks.duration_ms", "reasons": {"not a number": 1, "below 1": 1}},
        ]
        assert histogram["denominators"][0][:2] == [
            {"label": "tracks in", "count": 4},
            {"label": "without a usable duration, left out", "count": -2},
        ]

    def test_only_what_the_figure_asks_for(self, figures_json: dict[str, dict]) -> None:
        columns = {name: [entry["column"] for entry in figure["set_aside"]] for name, figure in figures_json.items()}
        assert columns["long_tail/popularity"] == ["tracks.popularity"]
        assert columns["mood/danceability_by_mode"] == ["tracks.duration_ms", "track_audio_features.danceability"]
        assert [entry["table"] for entry in figures_json["releases/tracks_by_year"]["readings"]] == ["tracks", "albums"]
        assert [entry["table"] for entry in figures_json["versions/recordings_by_tracks"]["readings"]] == ["tracks"]

    def test_what_it_was_made_of(self, figures_json: dict[str, dict], context: SiteContext) -> None:
        bands = figures_json["long_tail/bands"]
        path = ROOT / bands["query"]["path"]
        assert bands["query"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert bands["cubes"] == {"tracks_by_popularity": context.edition["cubes"]["tracks_by_popularity"]["sha256"]}
        assert bands["counted_by"] == bands["asked_by"] == f"DuckDB {version('duckdb')}"
        assert bands["units"] == ["tracks"]
        assert bands["contract"]["key"] == "popularity_band"
        csv_file = ROOT / "content/published/tracks_by_popularity_band.csv"
        assert bands["published"] == {csv_file.stem: hashlib.sha256(csv_file.read_bytes()).hexdigest()}

    def test_what_others_counted(self, figures_json: dict[str, dict]) -> None:
        groups = figures_json["genres/groups"]
        assert (groups["cubes"], groups["readings"], groups["counted_by"]) == ({}, [], "")
        assert list(groups["published"]) == ["genre_groups_by_artists"]

    def test_files_have_the_hashes_given(self, figures_json: dict[str, dict], files: dict[str, bytes]) -> None:
        drawn = [figure for figure in figures_json.values() if figure["rows"]]
        assert drawn
        for figure in drawn:
            assert hashlib.sha256(files[figure["rows"]["csv"]]).hexdigest() == figure["rows"]["sha256"]
            for stem, digest in figure["published"].items():
                assert hashlib.sha256(files[f"data/published/{stem}.csv"]).hexdigest() == digest


class TestPages:
    def test_how_this_was_computed(self, files: dict[str, bytes]) -> None:
        page = files["mood.html"].decode()
        block = page[page.index("How this was computed") :].partition("</details>")[0]
        terms = dict(re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", block))
        assert terms["Counted"] == "tracks"
        assert terms["Denominator"].startswith("music-like tracks with a key and a mode")
        assert terms["Rows read"] == "tracks 4; track_audio_features 4 − 1 null response = 3"
        assert terms["Values set aside"] == "tracks.duration_ms: 1 not a number, 1 below 1"
        assert terms["Cubes"].startswith("tracks_by_mood, sha256 ")
        assert 'href="data/published/key_and_mode.csv"' in terms["Published"]
        assert 'href="data/mood/key_mode.csv"' in terms["Rows"]
        assert 'href="https://example.org/notes/blob/HEAD/queries/mood/key_mode.sql"' in terms["Query"]
        assert "-- sums to 1: computed_share" in block

    def test_published_figures_are_shipped_with_their_sources(self, files: dict[str, bytes]) -> None:
        sources = json.loads(files["data/published/sources.json"])
        for path in (ROOT / "content/published").glob("*.csv"):
            assert files[f"data/published/{path.name}"] == for_spreadsheets(path.read_bytes())
            assert sources[path.stem]["publisher"]
            assert list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_each_thing_that_is_computed_has_a_denominator(figures_json: dict[str, dict]) -> None:
    # Of no track is it known whether it is explicit: what that figure shows is published.
    computed = [figure for figure in figures_json.values() if figure["cubes"] and figure["id"] != "explicit/by_year"]
    assert computed
    assert [figure["id"] for figure in computed if len(figure["denominators"]) < len(figure["units"])] == []


def test_denominators_begin_with_rows_that_were_kept(figures_json: dict[str, dict], context: SiteContext) -> None:
    facts = context.facts.as_dict()
    # What is counted apart from the source's rows: groups of tracks, sums of followers, artists by year.
    others = {
        facts["versions"]["recordings"], facts["genres"]["genre_count"], facts["genres"]["followers_in"],
        facts["releases"]["artist_years_in"], None,
    }  # fmt: skip
    for name, figure in figures_json.items():
        kept = {reading["rows_kept"] for reading in figure["readings"]}
        if figure["cubes"] and kept:
            assert {strip[0]["count"] for strip in figure["denominators"]} <= kept | others, name
