"""Pages as writers write them: slots (`title: …`) and blocks, both of lines that stand or fall as a whole.

A line is `~ ! [set: case] text`: `~` otherwise, `!` an answer, in brackets the outcome it is said for; all three may be
absent. An indented line goes on with the one before. Every slip that would change what is said is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from report.core.errors import ContentError
from report.core.texts import read_text

FACT = re.compile(r"\{\{ *([A-Za-z_][\w.]*) *((?:\|[^|{}]*)*)\}\}")
TAG = re.compile(r"\[([a-z_]\w*(?:\.\w+)?)(?:: (\w+(?:, \w+)*))?\] (?=\S)")
LINK = re.compile(r"\[[^\]]*\](?:\(|\[)|\[\^\w+\]")
REFERENCE = re.compile(r"\[\]\(#([\w-]+)\)")
SLOT = re.compile(r"([a-z_][\w.]*):(?: (.*))?")
HEADING = re.compile(r"(#+) (.*?) \{#([\w-]+)\}")
FIGURE = re.compile(r"!\[\]\(([\w/]+)\)")
NOTE = re.compile(r"\[\^(\w+)\]: (.*)")
# Of the kind of edition: language.toml has them.
WORDS = ("here", "Here", "reserve", "about", "agreement")
# These speak of the catalogue, as lines with `!` do.
ANSWERS = ("title", "summary", "listing", "observed", "why", "brief")
# Slots whose lines are sentences; those of a title or a label are not.
SENTENCES = ("summary", "listing", "waits", "subtitle", "alt", "why", "brief")
# A key number: the fact, its unit, what it is.
KEY_NUMBER = re.compile(rf"({FACT.pattern})([^:{{]*): (\S.*)")
KINDS = {"- ": "list", "> ": "aside", "|": "table"}
END = re.compile(r"[.!?…][’”\"»)*_]*(?:\[\^\w+\])*$")
BEGIN = re.compile(r"^[*_“\"«(\[]*")


@dataclass(frozen=True)
class Problem:
    """A mistake that a writer can mend: `where` is file and line."""

    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """What is said whole or not at all.

    Attributes:
        of, cases: the case set that it hangs on and the cases it is for; without cases `of` is a fact to be known.
        asserts: whether it speaks of the catalogue.
        goes_on: whether it is an alternative of the line before.
    """

    text: str
    where: str
    of: str = ""
    cases: tuple[str, ...] = ()
    asserts: bool = False
    goes_on: bool = False

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(name, filters) of each fact in it, in order."""
        return FACT.findall(self.text)

    @property
    def is_open(self) -> bool:
        """Whether there are editions in which it cannot be said."""
        return bool(self.of or self.facts or REFERENCE.search(self.text))


# The first line that can be said is said.
Choice = list[Line]


@dataclass
class Block:
    """kind: heading, text, list, aside, table, figure or note. `name` is an anchor, a figure or a note's mark."""

    kind: str
    choices: list[Choice]
    name: str = ""
    level: int = 0

    @property
    def lines(self) -> list[Line]:
        return [line for choice in self.choices for line in choice]


@dataclass
class Page:
    """A file of words. `name` is its path as errors print it."""

    name: str
    slots: dict[str, list[Choice]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def choices(self) -> Iterator[tuple[str, Choice]]:
        """Every choice with the slot or the kind of block that it stands in."""
        yield from ((name, choice) for name, choices in self.slots.items() for choice in choices)
        yield from ((block.kind, choice) for block in self.blocks for choice in block.choices)


def read_page(path: Path, content: Path) -> Page:
    """A page; or a file of slots, where `## name` puts `name.` before those that follow.

    Raises:
        ContentError: it cannot be read.
    """
    name = f"{content.name}/{path.relative_to(content).as_posix()}"
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError):
        raise ContentError("this page cannot be read", name, "save it as a text file in UTF-8") from None
    return parse_page(text, name)


def parse_page(text: str, name: str) -> Page:
    """The page that a text is."""
    page, lines = Page(name), text.split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else None
    head = range(1, end) if end else range(len(lines))
    _read_slots(page, [(lines[at], f"{name}:{at + 1}") for at in head])
    pending: list[tuple[str, str]] = []
    for at in range(end + 1 if end else len(lines), len(lines)):
        if lines[at].strip():
            pending.append((lines[at].rstrip(), f"{name}:{at + 1}"))
        elif pending:
            _read_block(page, pending)
            pending = []
    if pending:
        _read_block(page, pending)
    for slot, choices in page.slots.items():
        _look(page, choices, slot.rpartition(".")[2] in SENTENCES)
    for block in page.blocks:
        _look(page, block.choices, block.kind in ("text", "list", "aside", "figure", "note"), block.kind == "text")
    return page


def _read_slots(page: Page, lines: list[tuple[str, str]]) -> None:
    under = slot = ""
    for text, where in lines:
        if text.startswith("## "):
            under, slot = f"{text[3:].strip()}.", ""
        elif found := SLOT.fullmatch(text.rstrip()):
            slot = under + found[1]
            if slot in page.slots:
                page.problems.append(Problem(where, f"`{slot}` is there twice", "put both together"))
            page.slots[slot] = []
            if found[2]:
                _add(page, page.slots[slot], found[2], where, slot)
        elif text.strip() and not (slot and text.startswith("  ")):
            hint = "write `title: …`, or indent it by two spaces below its slot"
            page.problems.append(Problem(where, f"“{text.strip()[:40]}” belongs to no slot", hint))
        elif text.strip():
            _add(page, page.slots[slot], text[2:].rstrip(), where, slot)


def _read_block(page: Page, lines: list[tuple[str, str]]) -> None:
    first, where = lines[0]
    if first.startswith("#"):
        heading = HEADING.fullmatch(first)
        if not heading or len(lines) > 1:
            hint = "write `## Words {#anchor}`, the anchor the same in every language, and an empty line below"
            page.problems.append(Problem(where, "this heading has no anchor, or a text right below it", hint))
        else:
            page.blocks.append(Block("heading", [[Line(heading[2], where)]], heading[3], len(heading[1])))
        return
    if note := NOTE.fullmatch(first):
        lines, block = [(note[2], where), *lines[1:]], Block("note", [], note[1])
    elif figure := FIGURE.fullmatch(first):
        lines, block = lines[1:], Block("figure", [], figure[1])
    else:
        block = Block(next((kind for sign, kind in KINDS.items() if first.startswith(sign)), "text"), [])
    for text, at in lines:
        if block.kind == "aside":
            if not text.startswith("> "):
                page.problems.append(Problem(at, "this line of a margin note has no `> `", "begin it with `> `"))
            text = text.removeprefix("> ")
        elif block.kind == "list" and not text.startswith(("- ", "~ ", "  ")):
            page.problems.append(Problem(at, "this line is no item of the list", "begin it with `- `, or indent it"))
        if block.kind == "list":
            text = text.removeprefix("- ")
        _add(page, block.choices, text, at)
    page.blocks.append(block)


def _add(page: Page, choices: list[Choice], text: str, where: str, slot: str = "") -> None:
    """Add a line: to the one before (indented), as its alternative (`~`, or another case of its set), or anew."""
    if text.startswith("  ") and choices:
        last = choices[-1][-1]
        choices[-1][-1] = replace(last, text=f"{last.text} {text.strip()}")
        return
    text = text.strip()
    goes_on = text.startswith("~ ")
    text = text.removeprefix("~ ")
    asserts = text.startswith("! ") or slot.rpartition(".")[2] in ANSWERS
    text = text.removeprefix("! ")
    tag = TAG.match(text)
    if text.startswith(("~", "!")) and not FIGURE.match(text):
        page.problems.append(Problem(where, f"“{text[:20]}” begins with a sign", "put one space after `~` or `!`"))
    elif not tag and text.startswith("[") and not LINK.match(text):
        hint = "write [set: case] or [fact], then one space and the sentence"
        page.problems.append(Problem(where, f"“{text[:30]}” is no case and no link", hint))
    for sign in ("{%", "{#", "{{"):
        if sign in FACT.sub("", text):
            hint = "a fact is {{ name | filter }} or {{ name | filter: option }}"
            page.problems.append(Problem(where, f"`{sign}` begins nothing that can be read here", hint))
    of, cases = (tag[1], tuple((tag[2] or "").split(", ")) if tag[2] else ()) if tag else ("", ())
    line = Line(text[tag.end() :] if tag else text, where, of, cases, asserts, goes_on)
    if choices and (goes_on or _is_further(line, choices[-1])):
        choices[-1].append(line)
    else:
        if goes_on:
            page.problems.append(Problem(where, "`~` is the alternative of nothing", "it goes below a line"))
        choices.append([line])


def _is_further(line: Line, choice: Choice) -> bool:
    """Whether a line is for further cases of the set that a choice ends on; a case that comes again begins anew."""
    last = choice[-1]
    named = {case for other in choice if other.of == line.of for case in other.cases}
    is_same = bool(line.cases and last.cases) and (last.of, last.asserts) == (line.of, line.asserts)
    return is_same and named.isdisjoint(line.cases)


def _look(page: Page, choices: list[Choice], are_sentences: bool, may_lead: bool = False) -> None:
    """Whether each line is a whole sentence, and each alternative can be reached."""
    for choice in choices:
        for line in choice[:-1]:
            if not line.is_open:
                hint = "a line below it with `~` is never said: put `[set: case]` before it, or move it"
                page.problems.append(Problem(line.where, "this line is always said", hint))
    for line in [line for choice in choices for line in choice] if are_sentences else ():
        is_last = may_lead and line is choices[-1][-1]
        whole = next((found for found in reversed([*FACT.finditer(line.text)]) if found.end() == len(line.text)), None)
        if not (END.search(line.text) or (is_last and line.text.endswith(":")) or (whole and whole[1] in WORDS)):
            hint = "end it with a full stop; if it goes on in the next line, indent that by two spaces"
            page.problems.append(Problem(line.where, f"“…{line.text[-30:]}” ends no sentence", hint))
        begins = FACT.match(line.text)
        text = BEGIN.sub("", line.text)
        if text[:1].islower() or (begins and (begins[1] in ("here", "reserve") or _is_small(begins[2]))):
            hint = "if it goes on with the line before, indent it by two spaces"
            page.problems.append(Problem(line.where, f"“{line.text[:30]}…” begins no sentence", hint))


def _is_small(filters: str) -> bool:
    return "spelled" in filters and "capital" not in filters
