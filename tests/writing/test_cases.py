"""Cases: what holds for which facts, and what is shown where conditions leave a gap or overlap."""

from __future__ import annotations

import pytest

from report.writing.cases import Cases

FACTS = {
    "index_180": 1.2,
    "index_180_standard_error": 0.02,
    "change": -0.1,
    "year_count": 5,
    "over_count": 2,
    "tier": "0",
    "share": 0.4,
    "other_share": 0.3,
}
WITHIN = {"year_count": (0, float("inf")), "share": (0.0, 1.0), "other_share": (0.0, 1.0)}
PEAK = {"yes": "above(index_180, 1.1)", "no": "below(index_180, 1.1)", "chance": "near(index_180, 1.1)"}


def cases(**conditions: str) -> Cases:
    return Cases({"set": conditions}, FACTS, WITHIN, "x.toml")


def problem(**conditions: str) -> str:
    return " ".join(f"{each.where} {each.message}" for each in cases(**conditions).problems())


@pytest.mark.parametrize(
    ("index", "error", "said"),
    [
        (1.2, 0.02, "yes"),
        (1.2, 0.06, "chance"),
        (1.0, 0.02, "no"),
        (1.1, 0.0, "chance"),
        (1.3, None, "chance"),
        (None, 0.02, None),
    ],
)
def test_what_chance_could_have_made_decides_nothing(
    index: float | None, error: float | None, said: str | None
) -> None:
    facts = {"index_180": index, "index_180_standard_error": error}
    assert cases(**PEAK).outcomes(facts) == {"set": said}


def test_an_unknown_fact_leaves_the_outcome_open() -> None:
    both = cases(yes="least(share, other_share) > 0.5", no="least(share, other_share) <= 0.5")
    assert both.outcomes({"share": 0.9, "other_share": None}) == {"set": None}


def test_of_what_is_named_unknown_nothing_is_said() -> None:
    made = cases(all="over_count = year_count and year_count > 0", unknown="year_count = 0")
    assert made.outcomes({"over_count": 0, "year_count": 0}) == {"set": None} and made.names("set") == ["all"]


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ({"yes": "change < 0", "no": "change > 0"}, "no case holds at change = 0"),
        ({"yes": "change <= 0", "no": "change >= 0"}, "yes and no overlap at change = 0"),
        ({"yes": "share > 0.5", "no": "share < 0.5"}, "no case holds at share = 0.5"),
        ({"yes": "share > other_share", "no": "share < other_share"}, "no case holds at other_share = "),
        ({"yes": "year_count >= 3", "no": "year_count < 2"}, "no case holds at year_count = 2"),
        ({"yes": "above(index_180, 1.1)", "no": "below(index_180, 1.1)"}, "no case holds at index_180 = "),
        ({"yes": "tier = '0'", "no": "tier = '1'"}, "no case holds at tier = a"),
        ({"yes": "share >= 0", "no": "share < 0"}, "no: no value meets"),
        ({"yes": "chnge < 0", "no": "change >= 0"}, "`chnge` is not a fact"),
        ({"yes": "index_180 > 1.1", "no": "index_180 <= 1.1"}, "`index_180` has a standard error"),
        ({"yes": "change <", "no": "change >= 0"}, "cannot be asked"),
    ],
)
def test_a_gap_or_an_overlap_is_shown_by_a_value(conditions: dict, said: str) -> None:
    assert said in problem(**conditions) and "x.toml, [cases.set]" in problem(**conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        PEAK,
        {"yes": "plain(index_180) > 1.1", "no": "plain(index_180) <= 1.1"},
        {"open": "contains(tier, '+')", "one": "tier = '1'", "more": "not contains(tier, '+') and tier <> '1'"},
        {
            "some": "over_count between 1 and year_count - 1",
            "all": "over_count >= year_count and year_count > 0",
            "none": "over_count = 0 and year_count > 0",
            "unknown": "year_count = 0",
        },
    ],
)
def test_what_is_exclusive_and_complete_passes(conditions: dict) -> None:
    assert problem(**conditions) == ""


def test_examples_fit_their_case() -> None:
    made = cases(**PEAK)
    assert {case: made.outcomes(sample)["set"] for case, sample in made.examples("set").items()} == dict(
        zip(PEAK, PEAK, strict=True)
    )


@pytest.mark.parametrize("known", [{}, {"tracks_first": "pop"}, {"artists_first": "pop"}, {"followers_first": "pop"}])
def test_an_unknown_fact_is_text_as_what_it_is_compared_with(known: dict[str, str]) -> None:
    facts = {"artists_first": None, "tracks_first": None, "followers_first": None} | known
    same = "artists_first = tracks_first and tracks_first = followers_first"
    other = "artists_first <> tracks_first or tracks_first <> followers_first"
    asked = Cases(
        {"agree": {"same": same, "other": other}, "any": {"one": "followers_first is not null"}}, facts, {}, "x"
    )
    assert asked.problems() == []
    assert asked.outcomes(facts)["agree"] is None
