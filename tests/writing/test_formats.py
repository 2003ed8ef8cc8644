"""Numbers and dates as a language writes them: rounded by us, written by the CLDR."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import ROOT

from report.core import numbers
from report.writing.formats import Language


@pytest.fixture(scope="module")
def english() -> Language:
    return Language(ROOT / "content", "en")


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Language:
    folder = tmp_path_factory.mktemp("content") / "ru"
    folder.mkdir()
    (folder / "language.toml").write_text('[spelled]\nplain = ["ноль", "один", "два"]\nf = ["ноль", "одна", "две"]\n')
    (folder / "labels.toml").write_text('[names]\n"C major" = "до мажор"\n')
    return Language(folder.parent, "ru")


VALUES = [
    0,
    1,
    0.125,
    0.0004,
    0.9996,
    0.3170001,
    1.005,
    0.5,
    1,
    -0.2308,
    12.5,
    193.83,
    3723,
    9_999,
    214_413,
    256_039_007,
    11_066_418,
    999_950_000,
]
SAME = [
    ("percent", ()),
    ("percent", ("2",)),
    ("count", ()),
    ("compact", ()),
    ("compact", ("2",)),
    ("decimal", ()),
    ("decimal", ("1",)),
    ("minutes", ()),
    ("change", ()),
    ("change", ("1",)),
    ("points", ()),
]


@pytest.mark.parametrize(
    ("name", "options", "value"),
    [(*each, value) for each in SAME for value in VALUES if each[0] != "percent" or 0 <= value <= 1],
)
def test_english_is_as_it_was(english: Language, name: str, options: tuple, value: float) -> None:
    shown = english.show(value, f"| {name}" + (f": {options[0]}" if options else ""))
    assert shown == getattr(numbers, name)(value, *map(int, options))


@pytest.mark.parametrize("rank", [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111])
def test_ranks(english: Language, rank: int) -> None:
    assert english.show(rank, "| ordinal") == numbers.ordinal(rank)


def test_halves_go_up_where_babel_rounds_to_even(english: Language) -> None:
    assert [english.show(value, "| decimal: 1") for value in (0.25, 0.35, -0.25)] == ["0.3", "0.4", "−0.3"]


@pytest.mark.parametrize(
    ("value", "filters", "said"),
    [
        (256_039_007, "| count", "256\u00a0039\u00a0007"),
        (0.824, "| percent", "82,4\u00a0%"),
        (-0.2, "| change", "−20\u00a0%"),
        (1, "| of: трек, трека, треков", "1 трек"),
        (3, "| of: трек, трека, треков", "3 трека"),
        (11, "| of: трек, трека, треков", "11 треков"),
        (256_000_000, "| compact", "256 миллионов"),
        ("2025-07-14", "| month", "июль 2025"),
        ("2025-07-14", "| day", "14 июля 2025"),
        (2, "| spelled: f | capital", "Две"),
        ("C major", "| name", "до мажор"),
        (0.0004, "| percent", "<0,1\u00a0%"),
    ],
)
def test_another_language(russian: Language, value: object, filters: str, said: str) -> None:
    assert russian.show(value, filters) == said


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("", "has no filter"),
        ("| persent", "no filter `persent`"),
        ("| percent: many", "number of decimals"),
        ("| of", "0 options"),
        ("| count: 1, 2", "2 options"),
    ],
)
def test_a_misspelled_filter_is_found_without_rendering(english: Language, filters: str, said: str) -> None:
    assert said in english.filter_problem(filters)[0]


def test_text_of_strangers_is_shown_and_never_applied(english: Language) -> None:
    shown = english.show("<script>alert(1)</script> [x](y) *b* {{ z }}\n# t", "| text")
    assert not set("<>[]()*{}\n#") & set(shown.replace("&#", ""))


@pytest.mark.parametrize("filters", ["| count", "| percent", "| minutes"])
def test_a_filter_for_numbers_takes_no_text(english: Language, filters: str) -> None:
    with pytest.raises(TypeError, match="needs a number"):
        english.show("<b>", filters)


def test_a_finding_called_as_a_column_is_no_label(english: Language) -> None:
    # [columns.popularity] has the labels of that finding; the column `popularity` of another has none of all.
    labels = english.labels_of("columns", "long_tail/popularity")
    assert labels["track_count"] == "Tracks, computed"
    assert "popularity" not in labels and "heritage" not in labels


def test_path_is_used(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="missing"):
        Language(tmp_path, "en")
