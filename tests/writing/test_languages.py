"""A second language: a toy in which every word is spelled backwards, and what fails where it says something else."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from test_written import CONTENT, EDITIONS, QUERIES, STEMS, book_of

from report.writing.book import Book, languages
from report.writing.page import FACT, Page, parse_page, read_page
from report.writing.parity import parity
from report.writing.review import parity_problems
from report.writing.voice import Voice, say_blocks

KEPT = re.compile(
    rf"{FACT.pattern}|^(?:[~!] )*(?:\[[a-z_.0-9]+(?:: [\w, ]+)?\] )?|\]\([^)]*\)|\{{#[\w-]+\}}", re.MULTILINE
)
WORD = re.compile(r"[^\W\d_]{2,}")


def backwards(text: str) -> str:
    """The words of a text spelled backwards; facts, signs and anchors as they are. It begins and ends as it did."""
    out, at = [], 0
    for kept in KEPT.finditer(text):
        out += [WORD.sub(_turned, text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*out, WORD.sub(_turned, text[at:])])


def _turned(word: re.Match) -> str:
    turned = word[0][::-1]
    return turned.capitalize() if word[0][0].isupper() else turned.lower()


def translate(path: Path) -> str:
    """A file of words in the toy language: each line of words turned, slots and marks of blocks as they are."""
    lines = []
    for line in path.read_text().split("\n"):
        mark = re.match(r"(?:\s*(?:[a-z_][\w.]*:(?: |$)|- |> |## [\w/-]+$|\||!\[\]\([\w/]+\)|---$)?\s*)", line)[0]
        lines.append(line if mark == line else mark + backwards(line[len(mark) :]))
    return "\n".join(lines)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content with a folder of the toy language, `eo` by its code so that it has numbers of its own."""
    folder = tmp_path_factory.mktemp("toy") / "content"
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("published"))
    for path in (folder / "en").rglob("*.md"):
        target = folder / "eo" / path.relative_to(folder / "en")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(marked(translate(path), path))
    shutil.copy(folder / "en/language.toml", folder / "eo/language.toml")
    labels = tomllib.loads((folder / "en/labels.toml").read_text())
    (folder / "eo/labels.toml").write_text("\n".join(turned(labels)) + "\n")
    return folder


def marked(text: str, of: Path) -> str:
    """A translation with the mark of what it is of, where its slots begin."""
    mark = f"of: {sha256(of.read_bytes()).hexdigest()[:8]}\n"
    return text.replace("---\n", f"---\n{mark}", 1) if text.startswith("---\n") else mark + text


def turned(labels: dict, under: str = "") -> Iterator[str]:
    """Labels in the toy language, as TOML; what stands in braces is as it is."""
    tables = {key: words for key, words in labels.items() if isinstance(words, dict)}
    for key, words in labels.items():
        if isinstance(words, str):
            parts = re.split(r"(\{\w*\})", words)
            words = "".join(part if part.startswith("{") else WORD.sub(_turned, part) for part in parts)
        if key not in tables:
            yield f"{json.dumps(key)} = {json.dumps(words, ensure_ascii=False)}"
    for key, words in tables.items():
        yield f"\n[{under}{json.dumps(key)}]"
        yield from turned(words, f"{under}{json.dumps(key)}.")


@cache
def book(content: Path, code: str) -> Book:
    return Book(content, QUERIES, code, book_of(content).facts)


def numbers(language: Book, stem: str, kind: str) -> list[str]:
    """What a page prints of numbers, whatever the language's signs."""
    page = language.page(stem)
    figures = {block.name: at for at, block in enumerate(page.blocks) if block.kind == "figure"}
    voice = Voice(language.language, language.ground(kind), stem, figures)
    # Of a translation the mark of what it is of is printed nowhere.
    texts = [voice.slot(page, name) for name in page.slots if name != "of"]
    texts += [text for said in say_blocks(page, voice) for text in said.texts]
    found = re.findall(r"\d[\d.,\u00a0\u202f]*", " ".join(texts))
    return [re.sub(r"\D", "", number) for number in found]


def test_there_are_two(content: Path) -> None:
    assert languages(content) == ["en", "eo"]


@pytest.mark.parametrize("stem", STEMS)
def test_the_toy_says_the_same(content: Path, stem: str) -> None:
    for folder in ("findings", "figures"):
        pages = [read_page(content / code / folder / f"{stem}.md", content) for code in ("en", "eo")]
        assert pages[1].problems == [] and list(parity(*pages)) == []


def test_claims_are_the_same_too(content: Path) -> None:
    english, toy = book(content, "en").claims, book(content, "eo").claims
    assert english.keys() == toy.keys() == {"announcement", "post"}
    told = [problem for name in english for problem in parity(english[name], toy[name])]
    assert told == [], told
    cut = {**toy["post"].slots, "tail-70.why": toy["post"].slots["tail-70.why"][:1]}
    assert "tail-70.why" in next(iter(parity(english["post"], replace(toy["post"], slots=cut)))).message


@pytest.mark.parametrize("stem", STEMS)
def test_both_print_the_same_numbers(content: Path, stem: str) -> None:
    english, toy = book(content, "en"), book(content, "eo")
    for kind in EDITIONS:
        assert numbers(english, stem, kind) == numbers(toy, stem, kind)


ONE = """---
title:
  [peak: yes] {{ a_share | percent }} crowd
  [peak: no] {{ b_share | percent }} do not crowd
  ~ Tracks
---

Words of one language stand here.
{{ Here }} it is {{ a_share | percent }}.

## Heading {#heading}

![](histogram)
A description of the figure.
"""


def page(change: Callable[[str], str]) -> Page:
    text = ONE.replace("Words of one language stand here.", "Other words.").replace(
        "A description of the figure.", "D."
    )
    return parse_page(change(text), "content/eo/findings/x.md")


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        # Two title lines that were swapped gave 47.7% in one language and 31.7% in the other.
        (
            lambda text: text.replace("a_share", "x").replace("b_share", "a_share").replace("x |", "b_share |"),
            3,
            "b_share",
        ),
        (lambda text: text.replace("[peak: yes]", "[peak: x]").replace("[peak: no]", "[peak: yes]"), 3, "here stands"),
        (lambda text: text.replace("  ~ Tracks\n", ""), 3, "here stands nothing"),
        (lambda text: text.replace("it is {{ a_share | percent }}", "it is so"), 8, "lacks a_share"),
        (lambda text: text.replace("Other words.", "It is {{ b_share | percent }} {{ here }}."), 8, "has b_share more"),
        (lambda text: text.replace("{#heading}", "{#other}"), 11, "heading `#other`"),
        (lambda text: text.replace("![](histogram)\nD.", "Text."), 13, "a text, in page.md figure `histogram`"),
        (lambda text: text.replace("Other words.", "Words of one language stand here."), 8, "is not translated"),
    ],
)
def test_what_is_not_the_same_is_told(change: Callable[[str], str], line: int, told: str) -> None:
    found = list(parity(parse_page(ONE, "page.md"), page(change)))
    said = [(problem.where, problem.message) for problem in found]
    assert any(where == f"content/eo/findings/x.md:{line}" and told in message for where, message in said), said


def test_sentences_may_be_split_otherwise() -> None:
    split = page(lambda text: text.replace("Other words.", "Other.\nWords."))
    assert list(parity(parse_page(ONE, "page.md"), split)) == []


def test_all_that_is_written_is_there_in_both(content: Path) -> None:
    assert parity_problems(book(content, "en"), book(content, "eo")) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "en/about.md",
            "Counts and sums.",
            "Counts, and sums.",
            "eo/about.md:2: this is of an older content/en/about.md",
        ),
        ("eo/site.md", "of: ", "off: ", "eo/site.md: this does not say of which"),
        ("eo/site.md", "{{ newest | whole }}", "{{ edition | whole }}", "site.md:8: base.earlier: here stands"),
        (
            "eo/labels.toml",
            '"median_synthetic"',
            '"medium"',
            "eo/labels.toml: `charts.duration.median_synthetic`",
        ),
        ("eo/labels.toml", "{end}", "{ends}", "other places in braces"),
    ],
)
def test_what_is_missing_or_stale_is_told(
    content: Path, tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    copied = shutil.copytree(content, tmp_path / "content")
    text = (copied / name).read_text()
    assert old in text
    (copied / name).write_text(text.replace(old, new, 1))
    found = parity_problems(book(copied, "en"), book(copied, "eo"))
    assert any(told in f"{problem.where}: {problem.message}" for problem in found), found
