"""The pages as written: whatever is unknown, nothing is empty, nothing is left hanging, and every slip is told."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest
from building import ROOT

from report.core.columns import COEFFICIENT, COUNT, SHARE, YEAR, meaning
from report.writing.book import Book
from report.writing.check import Check
from report.writing.choices import EDITIONS, said
from report.writing.definitions import read_definitions
from report.writing.lost import lost
from report.writing.page import WORDS, parse_page
from report.writing.voice import Voice, say_blocks

CONTENT, QUERIES = ROOT / "content", ROOT / "queries"
STEMS = sorted(path.stem for path in (CONTENT / "en/findings").glob("*.md"))
SITE = {"as_of": "2025-07-14", "partial_year": 2025, "partial_decade": 2020,
        "edition_tracks": 200_000, "fetched_first": "2025-07-01", "fetch_days": 2,
        "fetched_median": "2025-07-10", "fetched_last": "2025-07-14",
        "bundle_address": "data.zip", "bundle_bytes": 1200, "repository": None, "edition_name": "new", "is_part": "no",
        "before_name": "old", "after_name": "new", "before_as_of": "2025-06-14", "after_as_of": "2025-07-14",
        "flipped_count": 2}  # fmt: skip
HEADLINES = ("title", "summary", "listing", "question", "short")
OF_FIGURES = ("title", "subtitle", "alt")
STRAY = re.compile(r"(?<!\w )—[.,;%]|\(—|— of|\bNone\b|\{\{|\}\}| {2}|\(\)| [.,;]")


def names(stem: str) -> list[str]:
    """The facts that facts.sql gives, without asking it."""
    text = (QUERIES / stem / "facts.sql").read_text()
    _, _, last = text.rpartition("\nselect\n")
    chosen = last.partition("\nfrom ")[0]
    for part in re.findall(r"(\w+)\.\*", chosen):
        chosen += "\n" + text.partition(f"\n{part} as (\n")[2].partition("\n    from ")[0]
    return re.findall(r"(\w+),?$", chosen, re.MULTILINE)


def filters(content: Path) -> dict[str, str]:
    """A filter that each fact is shown by."""
    found: dict[str, str] = {}
    for path in content.rglob("en/f*/*.md"):
        for name, shown in re.findall(r"\{\{ ([\w.]+) \| (\w+)", path.read_text()):
            found.setdefault(name.rpartition(".")[2], shown)
    return found


@cache
def value(name: str, shown: str, toml: str) -> object:
    """A likely value of a fact, by its name and by how it is shown."""
    if shown in ("text", "name") or re.search(rf"\b{name} *(=|<>) *'|\({name}, *'", toml):
        return "0"
    if shown == "percent":
        return 0.4
    if shown in ("month", "day"):
        return "2025-07-14"
    found = meaning(name)
    kind = found.kind if found else ""
    if name.endswith("_standard_error"):
        return 0.001
    return {SHARE: 0.4, YEAR: 2015, COUNT: 1200, COEFFICIENT: 0.3}.get(kind, 12.5)


def book_of(content: Path = CONTENT) -> Book:
    shown = filters(content)
    facts = {}
    for path in QUERIES.glob("*/facts.sql"):
        stem = path.parent.name
        toml = content / f"findings/{stem}.toml"
        text = toml.read_text() if toml.is_file() else ""
        facts[stem] = {name: value(name, shown.get(name, ""), text) for name in names(stem)}
    return Book(content, QUERIES, "en", {**facts, "totals": {"tracks": 256_039_007}, "site": SITE})


@pytest.fixture(scope="module")
def book() -> Book:
    book = book_of()
    # Thousands of voices say the same few numbers.
    book.language.show = lru_cache(None, typed=True)(book.language.show)
    return book


def losses(book: Book, stem: str) -> Iterator[set[str]]:
    """Sets of facts to be unknown: each in turn, forty at random, all."""
    chosen, every = random.Random(1), list(book.facts[stem])
    page = [*book.page(stem).choices(), *book.figures(stem).choices()]
    used = {name for _, choice in page for line in choice for name, _ in line.facts} - {*WORDS}
    used |= {name for of in book.cases(stem).sets for name in book.cases(stem).facts(of)}
    yield from ({name} for name in sorted(used & {*every}))
    yield from ({*chosen.sample(every, chosen.randint(2, len(every)))} for _ in range(40))
    yield {*every}


@pytest.mark.parametrize("stem", STEMS)
def test_whatever_is_unknown_nothing_is_empty_or_left_hanging(book: Book, stem: str) -> None:
    page, words = book.page(stem), book.figures(stem)
    figures = {block.name: at for at, block in enumerate(page.blocks) if block.kind == "figure"}
    faults = set()
    for lost_facts in losses(book, stem):
        own = {name: None if name in lost_facts else value for name, value in book.facts[stem].items()}
        for kind in EDITIONS:
            voice = Voice(book.language, book.ground(kind, facts={**book.facts, stem: own}), stem, figures)
            slots = {name: voice.slot(page, name) for name in HEADLINES}
            slots |= {f"{name}.{slot}": voice.slot(words, f"{name}.{slot}") for name in figures for slot in OF_FIGURES}
            faults |= {(name, "is empty") for name, text in slots.items() if not text}
            # In a table an unknown cell beside known ones says that it is open.
            texts = [text for each in say_blocks(page, voice) if each.kind != "table" for text in each.texts]
            faults |= {text for text in [*slots.values(), *texts] if STRAY.search(text)}
    assert faults == set()


@pytest.mark.parametrize("stem", STEMS)
def test_every_case_can_be_read(book: Book, stem: str) -> None:
    lines = list(said(book, stem))
    assert len(lines) > 20 and not [line for line in lines if "None" in line or "{{" in line]


# The same slips in whichever page: file, what is there, what is put in its place, and what is said of it.
SLIPS = [
    ("en/findings/duration.md", "{{ median_s | minutes }}.", "{{ medain_s | minutes }}.", "did you mean `median_s`?"),
    (
        "en/findings/duration.md",
        "{{ median_s | minutes }}.",
        "{{ median_s | minuets }}.",
        "there is no filter `minuets`",
    ),
    ("en/findings/duration.md", "{{ median_s | minutes }}.", "{{ median_s }}.", "has no filter"),
    ("en/findings/duration.md", "is {{ median_s | minutes }}.", "is 3:37.", "“3:37” is typed"),
    (
        "en/findings/duration.md",
        "  ~ How long tracks are",
        "  ~ Most tracks are short",
        "“Most” compares in a headline",
    ),
    (
        "en/findings/duration.md",
        "  ~ How long tracks are, to the second",
        "  ~ Half of all tracks last from 3:00 to 3:59",
        "“Half” is typed",
    ),
    ("en/findings/duration.md", "! [crowding: none] Lengths do not crowd there.\n", "", "nothing is said for"),
    ("en/findings/duration.md", "[shorter: yes]", "[shorter: maybe]", "`maybe` is no case of `shorter`"),
    ("en/findings/duration.md", "[shorter: yes]", "[shortr: yes]", "`shortr` is no set of cases"),
    ("en/findings/duration.md", "The medians {{ here }} are", "The medians are", "does not say where it was counted"),
    ("en/findings/duration.md", "![](heaping)\n", "", "figure `heaping` is not on the page"),
    (
        "en/findings/duration.md",
        "[largest_minute_difference] {{ agreement }}",
        "[largest_minute_difference] Half of them differ.",
        "“Half” is typed",
    ),
    (
        "en/figures/duration.md",
        "  ~ Heaping index of the whole minutes\n",
        "",
        "`heaping.title` may have nothing to say",
    ),
    ("en/figures/duration.md", "title:\n  [peak: yes]", "title:\n  A title\n  [peak: yes]", "says two things"),
    (
        "findings/duration.toml",
        'kept = "published_mean_change >= 0"',
        'kept = "published_mean_change > 0"',
        "no case holds",
    ),
    (
        "findings/duration.toml",
        'no = "published_five_year_change > -0.1"',
        'no = "published_five_year_change >= -0.1"',
        "overlap",
    ),
    ("en/findings/labels.md", "{#concentration-2}", "{#concentration}", "the id of two things"),
]


@pytest.mark.parametrize(("path", "old", "new", "told"), SLIPS)
def test_a_slip_is_told(tmp_path: Path, path: str, old: str, new: str, told: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content, ignore=shutil.ignore_patterns("published"))
    text = (content / path).read_text()
    assert old in text
    if not new and "crowding" in old:
        # Without its last line the choice leaves out a case; with it, that says it.
        text = text.replace("~ Whether lengths crowd there is not known", "Whether lengths crowd there is not known")
    (content / path).write_text(text.replace(old, new, 1))
    stem = Path(path).stem
    figures = [each.stem for each in (QUERIES / stem).glob("*.sql") if each.stem != "facts"]
    found = Check(book_of(content), stem, read_definitions(content / "en/definitions.toml")).problems(figures)
    told_of = [problem for problem in found if told in f"{problem.message} {problem.hint}"]
    assert told_of and all(re.match(r"content/[\w/.]+(:\d+|, \[cases)?", problem.where) for problem in told_of), found


@pytest.mark.parametrize("stem", STEMS)
def test_the_pages_are_in_order(book: Book, stem: str) -> None:
    figures = [each.stem for each in (QUERIES / stem).glob("*.sql") if each.stem != "facts"]
    assert Check(book, stem, read_definitions(CONTENT / "en/definitions.toml")).problems(figures) == []


def page(text: str):
    return parse_page(f"---\ntitle: T\n---\n\n{text}\n", "page.md")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # A sentence that was put into a line of one case is no longer said in the others.
        ("[a: x] Ex.\n[a: y] Why.\nAlways so.", "[a: x] Ex. Always so.\n[a: y] Why.", "“Always so.”"),
        # One that was put before the line of what is not known takes its place.
        ("! [a: x] Ex.\n~ Not known.", "! [a: x] Ex.\n{{ here }}\n~ Not known.", ""),
        ("! [a: x] Ex.\n~ Not known.", "! [a: x] Ex.\nIt is {{ n | count }}.\n~ Not known.", ""),
        ("It is {{ n | count }}.", "It is {{ n | count }} of {{ m | count }}.", "`m` and `n`"),
        ("One. Two.", "One.", "no longer said: “Two.”"),
        ("It is {{ n | count }}.", "It is so.", "`n` is no longer used"),
        ("It was so.", "! It was so.", "an archive"),
    ],
)
def test_what_is_said_in_fewer_cases_is_told(before: str, after: str, told: str) -> None:
    found = " ".join(lost(page(before), page(after)))
    assert told in found and (found or not told)


@pytest.mark.parametrize("text", ["[a: x] Ex.\n[a: y] Why.\nAlways so.", "One. Two."])
def test_where_nothing_is_lost_nothing_is_told(text: str) -> None:
    assert list(lost(page(text), page(text))) == []
    assert list(lost(page(text), page(f"{text}\nOne more."))) == []
