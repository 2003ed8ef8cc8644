"""What a page says, block by block, as pieces for its grid and for its Markdown alternate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from report.pages.blocks import Block, Source, token
from report.pages.markup import Heading, Piece, Press, Prose
from report.writing.voice import Said

NOTE = re.compile(r"\[\^(\w+)\]")


class Laying:
    """Takes blocks in order. Prose that stands together is converted together.

    Attributes:
        pieces: what was taken.
    """

    def __init__(self, press: Press, said: Sequence[Said]) -> None:
        self._press = press
        self.pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._written: list[str] = []
        self._pending: list[str] = []
        texts = "\n".join("\n".join(each.texts or ()) for each in said if each.kind != "note")
        self._notes = {name: at for at, name in enumerate(dict.fromkeys(NOTE.findall(texts)), 1)}
        self._at_the_end: dict[str, str] = {}

    def text(self, text: str) -> None:
        """Prose, a table or a list."""
        self._pending.append(text)

    def note(self, name: str, text: str) -> None:
        """A footnote, for the end of the page."""
        self._at_the_end[name] = text

    def heading(self, text: str, anchor: str) -> None:
        """A heading of a section."""
        self._flush()
        self.pieces.append(Heading(self.inline(text), anchor))
        self._written.append(f"## {text}")

    def block(self, kind: str, content: object, source: str = "") -> None:
        """What stands by itself: a figure, a note in the margin, a list of its own kind."""
        self._flush()
        block = Block(kind, content, source)
        self.pieces.append(block)
        self._written.append(str(token(self._blocks, block)))

    def source(self) -> Source:
        """The whole as Markdown, once all was taken."""
        if self._at_the_end:
            notes = sorted(self._at_the_end.items(), key=lambda note: self._notes[note[0]])
            self._pending.append("\n".join(f"{self._notes[name]}. {text}" for name, text in notes))
        self._flush(is_end=bool(self._at_the_end))
        return Source("\n\n".join(self._written), self._blocks)

    def converted(self, text: str) -> Markup:
        """Markdown to HTML, with its footnotes as links."""
        html = str(self._press.markdown(text))
        return Markup(NOTE.sub(self._linked, html))

    def inline(self, text: str) -> Markup:
        """The same of words without a paragraph of their own."""
        return Markup(str(self.converted(text)).strip().removeprefix("<p>").removesuffix("</p>"))

    def _linked(self, found: re.Match) -> str:
        number = self._notes[found[1]]
        return f'<sup id="ref-{number}"><a href="#note-{number}">{number}</a></sup>'

    def _flush(self, is_end: bool = False) -> None:
        if not self._pending:
            return
        html = self.converted("\n\n".join(self._pending))
        if is_end:
            head, _, notes = html.rpartition("<ol>")
            for number in range(1, len(self._notes) + 1):
                notes = notes.replace("<li>", f'<li id="note-{number}">', 1)
            html = Markup(f"{head}<ol>{notes}")
        self.pieces.append(Prose(html))
        self._written += self._pending
        self._pending = []
