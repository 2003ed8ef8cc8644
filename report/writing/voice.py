"""Says lines in one edition and one language: what the edition cannot state drops out by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from report.core.kinds import ARCHIVE, KINDS
from report.core.numbers import MISSING
from report.results.figure_data import BASES
from report.writing.cases import Cases
from report.writing.formats import Language, words_of
from report.writing.page import FACT, REFERENCE, WORDS, Block, Choice, Line, Page

COMPUTED = "computed"


@dataclass
class Ground:
    """What an edition can say: its kind, and the facts, their bases and the case sets of findings, by stem."""

    kind: str
    facts: Mapping[str, Mapping[str, object]]
    bases: Mapping[str, Mapping[str, str]]
    cases: Mapping[str, Cases]
    is_part: bool = False
    _outcomes: dict[tuple[str, bool], dict[str, str | None]] = field(default_factory=dict)

    def basis(self, stem: str, name: str) -> str:
        """The basis of a fact: computed, unless the contract of facts.sql says that others stated it."""
        return self.bases.get(stem, {}).get(name, COMPUTED)

    def value(self, stem: str, name: str, asserts: bool) -> object:
        """A fact; None where it is unknown, or may not answer: what is no archive's count is no answer."""
        may_answer = self.kind == ARCHIVE or not (asserts or self.kind not in KINDS)
        return self.facts[stem][name] if may_answer or self.basis(stem, name) != COMPUTED else None

    def outcome(self, stem: str, of: str, asserts: bool) -> str | None:
        """The case of a set that holds; None where a fact that it asks for is unknown."""
        if (stem, asserts) not in self._outcomes:
            facts = {name: self.value(stem, name, asserts) for name in self.facts[stem]}
            self._outcomes[stem, asserts] = self.cases[stem].outcomes(facts)
        return self._outcomes[stem, asserts][of]


class Voice:
    """`stem`: whose facts need no prefix; `figures`: those that are drawn, with their numbers.

    With `says_why` each line of a body has beside it where it is written and what it hangs on.
    """

    def __init__(
        self,
        language: Language,
        ground: Ground,
        stem: str,
        figures: Mapping[str, int] | None = None,
        says_why: bool = False,
    ) -> None:
        self.says_why = says_why
        self.language, self.stem, self._ground, self.figures = language, stem, ground, figures or {}
        self.words = words_of(language, ground.kind, ground.is_part)

    def value(self, name: str, line: Line) -> object:
        """A fact of a line, or a word of the kind of edition; None where it cannot be stated."""
        if name in WORDS:
            return self.words.get(name)
        return self._ground.value(*self.place(name), line.asserts)

    def place(self, name: str) -> tuple[str, str]:
        """(finding, fact) of a name with or without a finding before it."""
        stem, _, own = name.rpartition(".")
        return stem or self.stem, own

    def holds(self, line: Line) -> bool:
        """Whether what the line hangs on is so: a case of a set, a kind of edition, or that a fact is known."""
        if not line.of:
            return True
        if line.of == "edition":
            return self._ground.kind in line.cases
        if not line.cases:
            return self.value(line.of, line) is not None
        return self._ground.outcome(*self.place(line.of), line.asserts) in line.cases

    def say(self, line: Line, gap: str | None = None) -> str | None:
        """The line with its facts; None where it cannot be said. `gap` stands for what is unknown (in tables)."""
        if not self.holds(line):
            return None
        values = {name: self.value(name, line) for name, _ in line.facts}
        drawn = all(name in self.figures for name in REFERENCE.findall(line.text))
        if gap is None and (None in values.values() or not drawn):
            return None

        def show(found) -> str:
            value = values[found[1]]
            if value is None:
                return str(gap)
            return str(value) if found[1] in WORDS else self.language.show(value, found[2])

        label = self.language.labels["text"]["figure"]
        text = REFERENCE.sub(lambda found: f"[{label} {self.figures[found[1]]}](#{found[1]})", line.text)
        return FACT.sub(show, text)

    def choose(self, choice: Choice) -> tuple[str, Line] | None:
        """The first line that can be said, with its words."""
        return next(((text, line) for line in choice if (text := self.say(line)) is not None), None)

    def slot(self, page: Page, name: str) -> str:
        """What a slot says, "" where nothing; all its lines one after the other."""
        said = [self.choose(choice) for choice in page.slots.get(name, [])]
        return " ".join(text for text, _ in filter(None, said))

    def lines(self, page: Page, name: str) -> list[tuple[str, Line]]:
        """What a slot says, line by line."""
        return [found for choice in page.slots.get(name, []) if (found := self.choose(choice))]

    def because(self, line: Line) -> str:
        """Where a line is written, the case that it is said in, the facts that it takes; "" unless asked for."""
        if not self.says_why:
            return ""
        case = f"[{line.of}: {', '.join(line.cases)}]" if line.cases else f"[{line.of}]" if line.of else ""
        values = [f"{name} = {self.value(name, line)}" for name, _ in line.facts if name not in WORDS]
        told = " · ".join(filter(None, (line.where.partition("/")[2], case, *values)))
        return f" `{told.replace('`', '')}`"

    def bases(self, *lines: Line) -> list[str]:
        """Of what is said, by the facts in it and in what it hangs on: nobody declares it."""
        found = set()
        for line in lines:
            names = [name for name, _ in line.facts if name not in WORDS]
            places = [self.place(name) for name in names]
            if line.of and line.of != "edition":
                stem, of = self.place(line.of)
                asked = self._ground.cases[stem].facts(of) if line.cases else [of]
                places += [(stem, name) for name in asked]
            found |= {self._ground.basis(*place) for place in places}
        # What is counted, set beside what others published, is counted.
        return [COMPUTED] if COMPUTED in found else [basis for basis in BASES if basis in found]


@dataclass
class Said:
    """A block as it is said: `texts` are its lines, None if it is not; `name` and `level` are those of the block."""

    kind: str
    texts: list[str] | None
    name: str = ""
    level: int = 0


def say_blocks(page: Page, voice: Voice) -> list[Said]:
    """The body of a page: without tables and sections of which nothing is known, and figures that are not drawn."""
    found = [(block, *_say(block, voice)) for block in page.blocks]
    out: list[Said] = []
    skip = 0
    for at, (block, said, _, _) in enumerate(found):
        if block.kind == "heading":
            if skip and block.level > skip:
                continue
            below = []
            for other in found[at + 1 :]:
                if other[0].kind == "heading" and other[0].level <= block.level:
                    break
                below.append(other)
            is_open = any(tried for *_, tried, _ in below) and not any(lives for *_, lives in below)
            is_empty = all(said.texts is None for other, said, *_ in below if other.kind != "heading")
            skip = block.level if is_open or is_empty else 0
        if not skip and said.texts is not None:
            out.append(said)
    return _noted(out)


def _say(block: Block, voice: Voice) -> tuple[Said, bool, bool]:
    """A block as it is said, without texts where it is not; whether it needs facts, and whether any is known."""
    said = Said(block.kind, [], block.name, block.level)
    if block.kind == "table":
        facts = [name for line in block.lines for name, _ in line.facts]
        is_known = any(voice.value(name, line) is not None for line in block.lines for name, _ in line.facts)
        rows = [voice.say(line, MISSING) for line in block.lines]
        said.texts = [row for row in rows if row is not None] if is_known or not facts else None
        return said, bool(facts), is_known
    chosen = [found for choice in block.choices if (found := voice.choose(choice))]
    is_sentence = block.kind != "heading"
    said.texts = [text + voice.because(line) if is_sentence else text for text, line in chosen]
    if block.kind == "figure":
        is_drawn = block.name in voice.figures
        if not is_drawn:
            said.texts = None
        return said, True, is_drawn
    if not said.texts:
        said.texts = None
    # Prose alone keeps its section, whatever is unknown in it.
    return said, False, any(_has_fact(line) for _, line in chosen)


def _has_fact(line: Line) -> bool:
    return any(name not in WORDS for name, _ in line.facts) or bool(line.of and line.of != "edition")


def _noted(blocks: list[Said]) -> list[Said]:
    """Without the footnotes that nothing said refers to."""
    text = "\n".join("\n".join(block.texts) for block in blocks if block.kind != "note")
    return [block for block in blocks if block.kind != "note" or f"[^{block.name}]" in text]
