"""Contracts: each rule finds the row that breaks it and names it; every query of the report has one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, WHOLE, aggregated, settings_below

from report.cache.store import Store
from report.core.errors import QueryError
from report.results.contracts import Contract, read_contract
from report.results.results import Results
from report.warehouse.edition import Edition, read_edition
from report.warehouse.published import read_published

WHERE = Path("queries/it/figure.sql")
BOUNDS = {"snapshot": 2025, "as_of": "2025-07-11"}
HEADER = "-- What is it?\n-- One row a year.\n-- Denominator: all of them,\n-- of every kind.\n--\n"
NEEDED = ("unit: tracks", "key: year", "rows: 0..3")
QUERIES = sorted(
    path.relative_to(ROOT)
    for path in (ROOT / "queries").glob("*/*.sql")
    if path.parent.name not in {"staging", "cubes"} and path.stem != "facts"
)


def contract(*rules: str, is_facts: bool = False) -> Contract:
    lines = "".join(f"-- {rule}\n" for rule in (*(() if is_facts else NEEDED), *rules))
    return read_contract(f"{HEADER}{lines}select 1", WHERE, is_facts)


def check(rows: list[dict], *rules: str) -> None:
    contract(*rules).check(list(rows[0]), rows, BOUNDS)


def years(**columns: list) -> list[dict]:
    """Rows of 2001, 2002 …"""
    length = len(next(iter(columns.values())))
    return [{"year": 2001 + at} | {name: values[at] for name, values in columns.items()} for at in range(length)]


class TestBreaches:
    @pytest.mark.parametrize(
        ("rule", "rows", "said", "row"),
        [
            ("", [{"year": 2001}, {"year": 2001}], "another row has this key", "year = 2001"),
            ("may be unknown: *", [{"year": None}], "`year` is unknown, and it is part of the key", "year = None"),
            ("", years(n=[1] * 4), "there are 4 rows", None),
            ("", [{"year": 2002}, {"year": 2001}], "this row is not in its place", "year = 2001"),
            ("order: n", years(n=[1, 3, 2]), "this row is not in its place", "year = 2003"),
            ("order: n", years(n=[1, 1]), "this row is not in its place", "year = 2002"),
            ("order: n desc", years(n=[1, 2]), "this row is not in its place", "year = 2002"),
            ("order: n\nmay be unknown: n", years(n=[None, 2]), "this row is not in its place", "year = 2002"),
            ("", years(n=[1, None]), "`n` is unknown", "year = 2002"),
            ("may be unknown: m", years(n=[None], m=[None]), "`n` is unknown", "year = 2001"),
            ("within: n 1..8", years(n=[1, 8, 9]), "`n` is 9, not within 1..8", "year = 2003"),
            ("within: n 1..", years(n=[0]), "`n` is 0, not within 1..", "year = 2001"),
            ("within: *_db -60..-0.5", years(mean_db=[-0.4]), "`mean_db` is -0.4, not within -60..-0.5", "year = 2001"),
            ("within: n 1..8", years(n=["4"]), "`n` is '4', not within 1..8", "year = 2001"),
            ("within: year 1900..snapshot", [{"year": 2026}], "`year` is 2026, not within 1900..2025", "year = 2026"),
            (
                "within: day 2025-01-01..as_of",
                years(day=["2025-07-11", "2025-07-12"]),
                "`day` is '2025-07-12', not within 2025-01-01..2025-07-11",
                "year = 2002",
            ),
            ("one of: mode major | minor", years(mode=["Dur"]), "`mode` is 'Dur', which is not listed", "year = 2001"),
            ("one of: a x; b y\n  | z", years(a=["x"], b=["x"]), "`b` is 'x', which is not listed", "year = 2001"),
            ("sums to 1: part", years(part=[0.5, 0.4]), "`part` comes to 0.9", None),
            ("sums to 1 per mode: part", years(mode=["a", "b"], part=[1, 0.9]), "`part` comes to 0.9", "mode = 'b'"),
            ("sums to at most 1: part", years(part=[0.9, 0.2]), "`part` comes to 1.1", None),
            ("sums to 1 within 0.01: part", years(part=[0.9, 0.08]), "`part` comes to 0.98", None),
            ("sums to 100: part", years(part=[90, 9]), "`part` comes to 99", None),
            ("holds: a <= b", years(a=[1, 3], b=[1, 2]), "3 <= 2 does not hold", "year = 2002"),
            ("holds: a < b", years(a=[1], b=[1]), "1 < 1 does not hold", "year = 2001"),
            ("holds: a + b = c", years(a=[1], b=[2], c=[4]), "3 = 4 does not hold", "year = 2001"),
            ("", years(track_share=[1.01]), "`track_share` is 1.01, not within 0..1", "year = 2001"),
            ("", years(track_count=[-1]), "`track_count` is -1, not within 0..", "year = 2001"),
            ("", years(release_year=[20]), "`release_year` is 20, not within 1900..2100", "year = 2001"),
            ("", years(heaping_index=[-0.1]), "`heaping_index` is -0.1, not within 0..", "year = 2001"),
        ],
    )  # fmt: skip
    def test_the_row_and_the_rule_are_named(self, rule: str, rows: list[dict], said: str, row: str | None) -> None:
        with pytest.raises(QueryError) as broken:
            check(rows, *filter(None, rule.split("\n")))
        assert broken.value.message == said
        place, _, found = broken.value.where.partition(", row ")
        assert place.startswith(f"{WHERE}:")
        assert (found or None) == row
        assert "the contract is `" in broken.value.hint

    def test_the_line_is_that_of_the_rule(self) -> None:
        with pytest.raises(QueryError) as broken:
            check(years(n=[9]), "may be unknown: n", "within: n 1..8")
        assert broken.value.where == f"{WHERE}:10, row year = 2001"
        assert "`within: n 1..8`" in broken.value.hint

    def test_a_long_value_is_cut(self) -> None:
        rules = ("unit: tracks", "key: name", "rows: 1")
        found = read_contract("-- Q\n--\n" + "".join(f"-- {rule}\n" for rule in rules), WHERE)
        with pytest.raises(QueryError) as broken:
            found.check(["name", "a_count"], [{"name": "x" * 10_000, "a_count": -1}], {})
        assert len(broken.value.where) < 120


@pytest.mark.parametrize(
    ("rules", "rows"),
    [
        ((), years(n=[1, 2, 3])),
        (("may be unknown: n",), years(n=[None, 1, None])),
        (("order: n desc, year",), years(n=[2, 2, 1])),
        (("may be unknown: n", "order: n, year"), years(n=[1, None, None])),
        (("may be unknown: n", "within: n 1..2"), years(n=[None, 1, 2 + 1e-12])),
        (("may be unknown: part", "sums to 1: part"), years(part=[None, None])),
        (("sums to 1: part",), years(part=[0.1, 0.2, 0.7])),
        (("may be unknown: a", "holds: a <= b"), years(a=[None], b=[1])),
        (("holds: a + b = c",), years(a=[0.1], b=[0.2], c=[0.3])),
        (("within: year 1900..snapshot",), [{"year": 2025}]),
    ],
)
def test_what_keeps_its_contract(rules: tuple[str, ...], rows: list[dict]) -> None:
    check(rows, *rules)


def test_no_rows_break_no_rule() -> None:
    contract("within: n 1..8", "sums to 1: n", "holds: n <= year").check(["year", "n"], [], BOUNDS)


def test_a_bound_that_is_unknown_bounds_nothing() -> None:
    contract("within: day 2001-01-01..as_of").check(["year", "day"], years(day=["2099-01-01"]), {"as_of": None})


class TestHeaders:
    def test_what_it_says(self) -> None:
        found = contract()
        assert found.units == ["tracks"]
        assert found.key == ["year"]
        assert found.denominator == "all of them, of every kind."

    def test_a_line_may_go_on(self) -> None:
        assert contract("one of: mode major |", "  minor").texts["one of"] == "mode major | minor"

    @pytest.mark.parametrize(
        ("rule", "message", "hint"),
        [
            ("withn: n 1..8", "`withn` is no rule", "did you mean `within`?"),
            ("is good", "`is good` is no rule", "known: unit, key"),
            ("known: n", "`known` is no rule", ""),
            ("key: n", "`key` is there twice", "one line"),
            ("within: n 1-8", "`within: n 1-8` cannot be read", "it reads like this: minute 1..8"),
            ("order:", "`order:` is no rule", "did you mean `order`?"),
            ("one of: mode", "`one of: mode` cannot be read", "it reads like this"),
            ("holds: a > b", "`holds: a > b` cannot be read", "it reads like this"),
        ],
    )
    def test_what_cannot_be_read(self, rule: str, message: str, hint: str) -> None:
        with pytest.raises(QueryError) as refused:
            contract(rule)
        assert refused.value.message == message
        assert refused.value.where == f"{WHERE}:9"
        assert hint in refused.value.hint

    @pytest.mark.parametrize(
        ("name", "text", "hint"),
        [("unit", "songs", "units are tracks"), ("rows", "some", "it reads like this: 0..200, 12")],
    )
    def test_needed_rules_that_cannot_be_read(self, name: str, text: str, hint: str) -> None:
        lines = {"unit": "tracks", "key": "year", "rows": "1"} | {name: text}
        with pytest.raises(QueryError, match="cannot be read") as refused:
            read_contract("--\n" + "".join(f"-- {rule}: {said}\n" for rule, said in lines.items()), WHERE)
        assert hint in refused.value.hint

    @pytest.mark.parametrize("name", ["unit", "key", "rows"])
    def test_what_is_needed(self, name: str) -> None:
        lines = [f"-- {rule}\n" for rule in NEEDED if not rule.startswith(name)]
        with pytest.raises(QueryError) as refused:
            read_contract(HEADER + "".join(lines) + "select 1", WHERE)
        assert refused.value.message == f"the header of this query has no `{name}`"

    def test_no_header_at_all(self) -> None:
        with pytest.raises(QueryError, match="has no `unit`"):
            read_contract("select 1 as year", WHERE)
        assert read_contract("select 1 as year", WHERE, is_facts=True).declared == []

    @pytest.mark.parametrize("rule", ["within: nn 1..8", "may be unknown: nn", "holds: nn <= year", "order: nn"])
    def test_a_column_that_is_not_there(self, rule: str) -> None:
        with pytest.raises(QueryError) as refused:
            check(years(n=[1]), rule)
        assert refused.value.message == "`nn` is no column of this query"
        assert refused.value.where == f"{WHERE}:9"
        assert refused.value.hint == "did you mean `n`?"

    def test_facts(self) -> None:
        found = contract("known: tracks", "holds: tracks <= tracks_in", is_facts=True)
        found.check(["tracks", "tracks_in", "other"], [{"tracks": 1, "tracks_in": 2, "other": None}], BOUNDS)
        with pytest.raises(QueryError) as broken:
            found.check(["tracks", "tracks_in"], [{"tracks": None, "tracks_in": 2}], BOUNDS)
        assert broken.value.message == "`tracks` is unknown"
        assert broken.value.where == f"{WHERE}:6"


@pytest.mark.parametrize("path", QUERIES, ids=str)
def test_every_figure_has_a_contract(path: Path) -> None:
    found = read_contract((ROOT / path).read_text(encoding="utf-8"), path)
    assert found.denominator
    assert found.prose.partition("?")[1], "it opens with its question"
    assert "One row per" in found.prose


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """That of an archive of three tracks."""
    folder = tmp_path_factory.mktemp("answers")
    archive = Archive(tracks=[{"popularity": 0}, {"popularity": 0}, {"popularity": 50}]).sqlite(folder / "archive")
    return aggregated(archive, "tried", settings_below(folder))


class TestAnswers:
    @pytest.fixture
    def answers(self, edition: Edition, tmp_path: Path) -> Callable[[str], Results]:
        """`answers(SQL, name)`: over that edition, with that query in place of the project's own."""

        def of(sql: str, name: str = "figure") -> Results:
            folder = tmp_path / "queries"
            (folder / "it").mkdir(parents=True, exist_ok=True)
            (folder / f"it/{name}.sql").write_text(sql, encoding="utf-8")
            for layer in ("cubes", "staging"):
                if not (folder / layer).exists():
                    (folder / layer).symlink_to(ROOT / "queries" / layer)
            published = read_published(ROOT / "content/published")
            return Results(read_edition(edition.folder, WHOLE), published, folder, Store(tmp_path / "store"))

        return of

    HEAD = "-- Q?\n--\n-- unit: tracks\n-- key: popularity\n-- rows: 1..\n"

    def test_rows_are_held_against_it(self, answers: Callable[..., Results]) -> None:
        sql = f"{self.HEAD}select popularity, -track_count as track_count from tracks_by_popularity order by 1"
        with pytest.raises(QueryError) as broken:
            answers(sql)["it/figure"]
        said = "the counts of edition `tried` contradict each other: `track_count` is -2, not within 0.."
        assert broken.value.message == said
        assert "source may be inconsistent" in broken.value.hint
        assert broken.value.where.endswith("it/figure.sql:1, row popularity = 0")

    def test_facts_are_held_against_it(self, answers: Callable[..., Results]) -> None:
        with pytest.raises(QueryError, match="`zero_share` is 2, not within"):
            answers("select 2 as zero_share", "facts").facts()

    def test_a_breach_is_not_kept(self, answers: Callable[..., Results]) -> None:
        head = f"{self.HEAD}-- within: track_count 1..1\n"
        sql = f"{head}select popularity, track_count from tracks_by_popularity order by 1"
        for _ in range(2):
            with pytest.raises(QueryError):
                answers(sql)["it/figure"]
        assert len(answers(sql.replace("1..1\n", "1..2\n"))["it/figure"].rows) == 2

    def test_another_checker_asks_again(self, answers: Callable[..., Results], monkeypatch: pytest.MonkeyPatch) -> None:
        sql = f"{self.HEAD}select popularity, track_count from tracks_by_popularity order by 1"
        assert answers(sql)["it/figure"].rows
        monkeypatch.setattr(Results, "_con", None)
        assert answers(sql)["it/figure"].rows
        monkeypatch.setattr("report.results.results.code_of", lambda *_: "another")
        with pytest.raises(AttributeError):
            answers(sql)["it/figure"]
