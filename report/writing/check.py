"""What must hold of every page, the same in any language; each problem with file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from report.core.columns import meaning
from report.core.facts import suggest
from report.core.kinds import KINDS
from report.results.figure_data import FigureData
from report.writing.book import Book
from report.writing.definitions import Definition
from report.writing.page import KEY_NUMBER, REFERENCE, WORDS, Block, Choice, Line, Problem
from report.writing.parity import PLACE
from report.writing.voice import COMPUTED
from report.writing.wording import Wording

EDITIONS = (*KINDS, "published")
# Of these a reader takes in the words alone.
HEADLINES = re.compile(r"(title|subtitle|summary|listing|numbers|.*\.title)$")
# These have something to say in every edition.
ALWAYS = re.compile(r"(question|short|title|summary|listing|.*\.(title|subtitle|alt))$")
NEEDED = ("question", "short", "title", "summary", "listing")
# Of the front page and of others that are no findings.
ON_FRONT, ON_OTHERS, FRONT = ("title", "subtitle", "cutoff", "nav"), ("title", "summary"), "index"
OF_FIGURES = ("title", "subtitle", "alt")


class Check:
    """Checks one finding in one language.

    Args:
        called: what definitions call the page, if not by its name.

    Attributes:
        used: the phrases of definitions that it needs.
    """

    def __init__(self, book: Book, stem: str, definitions: Sequence[Definition] = (), called: str = "") -> None:
        self._book, self.name, self.stem = book, stem, book.facts_of(stem)
        self._page, self._figures = book.page(stem), book.figures(stem)
        self._is_finding = stem in book.stems
        self._wording, self._ground = Wording(book.language), book.ground(KINDS[0])
        self._called = called or (f"findings/{stem}" if self._is_finding else stem)
        self._phrases = [each for known in definitions if known.is_for(self._called) for each in known.phrases]
        self.used: set[str] = set()

    def problems(self, queries: Iterable[str] = ()) -> list[Problem]:
        """All that is wrong; `queries` are the figures that the finding has."""
        found = [*self._page.problems, *self._figures.problems, *self._book.cases(self.stem).problems()]
        found += self._slots(list(queries))
        for page in (self._page, self._figures):
            for place, choice in page.choices():
                for line in choice:
                    found += [*self._facts(line), *self._bound(line)]
                    if HEADLINES.match(place):
                        found += self._compared(line, choice)
                found += self._total(choice)
            for name, choices in page.slots.items():
                if name.rpartition(".")[2] == "title" and len(choices) > 1:
                    hint = "begin the lines after the first with `~ `, or with a case of the same set"
                    found.append(Problem(choices[1][0].where, f"`{name}` says two things", hint))
                if ALWAYS.match(name) and choices and all(choice[-1].is_open for choice in choices):
                    hint = "its last line takes no fact and no case: `~ …`"
                    found.append(Problem(choices[-1][-1].where, f"`{name}` may have nothing to say", hint))
        taken: set[str] = set()
        for block in self._page.blocks:
            found += self._located(block)
            # What the build places is no figure, and has no id.
            is_placed = block.kind == "figure" and not self._is_finding and "/" not in block.name
            if block.kind not in ("heading", "figure") or is_placed:
                continue
            if block.name in taken:
                where = block.lines[0].where if block.lines else self._page.name
                hint = f"figures have their names for ids: write `{{#{block.name}-2}}` at the heading"
                found.append(Problem(where, f"`{block.name}` is the id of two things on this page", hint))
            taken.add(block.name)
        return found

    def labels(self, data: FigureData) -> Iterator[Problem]:
        """What is wrong with the labels that a figure needs."""
        labels, where = self._book.language.labels, f"{self._book.content.name}/{self._book.code}/labels.toml"
        steps, columns = (self._book.language.labels_of(name, data.id) for name in ("steps", "columns"))
        facts = self._book.facts[self.stem]
        used = [columns[name] for name in data.columns if name in columns]
        for _, fact in (step for denominator in data.denominators for step in denominator):
            if fact not in facts:
                message = f"`{fact}` of the denominator of {data.id} is not a fact of `{self.stem}`"
                yield Problem(f"queries/{data.id}.sql", message, near(fact, facts) or "")
            elif fact not in steps:
                yield Problem(where, f"`{fact}`, a step of the denominator of {data.id}, has no words", "[steps]")
            else:
                used.append(steps[fact])
        if data.denominators and data.units and data.units[0] not in labels.get("units", {}):
            yield Problem(where, f"the unit `{data.units[0]}` of {data.id} has no words", "[units]")
        drawn = labels.get("charts", {}).get(self.stem, {})
        for text in dict.fromkeys([*used, *drawn.values()]):
            yield from self._bound(Line(PLACE.sub("", text), where))

    def _slots(self, queries: list[str]) -> Iterator[Problem]:
        needed = NEEDED if self._is_finding else ON_FRONT if self.name == FRONT else ON_OTHERS
        for name in needed:
            if not self._page.slots.get(name):
                yield Problem(self._page.name, f"`{name}` is missing", "it goes between the two lines of three dashes")
        for line in (line for choice in self._page.slots.get("numbers", []) for line in choice):
            if not KEY_NUMBER.fullmatch(line.text):
                yield Problem(line.where, "this is no key number", "write {{ fact | filter }} unit: what it is")
        placed = [block.name for block in self._page.blocks if block.kind == "figure"]
        if not self._is_finding:
            placed = [name for name in placed if "/" in name]
        for name in placed:
            if queries and name not in queries:
                yield Problem(self._page.name, f"there is no figure `{name}`", suggest(name, queries) or "")
            for slot in OF_FIGURES:
                if not self._figures.slots.get(f"{name}.{slot}"):
                    yield Problem(self._figures.name, f"figure `{name}` has no `{slot}`", f"write it below `## {name}`")
        for name in queries:
            if name not in placed:
                yield Problem(self._page.name, f"figure `{name}` is not on the page", f"![]({name})")
        for name in {slot.rpartition(".")[0] for slot in self._figures.slots} - {*placed}:
            yield Problem(self._figures.name, f"`## {name}` is no figure of the page", suggest(name, placed) or "")

    def _facts(self, line: Line) -> Iterator[Problem]:
        guard = [(line.of, "")] if line.of and not line.cases else []
        for name, filters in [*line.facts, *guard]:
            if name in WORDS:
                continue
            stem, _, own = name.rpartition(".")
            known = self._book.facts.get(stem or self.stem)
            if known is None:
                yield Problem(line.where, f"`{stem or self.stem}` has no facts", suggest(stem, self._book.facts) or "")
            elif own not in known:
                place = f"`{own}` is not a fact of `{stem or self.stem}`"
                yield Problem(line.where, place, near(own, known) or f"build.py facts {stem or self.stem} lists them")
            elif (name, filters) not in guard:
                wrong = self._book.language.filter_problem(filters)
                if wrong:
                    yield Problem(line.where, f"{{{{ {name} {filters}}}}}: {wrong[0]}", wrong[1])
                elif known[own] is not None:
                    try:
                        self._book.language.show(known[own], filters)
                    except (TypeError, ValueError, KeyError, AttributeError) as error:
                        yield Problem(line.where, f"{{{{ {name} {filters}}}}}: {error}", "use another filter")
        for name in REFERENCE.findall(line.text):
            if not any(block.kind == "figure" and block.name == name for block in self._page.blocks):
                yield Problem(line.where, f"`[](#{name})` is no figure of this page")

    def _bound(self, line: Line) -> Iterator[Problem]:
        found, used = bound(self._wording, line, self._phrases, self._constants(line))
        self.used |= used
        yield from found

    def _constants(self, line: Line) -> set[float]:
        if not line.cases or line.of == "edition":
            return set()
        stem, _, of = line.of.rpartition(".")
        return self._book.cases(stem or self.stem).constants(of, line.cases)

    def _compared(self, line: Line, choice: Choice) -> Iterator[Problem]:
        if line.cases:
            return
        masked, _ = self._wording.masked(line.text, self._phrases)
        # Where no case can be told the line may name what the page asks, and no other comparison.
        question = " ".join(each.text for asked in self._page.slots.get("question", []) for each in asked)
        asked = {self._wording.entry(word) for word in re.findall(r"[^\W\d_]+", question)} - {None}
        may_ask = any(other.cases for other in choice)
        for found in self._wording.comparisons(masked):
            if not (may_ask and self._wording.entry(found.typed) in asked):
                hint = "only a case may say so in a headline: [set: case]"
                yield Problem(line.where, f"“{found.typed}” compares in a headline", hint)

    def _total(self, choice: Choice) -> Iterator[Problem]:
        """A choice on the cases of a set names them all, or ends with a line that hangs on none."""
        for of in dict.fromkeys(line.of for line in choice if line.cases):
            named = [case for line in choice if line.of == of for case in line.cases]
            stem, _, own = of.rpartition(".")
            cases = self._book.cases(stem or self.stem)
            values = EDITIONS if of == "edition" else cases.names(own)
            where = next(line.where for line in choice if line.of == of)
            if of != "edition" and own not in cases.sets:
                near_by = suggest(own, cases.sets) or f"sets are {', '.join(cases.sets)}"
                yield Problem(where, f"`{of}` is no set of cases", near_by)
                continue
            for case in named:
                if case not in values:
                    line = next(line for line in choice if line.of == of and case in line.cases)
                    yield Problem(line.where, f"`{case}` is no case of `{of}`", f"there are {', '.join(values)}")
            left = [case for case in values if case not in named]
            # Of a kind of edition there may be nothing to say.
            is_choice = len({(line.of, line.cases) for line in choice}) > 1
            if of != "edition" and is_choice and left and choice[-1].of:
                hint = "name them, or end with a line that hangs on no case: `~ …`"
                yield Problem(where, f"nothing is said for {', '.join(left)} of `{of}`", hint)

    def _located(self, block: Block) -> Iterator[Problem]:
        """What is counted here is said to be so: outside figures it stands beside `{{ here }}`, or answers (`!`)."""
        if block.kind != "text":
            return
        for choice in block.choices:
            others = [line for other in block.choices if other is not choice for line in other]
            for line in choice:
                says_where = any(name in ("here", "Here") for each in (line, *others) for name, _ in each.facts)
                if says_where or line.asserts or line.of == "edition":
                    continue
                if any(self._ground.basis(*place) == COMPUTED for place in self._places(line)):
                    hint = "say so with {{ here }} in this paragraph, or answer, with `! `"
                    yield Problem(line.where, "this does not say where it was counted", hint)

    def _places(self, line: Line) -> Iterator[tuple[str, str]]:
        names = [name for name, _ in line.facts if name not in WORDS]
        if line.of and line.cases and line.of != "edition":
            stem, _, of = line.of.rpartition(".")
            cases = self._book.cases(stem or self.stem)
            names += [f"{stem or self.stem}.{name}" for name in (cases.facts(of) if of in cases.sets else ())]
        for name in names:
            stem, _, own = name.rpartition(".")
            yield stem or self.stem, own


def bound(
    wording: Wording, line: Line, phrases: Sequence[str], limits: Iterable[float] = ()
) -> tuple[list[Problem], set[str]]:
    """Numbers of a line that are neither facts, definitions nor limits of its case; and the definitions it needs."""
    masked, used = wording.masked(line.text, phrases)
    hint = "print a fact, or list the phrase in definitions.toml with what it means"
    return [
        Problem(line.where, f"“{found.typed}” is typed, and is neither a fact nor a limit of this case", hint)
        for found in wording.numbers(masked)
        if found.value is None or not any(abs(found.value - limit) < 1e-9 for limit in limits)
    ], used


def near(name: str, known: Iterable[str]) -> str | None:
    """A hint at the likeliest fact: never one of another year, another number or another unit."""
    kind = meaning(name)
    same = [each for each in known if re.findall(r"\d+", each) == re.findall(r"\d+", name) and meaning(each) == kind]
    return suggest(name, same)
