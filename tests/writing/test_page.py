"""How a page is read: lines, choices, blocks; and the slips of the pen that fail."""

from __future__ import annotations

import pytest

from report.writing.page import Line, parse_page

HEAD = "---\ntitle: A title\n---\n\n"


def body(text: str):
    return parse_page(HEAD + text, "page.md")


def lines(text: str) -> list[Line]:
    return [line for block in body(text).blocks for line in block.lines]


def test_a_line_is_what_stands_in_one_line_and_what_is_indented_below() -> None:
    assert [line.text for line in lines("One thing.\nAnother\n  goes on.")] == ["One thing.", "Another goes on."]


def test_a_line_says_what_it_hangs_on() -> None:
    (line,) = lines("! [crowding: all, some] Lengths crowd.")
    assert (line.of, line.cases, line.asserts, line.text) == ("crowding", ("all", "some"), True, "Lengths crowd.")


def test_a_guard_is_a_fact_and_no_case() -> None:
    (line,) = lines("[median_s] The rule is shown.")
    assert (line.of, line.cases) == ("median_s", ())


def test_cases_of_one_set_are_one_choice_and_a_case_that_comes_again_begins_another() -> None:
    (block,) = body("[a: x] Ex.\n[a: y] Why.\n~ Else.\n[a: x] Again.\n[b: x] Another set.").blocks
    assert [[line.text for line in choice] for choice in block.choices] == [
        ["Ex.", "Why.", "Else."],
        ["Again."],
        ["Another set."],
    ]


def test_an_answer_is_no_alternative_of_what_is_none() -> None:
    (block,) = body("[a: x] Ex.\n! [a: y] Why.").blocks
    assert len(block.choices) == 2


def test_blocks() -> None:
    text = "## Words {#anchor}\n\nText.\n\n- One.\n- Two.\n\n> Aside.\n\n"
    text += "| a |\n|---|\n\n![](histogram)\nSeen.\n\n[^1]: A note.\n"
    kinds = [(block.kind, block.name) for block in body(text).blocks]
    assert kinds == [
        ("heading", "anchor"),
        ("text", ""),
        ("list", ""),
        ("aside", ""),
        ("table", ""),
        ("figure", "histogram"),
        ("note", "1"),
    ]


def test_slots_below_a_heading_are_that_figures() -> None:
    page = parse_page("## histogram\ntitle:\n  [peak: yes] A peak\n  ~ Tracks\nalt: A hump.\n", "figures.md")
    assert list(page.slots) == ["histogram.title", "histogram.alt"] and page.problems == []
    assert page.slots["histogram.title"][0][0].asserts


SLIPS = [
    # What a writer's edits got past the first checks.
    ("The medians\nby A mean can be long.", 5, "ends no sentence"),
    ("The median is long,\nand the mean is not.", 5, "ends no sentence"),
    ("The median is long.\nand the mean is not.", 6, "begins no sentence"),
    ("One.\n~Another.", 6, "begins with a sign"),
    ("!Another.", 5, "begins with a sign"),
    ("! [a: x] So.\nAlways said.\n~ Not known.", 6, "this line is always said"),
    ("[a:x] So.", 5, "is no case and no link"),
    ("[a: x]So.", 5, "is no case and no link"),
    ("~ Of nothing.", 5, "is the alternative of nothing"),
    ("It is {{ median_s }.", 5, "`{{` begins nothing"),
    ("{% if x %}So.", 5, "`{%` begins nothing"),
    ("## Words", 5, "has no anchor"),
    ("## Words {#words}\nText.", 5, "has no anchor"),
    ("> One.\nTwo.", 6, "has no `> `"),
    ("- One.\nTwo.", 6, "is no item"),
    ("{{ here }} it is.", 5, "begins no sentence"),
    ("{{ tier_count | spelled }} tiers.", 5, "begins no sentence"),
]


@pytest.mark.parametrize(("text", "line", "said"), SLIPS)
def test_a_slip_fails_with_file_and_line(text: str, line: int, said: str) -> None:
    problems = body(text).problems
    assert [problem.where for problem in problems if said in problem.message] == [f"page.md:{line}"], problems


@pytest.mark.parametrize(
    "text",
    [
        "It is so.",
        "**Bold.** It is.",
        "“Quoted.”",
        "A question:\n\n| a |\n|---|",
        "{{ agreement }}",
        "(In brackets.)",
        "See [the page](x.html).",
        "[The page](x.html) says so.",
        "In 2024.[^1]\n\n[^1]: A note.",
        "{{ Here }} it is.",
        "{{ tier_count | spelled | capital }} tiers.",
        "! [a: x] So.\n~ [b: y] Else.\n~ Always.",
    ],
)
def test_what_is_in_order_passes(text: str) -> None:
    assert body(text).problems == []


def test_a_slot_that_is_no_slot() -> None:
    page = parse_page("---\ntitle: A\nThe rest of it\n---\n", "page.md")
    assert [(each.where, each.message) for each in page.problems] == [
        ("page.md:3", "“The rest of it” belongs to no slot")
    ]
