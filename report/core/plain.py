"""Words out of markup, for the places where HTML means nothing: citations, indexes, feeds, file names."""

from __future__ import annotations

import html
import re
import unicodedata

from markupsafe import Markup

LONGEST_NAME = 80
ISOLATE, ISOLATE_END = "\u2068", "\u2069"
# Tags whose text stands apart from what is around it.
BLOCKS = re.compile(r"</?(?:p|li|h\d|td|th|tr|dt|dd|div|caption|blockquote|pre|br)\b[^>]*>")
TAGS = re.compile(r"<[^>]*>")
# Pictures of marks have names beside them, and what is drawn is described in words.
UNREAD = re.compile(r"<(svg|picture)\b.*?</\1>", re.DOTALL)


def plain(text: object) -> str:
    """One line of plain words; markup is taken from what is markup, other text is kept as it is.

    Characters that steer the direction of writing or cannot be seen are left out: here nothing would end their effect.
    """
    if hasattr(text, "__html__"):
        marked = UNREAD.sub(" ", str(Markup.escape(text)))
        text = html.unescape(TAGS.sub("", BLOCKS.sub(" ", marked)))
    words = " ".join(str(text).split())
    return words if words.isprintable() else " ".join("".join(filter(_is_visible, words)).split())


def shown(text: str) -> str:
    """A name that a stranger typed, to stand among other words: plain, not long, kept apart if written leftwards."""
    name = shortened(plain(text), LONGEST_NAME)
    is_leftward = any(unicodedata.bidirectional(char) in ("R", "AL") for char in name)
    return f"{ISOLATE}{name}{ISOLATE_END}" if is_leftward else name


def slug(*parts: object) -> str:
    """A name for a file or key: a-z, 0-9 and hyphens."""
    text = unicodedata.normalize("NFKD", " ".join(str(part) for part in parts)).lower()
    return re.sub(r"[^a-z0-9]+", "-", text)[:80].strip("-") or "untitled"


def shortened(text: str, length: int) -> str:
    """The text, or its beginning and an ellipsis if it has more characters than `length`."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
