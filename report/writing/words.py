"""The words of the site itself, of templates, feed, citations: slots of site.md over facts that are given."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup, escape

from report.core.errors import ContentError
from report.core.kinds import Standing
from report.core.texts import LANGUAGE
from report.writing.formats import Language, words_of
from report.writing.page import Page, read_page
from report.writing.voice import Ground, Voice

FILE = "site.md"


class Words:
    """What a slot says, given its facts; one that is None is unknown, and a line that names it is not said.

    Attributes:
        kind: the words of the edition's kind, by key; "" where it has none.
    """

    def __init__(self, language: Language, page: Page, standing: Standing) -> None:
        self.language, self._page, self._standing = language, page, standing
        self.kind = _Known(words_of(language, standing.kind, standing.is_part))

    def __call__(self, slot: str, **facts: object) -> str:
        """Its lines as Markdown.

        Raises:
            ContentError: there is no such slot, or it names a fact that is not given.
        """
        if slot not in self._page.slots:
            raise ContentError(f"there is no slot `{slot}`", self._page.name, "the site needs it")
        given = _Given(facts, f"{self._page.name}, {slot}")
        bases = {"": dict.fromkeys(facts, "published")}
        return Voice(self.language, Ground(self._standing.kind, {"": given}, bases, {}), "").slot(self._page, slot)

    def plain(self, slot: str, **facts: object) -> Markup:
        """The same as text, for HTML: what it holds of HTML or Markdown is shown, not applied."""
        return Markup(escape(self.text(slot, **facts)))

    def text(self, slot: str, **facts: object) -> str:
        """The same as text."""
        return html.unescape(self(slot, **facts))


class _Given(dict):
    """Facts by name, of which one that is not given is an error."""

    def __init__(self, facts: Mapping[str, object], where: str) -> None:
        super().__init__(facts)
        self._where = where

    def __missing__(self, name: str) -> object:
        raise ContentError(f"`{name}` is not given", self._where, f"there are {', '.join(self) or 'none'}")


class _Known(dict):
    def __missing__(self, name: str) -> str:
        return ""


def words_in(content: Path, standing: Standing, code: str = LANGUAGE) -> Words:
    """The words of the site in a language, for an edition of this standing.

    Raises:
        ContentError: a file of the language is missing, or cannot be read.
    """
    return Words(Language(content, code), read_page(content / code / FILE, content), standing)
