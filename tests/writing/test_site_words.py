"""Templates and what makes the site hold no words: they say slots of site.md, each of which is there and used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from building import ROOT
from jinja2 import nodes

from report.claims.ledger import VERDICTS
from report.core.errors import ContentError
from report.core.kinds import Standing
from report.writing.formats import Language
from report.writing.page import read_page
from report.writing.words import words_in

SLOTS = read_page(ROOT / "content/en/site.md", ROOT / "content").slots
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
# What makes the site; the rest speaks on the terminal, or to hosts of repositories.
PACKAGES = ("claims", "compare", "figures", "pages", "publication")
MODULES = sorted(
    path for package in PACKAGES for path in (ROOT / "report" / package).glob("*.py") if path.stem != "repository"
)
SAYING = ("say", "label", "text", "plain", "words")
SLOT = re.compile(r"[a-z]+\.[a-z_]+")
WORD = re.compile(r"[A-Za-z’]{2,}")
# Attributes that are read, seen or heard.
READ = re.compile(r'(?:alt|aria-label|title|placeholder)="([^"]*)"')
SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+\b.*|.*\b[a-z]+ [a-z]+ [a-z]+\b.*")
# What is raised or told to whoever builds is no words of the site.
TOLD = ("say", "detail", "stage", "alarm", "compile", "matching", "escaped")


def without_jinja(text: str) -> str:
    return re.sub(r"\{[{%#].*?[#%}]\}", "", text, flags=re.DOTALL)


def literals() -> set[str]:
    """All texts in templates and modules of the report."""
    found = set()
    for path in TEMPLATES:
        template = jinja2.Environment().parse(path.read_text())
        found |= {node.value for node in template.find_all(nodes.Const) if isinstance(node.value, str)}
    for path in (ROOT / "report").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def calls() -> Iterator[tuple[str, set[str], str]]:
    """Each slot that is said by its whole name, with the facts that it is given, and where."""
    for path in TEMPLATES:
        for call in jinja2.Environment().parse(path.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in SAYING and call.args:
                slot = call.args[0]
                if isinstance(slot, nodes.Const):
                    yield slot.value, {option.key for option in call.kwargs}, f"{path.name}:{call.lineno}"
    for path in MODULES:
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            slot, given = call.args[0].value, {option.arg for option in call.keywords}
            is_slot = isinstance(slot, str) and SLOT.fullmatch(slot) and slot.partition(".")[0] in TOPICS
            if is_slot and not slot.endswith((".html", ".md")) and None not in given:
                yield slot, given, f"{path.name}:{call.lineno}"


TOPICS = {slot.partition(".")[0] for slot in SLOTS}


def test_every_slot_that_is_said_is_there_with_its_facts() -> None:
    said = list(calls())
    assert len(said) > 100
    for slot, given, where in said:
        assert slot in SLOTS, f"{where}: {slot}"
        named = {name for choice in SLOTS[slot] for line in choice for name, _ in line.facts}
        named |= {line.of for choice in SLOTS[slot] for line in choice if line.of and not line.cases}
        assert named <= given, f"{where}: {slot} needs {named - given}"


def test_every_slot_is_said() -> None:
    there = literals()
    for slot in SLOTS:
        topic, _, name = slot.partition(".")
        # Some are put together of a beginning and a key.
        assert slot in there or any(f"{topic}.{name[:at]}" in there for at in range(len(name))), slot


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words(path: Path) -> None:
    text = without_jinja(path.read_text())
    read = [words for words in READ.findall(text) if WORD.search(words)]
    shown = re.sub(r"<(style|script|code|pre)\b.*?</\1>", "", text, flags=re.DOTALL)
    shown = re.sub(r"<[^>]*>|&\w+;|\w*\.(?:csv|json)\b", " ", shown)
    assert [*read, *WORD.findall(shown)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_modules_hold_no_sentences(path: Path) -> None:
    tree = ast.parse(path.read_text())
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed |= {id(node.value)}
        elif (
            isinstance(node, ast.Raise)
            or (isinstance(node, ast.Call) and _name(node).endswith(("Error", *TOLD)))
            or (isinstance(node, ast.Assign) and "hint" in {getattr(target, "id", "") for target in node.targets})
        ):
            passed |= {id(each) for each in ast.walk(node)}
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed
        if SENTENCE.fullmatch(" ".join(node.value.split())) and not re.search("[<`;]", node.value)
    ]
    # Verdicts are keys; what they are called is written with the claims.
    assert [text for text in found if text not in VERDICTS] == []


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_a_line_drops_with_its_fact_and_a_slot_that_is_not_there_is_told() -> None:
    say = words_in(ROOT / "content", Standing("published"))
    assert say("figure.computed", edition="a*b", kind="x", as_of=None) == "Computed from edition a&#42;b, x."
    assert say.text("figure.computed", edition="a", kind="x", as_of="2025-07-14") == (
        "Computed from edition a, x as of July 2025."
    )
    with pytest.raises(ContentError, match=r"there is no slot `figure\.nothing`"):
        say("figure.nothing")
    with pytest.raises(ContentError, match="`as_of` is not given"):
        say("figure.computed", edition="a", kind="x")


CHARTS = Language(ROOT / "content", "en").labels["charts"]
SHARED = {key for key, words in CHARTS.items() if isinstance(words, str)}


@pytest.mark.parametrize("path", sorted((ROOT / "report/charts").rglob("*.py")), ids=lambda path: path.name)
def test_charts_say_what_labels_have_and_nothing_else(path: Path) -> None:
    nodes_of, own = list(ast.walk(ast.parse(path.read_text()))), CHARTS.get(path.stem, {})
    own = {} if isinstance(own, str) else own
    described = {id(node.value) for node in nodes_of if isinstance(node, ast.Expr)}
    constants = [node for node in nodes_of if isinstance(node, ast.Constant) and id(node) not in described]
    texts = {node.value for node in constants if isinstance(node.value, str)}
    assert [text for text in texts if re.match(r"\s*[A-Z][a-z]+[,:;]? [a-z]", text)] == []
    assert {key.removesuffix("_narrow") for key in own} - texts == set()
    for call in (node for node in nodes_of if isinstance(node, ast.Call) and _name(node) == "say"):
        key = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        assert key is None or key in own or key in SHARED, key
