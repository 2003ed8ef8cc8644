"""Numbers print as a careful person would write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.core.errors import ContentError, FactError
from report.core.facts import AllFacts, Facts, Unknown, is_known
from report.core.numbers import (
    FILTERS,
    change,
    compact,
    count,
    counted,
    day,
    decimal,
    file_size,
    fingerprint,
    form,
    minutes,
    month,
    ordinal,
    percent,
    percent_short,
    points,
    ratio,
    short,
    words,
    year,
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (percent(0.1351), "13.5%"),
        (percent(0.0004), "<0.1%"),
        (percent(0.00084, 3), "0.084%"),
        (percent(0.99996), ">99.9%"),
        (percent(0.996, 0), ">99%"),
        (percent(0), "0%"),
        (percent(1), "100%"),
        (percent(1.0000000000000002), "100%"),
        (percent(0.1345), "13.5%"),
        (count(58590982), "58,590,982"),
        (count(-16025), "−16,025"),
        (count(Decimal("2.5")), "3"),
        (compact(9_931), "9,931"),
        (compact(214_413), "214 thousand"),
        (compact(999_999), "1.0 million"),
        (compact(11_066_418), "11.1 million"),
        (compact(256_039_007), "256 million"),
        (compact(1_698_443_099), "1.7 billion"),
        (ratio(1.2711), "1.27"),
        (decimal(0.125), "0.13"),
        (decimal(2.675), "2.68"),
        (decimal(-0.001), "0.00"),
        (decimal(-7.25, 1), "−7.3"),
        (percent(0.0015), "0.2%"),
        (percent(0.5285), "52.9%"),
        (percent_short(0.025), "2.5%"),
        (short(0.25), "0.25"),
        (short(1200), "1,200"),
        (short(-0.0), "0"),
        (short(-1.5), "−1.5"),
        (minutes(3599.5), "1:00:00"),
        (minutes(193.83), "3:14"),
        (minutes(59.5), "1:00"),
        (minutes(3723), "1:02:03"),
        (change(-0.2308), "−23%"),
        (change(0.12), "+12%"),
        (change(0.0004), "+0.04%"),
        (change(0), "0%"),
        (points(-0.031), "−3.1"),
        (year(2024), "2024"),
        (year("2024-03-01"), "2024"),
        (month("2025-07-14"), "July 2025"),
        (day("2025-07-14T10:00:00"), "14 July 2025"),
        (words(5), "five"),
        (words(26), "26"),
        (ordinal(1), "1st"),
        (ordinal(12), "12th"),
        (ordinal(22), "22nd"),
        (file_size(154), "154 B"),
        (file_size(17_373), "17 kB"),
        (file_size(1_250_000), "1.3 MB"),
        (fingerprint("f5fd5cf316c4d362aa"), "f5fd 5cf3 16c4 d362 …"),
    ],
)
def test_printed(printed: str, expected: str) -> None:
    assert printed == expected


@pytest.mark.parametrize("name", [name for name in FILTERS if name not in ("file_size", "given", "counted", "form")])
@pytest.mark.parametrize("unknown", [None, Unknown()])
def test_unknown_is_a_dash(name: str, unknown: object) -> None:
    assert FILTERS[name](unknown) == "—"


@pytest.mark.parametrize("name", ["percent", "count", "compact", "decimal", "minutes", "change", "points", "month"])
@pytest.mark.parametrize("wrong", ["many", True, [], float("nan")])
def test_wrong_type_is_told(name: str, wrong: object) -> None:
    with pytest.raises(ContentError, match=f"{name} needs a"):
        FILTERS[name](wrong)


@pytest.mark.parametrize("share", [-0.01, 1.01, 13.5])
def test_percent_wants_a_fraction(share: float) -> None:
    with pytest.raises(ContentError, match="fraction"):
        percent(share)


@given(st.floats(0, 1), st.integers(0, 4))
def test_percent_never_rounds_to_nothing_or_all(share: float, digits: int) -> None:
    printed = percent(share, digits)
    if share > 0:
        assert printed.strip("0.%") or printed.startswith("<")
    if share < 1:
        assert not printed.startswith("100")


@given(st.integers(-(10**15), 10**15))
def test_count_keeps_every_digit(value: int) -> None:
    assert int(count(value).replace(",", "").replace("−", "-")) == value


def test_facts_are_attributes() -> None:
    facts = AllFacts({"duration": {"index_180": 1.27, "median_s": None}})
    assert facts.duration.index_180 == 1.27
    assert not is_known(facts.duration.median_s)
    assert facts.as_dict() == {"duration": {"index_180": 1.27, "median_s": None}}


def test_unknown_fact_is_told() -> None:
    with pytest.raises(FactError) as error:
        _ = Facts("duration", {"index_180": 1.27}).index_18O
    assert error.value.message == "`index_18O` is not a fact of `duration`"
    assert error.value.hint == "did you mean `index_180`?"
    with pytest.raises(FactError, match="`durations` has no facts"):
        _ = AllFacts({"duration": {}}).durations


def test_unknown_values_spread_and_never_compare() -> None:
    gone = AllFacts({"duration": {"gone": None}}).duration.gone
    assert str(-gone) == str(1 + gone) == str(gone / 2) == "—"
    assert not gone
    assert gone.__eq__(None)
    with pytest.raises(FactError, match="`gone` of `duration` is unknown in this edition"):
        _ = gone > 0.5


def test_numbers_of_a_database_become_plain() -> None:
    facts = Facts("x", {"a": Decimal("3"), "b": Decimal("0.5"), "c": float("nan")})
    assert dict(iter(facts)) == {"a": 3, "b": 0.5, "c": None}


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "0 tracks"), (1, "1 track"), (2, "2 tracks"), (1000, "1,000 tracks"), (None, "— tracks")],
)
def test_what_is_counted_agrees_with_the_count(number: int | None, printed: str) -> None:
    assert counted(number, "track") == printed


def test_a_plural_without_s_is_given() -> None:
    assert [counted(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]
    assert [form(number, "has", "have") for number in (0, 1, 2)] == ["have", "has", "have"]
