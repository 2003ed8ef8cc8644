"""Rows and facts come from SQL over cubes and published figures; a query that doesn't work is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, aggregated, settings_below

from report.cache.store import Store
from report.core.errors import ContentError, QueryError
from report.results.results import Results
from report.warehouse.edition import Edition
from report.warehouse.published import read_published

HEADER = "-- Which are there?\n--\n-- unit: tracks\n-- key: id\n-- rows: 0..100\n-- may be unknown: *\n"
FIGURE = f"{HEADER}select coalesce(popularity, 101) as id, popularity, track_count from tracks_by_popularity order by 1"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("answers")
    archive = Archive(tracks=[{"popularity": 10}, {"popularity": 20}, {"popularity": "x"}], track_audio_features=None)
    return aggregated(archive.sqlite(folder / "archive"), "tried", settings_below(folder))


@pytest.fixture
def answer(edition: Edition, tmp_path: Path) -> Callable[..., Results]:
    """`answer(figure=SQL, facts=SQL)`: the answers of a finding `it` with these queries."""

    def of(**queries: str) -> Results:
        folder = tmp_path / "queries"
        for name, sql in ({"facts": "select 1 as one"} | queries).items():
            path = folder / "it" / f"{name}.sql"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(sql, encoding="utf-8")
        for name in ("cubes", "staging"):
            if not (folder / name).exists():
                (folder / name).symlink_to(ROOT / "queries" / name)
        published = read_published(ROOT / "content/published")
        return Results(edition, published, folder, Store(tmp_path / "store"))

    return of


class TestRows:
    def test_a_figure(self, answer: Callable[..., Results]) -> None:
        answers = answer(figure=FIGURE)
        assert list(answers) == ["it/figure"]
        figure = answers["it/figure"]
        assert figure.columns == ["id", "popularity", "track_count"]
        assert figure.rows == [
            {"id": 10, "popularity": 10, "track_count": 1},
            {"id": 20, "popularity": 20, "track_count": 1},
            {"id": 101, "popularity": None, "track_count": 1},
        ]
        assert figure.sql == FIGURE

    @pytest.mark.parametrize(
        ("sql", "basis"),
        [
            ("select count(*) as id from tracks_by_popularity", ["computed"]),
            ("select count(*) as id from published.totals", ["published"]),
            ("select count(*) as id from published.ai_deliveries_deezer", ["external"]),
            ("select 1 as id from albums_by_year cross join published.totals limit 1", ["computed", "published"]),
            ("select 1 as id -- published.totals", []),
        ],
    )
    def test_the_basis_follows_from_what_is_read(
        self, answer: Callable[..., Results], sql: str, basis: list[str]
    ) -> None:
        assert answer(figure=HEADER + sql)["it/figure"].basis == basis

    @pytest.mark.parametrize(
        ("sql", "value"),
        [
            ("cast(12 as decimal(38, 0))", 12),
            ("cast(1.5 as decimal(9, 2))", 1.5),
            ("sum(9223372036854775807::hugeint * 4)", 9223372036854775807 * 4),
            ("date '2025-07-08'", "2025-07-08"),
            ("'nan'::double", None),
            ("'inf'::double", None),
            ("null", None),
            ("true", True),
            ("0.1 + 0.2::double", 0.1 + 0.2),
            ("'<b> \u2028 é'", "<b> \u2028 é"),
        ],
    )
    def test_values(self, answer: Callable[..., Results], sql: str, value: object) -> None:
        found = answer(figure=f"{HEADER}select 1 as id, {sql} as v")["it/figure"].rows[0]["v"]
        assert found == value
        assert type(found) is type(value)

    def test_they_are_kept(self, answer: Callable[..., Results], monkeypatch: pytest.MonkeyPatch) -> None:
        first = answer(figure=FIGURE)["it/figure"]
        monkeypatch.setattr(Results, "_con", None)
        assert answer(figure=FIGURE)["it/figure"] == first

    def test_why_there_are_none(self, answer: Callable[..., Results]) -> None:
        sql = f"{HEADER}select bin as id from feature_histograms"
        assert answer(figure=sql)["it/figure"].absent == "This edition has no table track_audio_features."
        assert answer(figure=FIGURE)["it/figure"].absent is None

    def test_an_unknown_figure(self, answer: Callable[..., Results]) -> None:
        with pytest.raises(KeyError):
            answer(figure=FIGURE)["it/another"]

    def test_the_edition_can_be_asked(self, answer: Callable[..., Results]) -> None:
        rows = answer(figure=f"{HEADER}select 1 as id, * from edition.unusable")["it/figure"].rows
        assert rows == [
            {"id": 1, "table_name": "tracks", "column_name": "popularity", "reason": "not a number", "value_count": 1}
        ]
        sql = f"{HEADER}select rows_read as id from edition.tables where table_name = 'tracks'"
        assert answer(figure=sql)["it/figure"].rows == [{"id": 3}]


class TestFacts:
    def test_one_wide_row(self, answer: Callable[..., Results]) -> None:
        assert answer(facts="select 1 as a, null as b, 'x' as c").facts() == {"it": {"a": 1, "b": None, "c": "x"}}

    def test_they_may_rest_on_a_figure(self, answer: Callable[..., Results]) -> None:
        answers = answer(figure=FIGURE, facts="select sum(track_count) as n from rows.figure")
        assert answers.facts() == {"it": {"n": 3}}

    def test_an_edited_figure_changes_the_facts_that_rest_on_it(self, answer: Callable[..., Results]) -> None:
        facts = "select sum(n) as n from rows.figure"
        assert answer(figure=f"{HEADER}select 1 as n", facts=facts).facts() == {"it": {"n": 1}}
        assert answer(figure=f"{HEADER}select 2 as n", facts=facts).facts() == {"it": {"n": 2}}

    @pytest.mark.parametrize("rows", [0, 2])
    def test_other_than_one_row(self, answer: Callable[..., Results], rows: int) -> None:
        with pytest.raises(QueryError) as failed:
            answer(facts=f"select 1 as a from range({rows})").facts()
        assert failed.value.message == f"facts are one row; this query gives {rows}"
        assert failed.value.where.endswith("it/facts.sql")


class TestBadSql:
    @pytest.mark.parametrize(
        ("sql", "message"),
        [
            ("selekt 1", "syntax error"),
            ("select nothing from tracks_by_popularity", "nothing"),
            ("select * from no_such_cube", "no_such_cube"),
            ("select * from published.no_such_source", "no_such_source"),
            ("select 1 / 'x' as a", "Could not convert"),
            ("select [1, 2] as a", "a list is no fact"),
            ("select 'x'::blob as a", "a bytes is no fact"),
            ("select 1 as a, 2 as a", "column `a` is there twice"),
            ("-- to be written", "no query"),
            ("", "no query"),
        ],
    )
    @pytest.mark.parametrize("name", ["figure", "facts"])
    def test_the_file_is_named(self, answer: Callable[..., Results], name: str, sql: str, message: str) -> None:
        answers = answer(**{name: sql})
        with pytest.raises(QueryError, match=message) as failed:
            answers["it/figure"] if name == "figure" else answers.facts()
        file, _, line = failed.value.where.partition(".sql")
        assert file.endswith(f"it/{name}")
        assert line in ("", ":1")

    def test_the_figure_that_facts_rest_on_is_named(self, answer: Callable[..., Results]) -> None:
        with pytest.raises(QueryError) as failed:
            answer(figure="selekt 1", facts="select * from rows.figure").facts()
        assert failed.value.where.endswith("it/figure.sql:1")

    def test_facts_that_rest_on_no_figure(self, answer: Callable[..., Results]) -> None:
        with pytest.raises(QueryError, match=r"`rows\.another` is not a figure of `it`"):
            answer(facts="select * from rows.another").facts()

    def test_text_that_is_not_utf8(self, answer: Callable[..., Results], tmp_path: Path) -> None:
        answer(figure=FIGURE)
        (tmp_path / "queries/it/figure.sql").write_bytes(b"select '\xff'")
        with pytest.raises(QueryError, match="not UTF-8"):
            answer()


class TestPublished:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "counts.csv").write_text("band,track_count\n0–9,12\n")
        (tmp_path / "sources.toml").write_text(
            '[counts]\nbasis = "release"\ntitle = "Counts"\npublisher = "Someone"\n', encoding="utf-8"
        )
        return tmp_path

    def test_rows_with_their_source(self, folder: Path) -> None:
        table = read_published(folder).tables["counts"]
        assert table["rows"] == [{"band": "0–9", "track_count": 12}]
        assert (table["basis"], table["publisher"]) == ("release", "Someone")

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("sources.toml", b"[counts", "this is not TOML"),
            ("sources.toml", b"", "has no [counts] in sources.toml"),
            ("sources.toml", b"[counts]\ntitle = 'T'", "[counts] has no `basis`"),
            ("sources.toml", b"[counts]\nbasis = 'gossip'\ntitle = 'T'\npublisher = 'P'", "`gossip` is not a basis"),
            ("more.csv", b"a\n1\n", "published figure `more` has no [more]"),
            ("counts.csv", b"", "this file is empty"),
            ("counts.csv", b"a,b\n1\n", "1 fields where the header has 2"),
            ("counts.csv", b"a\n\xff\n", "not UTF-8"),
        ],
    )
    def test_what_cannot_be_used(self, folder: Path, name: str, data: bytes, message: str) -> None:
        (folder / name).write_bytes(data)
        with pytest.raises(ContentError) as refused:
            read_published(folder)
        assert message in refused.value.message

    @pytest.mark.parametrize("name", ["sources.toml", "counts.csv"])
    def test_a_file_is_missing(self, folder: Path, name: str) -> None:
        (folder / name).unlink()
        with pytest.raises(ContentError):
            read_published(folder)
