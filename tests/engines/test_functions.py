"""What queries may be made of means the same on another engine; whatever else they are made of is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from building import ROOT
from cases import CASES
from hostile import CODES, DATES, LABELS, MARKETS, NAMES, NUMBERS, TITLES

from report.core.errors import QueryError
from report.engines.characters import Letters, pattern_for
from report.engines.dialect import Dialect, kind_of
from report.engines.duckdb import connect
from report.engines.proven import FUNCTIONS, LIST, OPERATORS
from report.sources.files import parquet
from report.sources.relations import READABLE, TIMES, typed
from report.sources.schema import Column
from report.sql.engine import Engine
from report.warehouse.audit import reasons_of
from report.warehouse.markers import macros, read_markers

QUERIES = [path for folder in ("staging", "cubes") for path in sorted((ROOT / "queries" / folder).glob("*.sql"))]
WHOLE = [
    0,
    1,
    -1,
    2,
    3,
    7,
    63,
    64,
    65,
    255,
    256,
    -64,
    10**6,
    2**31,
    2**53 + 1,
    2**62,
    -(2**62),
    2**63 - 1,
    -(2**63),
    None,
]
REAL = [
    0.0,
    -0.0,
    0.5,
    1.0,
    0.1,
    0.30000000000000004,
    2.5,
    3.5,
    -2.5,
    1e300,
    5e-324,
    float("inf"),
    float("-inf"),
    float("nan"),
]
REAL += [0.1234565, 0.9999995, 123.4567895, 9.3e18, -9.3e18, 9007199254740993.0, 1e18, 4e-7, 5e-7, None]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with connect("512MB", 1, tmp_path_factory.mktemp("spill")) as engine:
        yield engine


@pytest.fixture(scope="module")
def relations(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Hostile text, whole and real numbers, each with a number of its own."""
    folder = tmp_path_factory.mktemp("values")
    texts = list(dict.fromkeys([*TITLES, *CODES, *DATES, *LABELS, *MARKETS, *NAMES, *NUMBERS]))
    pairs = [(i, j) for i in WHOLE for j in (3, -5, 0, None, 40, -(10**4))]
    columns = {
        "texts": {"n": range(len(texts)), "t": pa.array(texts, pa.string())},
        "numbers": {
            "n": range(len(pairs)),
            "i": pa.array([i for i, _ in pairs], pa.int64()),
            "j": pa.array([j for _, j in pairs], pa.int64()),
            "g": [n % 4 for n in range(len(pairs))],
            "d": pa.array([REAL[n % len(REAL)] for n in range(len(pairs))], pa.float64()),
        },
    }
    for name, table in columns.items():
        pq.write_table(pa.table({column: pa.array(values) for column, values in table.items()}), folder / name)
    return {name: parquet(folder / name) for name in columns}


def test_each_function_and_operator_has_its_cases() -> None:
    assert set(CASES) == FUNCTIONS | OPERATORS


@pytest.mark.parametrize("kind", sorted(CASES))
def test_a_function_is_the_same(kind: str, here: Engine, engine: Engine, relations: dict[str, str]) -> None:
    for case in CASES[kind]:
        sql = re.sub(r"\{(texts|numbers)\}", lambda match: relations[match[1]], case)
        assert kind in {kind_of(node) for node in sqlglot.parse_one(sql, read="duckdb").walk()}
        found, wanted = (sorted(map(repr, asked.rows(sql, Path("case.sql")))) for asked in (engine, here))
        # Whole numbers of DuckDB's 128 bits come back as decimals.
        assert [row.replace("Decimal('", "").replace("')", "") for row in found] == [
            row.replace("Decimal('", "").replace("')", "") for row in wanted
        ], sql
        assert len(wanted) > 1 or kind == "sum" or "max" in sql or "min" in sql


class TestCharacters:
    def test_case_does_not_matter_alike_for_all_of_them(self, here: Engine, engine: Engine, tmp_path: Path) -> None:
        # That text is lowered, uppered and trimmed alike, and letters are told alike, is asked at every start.
        codes = [code for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
        pq.write_table(pa.table({"n": codes, "c": [chr(code) for code in codes]}), tmp_path / "all")
        letters = sorted(
            {c for marker in read_markers(ROOT / "queries/markers.csv") for c in marker.pattern if c.isalpha()}
        )
        ways = ", ".join(f"count(*) filter (where regexp_matches(c, '^[{c}]$', 'i'))" for c in letters)
        which = " or ".join(f"regexp_matches(c, '^{c}$', 'i')" for c in letters)
        for sql in (
            f"select {ways} from {parquet(tmp_path / 'all')}",
            f"select n from {parquet(tmp_path / 'all')} where {which}",
        ):
            assert sorted(engine.rows(sql, tmp_path)) == sorted(here.rows(sql, tmp_path))

    @pytest.mark.parametrize(
        "pattern", [r"\blive", r"[[:alpha:]]", r"(?i)a", r"\p{Lu}", r"[\p{L}\p{N}]", r"[a-z&&b]", r"\h"]
    )
    def test_a_pattern_that_is_not_proven_is_refused(self, pattern: str) -> None:
        with pytest.raises(QueryError, match="not proven") as raised:
            pattern_for(pattern, Letters("a", "b"), is_case_blind=True)
        assert LIST in raised.value.hint


@pytest.fixture(scope="module")
def dialect() -> Dialect:
    made = Dialect(Letters(), wraps=True)
    made.define(macros(read_markers(ROOT / "queries/markers.csv")))
    return made


class TestQueries:
    @pytest.mark.parametrize("path", QUERIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_a_query_is_made_of_what_is_proven(self, path: Path, dialect: Dialect) -> None:
        # What is new in a query has to be proven first: report/engines/proven.py says how.
        assert dialect.translate(path.read_text(encoding="utf-8"), path)

    @pytest.mark.parametrize(
        ("sql", "what"),
        [
            ("select median(x) from staging.tracks", "median"),
            ("select cast(x as hugeint) from staging.tracks", "type INT128"),
            ("select x from staging.tracks where y ilike 'a%'", "ilike"),
            ("select strftime(d, '%G') from staging.tracks", "timetostr"),
            ("select soundex(x) from staging.tracks", "soundex"),
            ("select unknown_function(x) from staging.tracks", "unknown_function()"),
            ("select try_cast(x as bigint) from staging.tracks", "trycast"),
        ],
    )
    def test_what_is_not_is_refused(self, sql: str, what: str, dialect: Dialect) -> None:
        with pytest.raises(QueryError, match=re.escape(f"`{what}` is not proven")) as raised:
            dialect.translate(sql, Path("new.sql"))
        assert (raised.value.where, LIST in raised.value.hint) == ("new.sql", True)

    @pytest.mark.parametrize("sql", ["cast(energy * 100 as integer)", "energy * 0.5"])
    def test_real_numbers_are_rounded_before_anything_else(self, sql: str, dialect: Dialect) -> None:
        with pytest.raises(QueryError, match=r"a real number|no comparison"):
            dialect.translate(f"select {sql} from source.track_audio_features", Path("new.sql"))


class TestTyping:
    """Values of every type that a source can hold, as report/sources/relations.py types them and the audit counts."""

    COLUMNS: ClassVar = {
        "any whole": Column("integer"),
        "whole": Column("integer", 0, 100),
        "real": Column("real", -1000, 1000),
        "share": Column("real", 0, 1),
        "text": Column("text"),
        "id": Column("text", is_id=True),
        "time": Column("integer", 0, 10**13, is_time=True),
    }
    VALUES: ClassVar = {
        "VARCHAR": pa.array([*NUMBERS, *TITLES], pa.string()),
        "BLOB": pa.array(
            [*(v and v.encode() for v in (*NUMBERS, *TITLES)), b"\xff", b"a\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]
        ),
        "BOOLEAN": pa.array([True, False, None]),
        "TINYINT": pa.array([-128, 127, 0, None], pa.int8()),
        "SMALLINT": pa.array([-(2**15), 101, 100, None], pa.int16()),
        "INTEGER": pa.array([-(2**31), 1, 2**31 - 1, None], pa.int32()),
        "BIGINT": pa.array(WHOLE, pa.int64()),
        "FLOAT": pa.array([0.1, 0.66, 16777217.0, 2.5, None, float("nan"), float("inf")], pa.float32()),
        "DOUBLE": pa.array(REAL, pa.float64()),
        "DATE": pa.array([0, -1, 20000, None], pa.date32()),
        "TIMESTAMP": pa.array([0, 1, 1_600_000_000_123_456, -1_500, None], pa.timestamp("us")),
        "TIMESTAMP WITH TIME ZONE": pa.array([0, 1_600_000_000_123_456, None], pa.timestamp("us", "UTC")),
    }

    @pytest.mark.parametrize("found", VALUES)
    def test_a_value_is_typed_alike(self, found: str, here: Engine, engine: Engine, tmp_path: Path) -> None:
        pq.write_table(pa.table({"v": self.VALUES[found]}), tmp_path / "values")
        columns = []
        for column in self.COLUMNS.values():
            # Times are refused where they would be text: engines write them differently.
            if found in READABLE[column.kind] - TIMES | (TIMES if column.is_time else {"DATE"}):
                columns.append(typed("v", column, found))
                columns += (f"coalesce({reason}, false)" for reason in reasons_of("v", column, found).values())
        named = ", ".join(f"{sql} as c{number}" for number, sql in enumerate(columns))
        sql = f"select {named} from {parquet(tmp_path / 'values')}"
        assert sorted(map(repr, engine.rows(sql, tmp_path))) == sorted(map(repr, here.rows(sql, tmp_path)))
