"""What stands in a page's text beside its prose: each call leaves a token in the Markdown, and a block for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(rf"{OPEN}(\d+){CLOSE}")


@dataclass(frozen=True)
class Block:
    """Something in the text that is not prose.

    Attributes:
        kind: names the template macro that prints `content`.
        source: the Markdown of its words, "" where it has none.
    """

    kind: str
    content: object
    source: str = ""


@dataclass(frozen=True)
class Source:
    """A page's body as Markdown, in which a token stands for each of the blocks."""

    text: str
    blocks: Sequence[Block]

    def filled(self, write: Callable[[Block], str]) -> str:
        """The Markdown with what is written for each block in its place."""
        return TOKEN.sub(lambda match: write(self.blocks[int(match[1])]), self.text)


def token(blocks: list[Block], block: Block) -> Markup:
    """Keep a block for later and give the token that stands for it in the text."""
    blocks.append(block)
    return Markup(f"\n\n{OPEN}{len(blocks) - 1}{CLOSE}\n\n")
