"""A built site as the checks read it: its files, its pages taken apart, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from report.core.errors import COMMAND, SiteError
from report.core.folders import files_below
from report.core.settings import Settings
from report.hosting.publishing import MARKER

# Not looked at: what keeps the folder, and the program and index of the search.
OURS = {".gitignore", ".nojekyll", "CNAME", MARKER}
SEARCH = "pagefind/"
UNREAD = ("script", "style", "pre", "code")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        file: path in the site, or in the project if it is a source.
        place: line, or a selector; None for the file as a whole.
        message: what is wrong.
        advice: what to do about it.
    """

    file: str
    place: int | str | None
    message: str
    advice: str

    @property
    def where(self) -> str:
        if self.place is None:
            return self.file
        return f"{self.file}:{self.place}" if isinstance(self.place, int) else f"{self.file} {self.place}"


class Skipped(Exception):
    """A check that cannot run here, because something is not installed.

    Args:
        reason: what is missing.
        advice: how to install it.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str]
    line: int


@dataclass
class Document:
    """One page, taken apart.

    Attributes:
        path: in the site.
        elements: every start tag, in order.
        texts: (line, text) of what a reader sees, but for code.
        title: of the window.
        tables_in_details: bytes of the tables that are folded away.
    """

    path: str
    source: str
    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    title: str = ""
    tables_in_details: int = 0

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(element.attributes["id"] for element in self.elements if "id" in element.attributes)

    def every(self, *tags: str) -> Iterator[Element]:
        """The elements of these names, in order."""
        return (element for element in self.elements if element.tag in tags)


class Reader(HTMLParser):
    """Takes a page apart into a document."""

    def __init__(self, path: str, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document(path, source)
        # The parser counts lines by "\n" alone.
        self._starts = [0, *(at + 1 for at, character in enumerate(source) if character == "\n")]
        self._open: Counter[str] = Counter()
        self._table = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        attributes = {name: value or "" for name, value in attrs}
        self.document.elements.append(Element(tag, attributes, line))
        if tag == "table" and self._open["details"] and not self._open["table"]:
            self._table = self._offset()
        if tag in ("details", "table", "title", *UNREAD):
            self._open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if not self._open[tag]:
            return
        self._open[tag] -= 1
        if tag == "table" and self._open["details"] and not self._open["table"]:
            table = self.document.source[self._table : self._offset()] + "</table>"
            self.document.tables_in_details += len(table.encode())

    def handle_data(self, data: str) -> None:
        if self._open["title"]:
            self.document.title += data
        elif data.strip() and not any(self._open[tag] for tag in UNREAD):
            self.document.texts.append((self.getpos()[0], data))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


class BuiltSite:
    """The site in `settings.site`.

    Attributes:
        files: every path in it, in order, but for its own marks.
        counts: what the checks have looked at, by name.

    Raises:
        SiteError: there is no site of ours.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.site
        if not (self.folder / MARKER).is_file():
            raise SiteError("there is no site here to check", self.folder, f"build it first: {COMMAND}")
        paths = (path.relative_to(self.folder).as_posix() for path in files_below(self.folder))
        self.files = tuple(sorted(set(paths) - OURS))
        self.counts: Counter[str] = Counter()

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The pages by their paths."""
        pages = [path for path in self.files if path.endswith(".html") and not path.startswith(SEARCH)]
        return {path: Reader(path, self.text(path)).document for path in pages}

    def text(self, path: str) -> str:
        """A file's text; bytes that are not UTF-8 are replaced."""
        return (self.folder / path).read_bytes().decode("utf-8", "replace")

    def size(self, path: str) -> int:
        """A file's bytes."""
        return (self.folder / path).stat().st_size

    def of_kind(self, *suffixes: str) -> list[str]:
        """Paths with one of these endings, the search's own left out."""
        return [path for path in self.files if path.endswith(suffixes) and not path.startswith(SEARCH)]
