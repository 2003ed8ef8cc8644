"""What a site is made of, and its pages as the other files of the site refer to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from report.cache.store import Store
from report.claims.tally import Tally
from report.claims.verdicts import judged
from report.compare.history import History
from report.core.facts import AllFacts
from report.core.kinds import standing_of
from report.core.texts import LANGUAGE
from report.figures.figure import Figure, Images
from report.pages.blocks import Source
from report.pages.findings import Finding
from report.pages.glossary import Glossary
from report.pages.layout import Section
from report.pages.markup import Press
from report.pages.waits import Waiting
from report.results.figure_data import FigureData
from report.writing.words import Words, words_in

CLAIMS = "claims.toml"
CHANGES = f"{LANGUAGE}/changes.md"


@dataclass(frozen=True)
class SiteContext:
    """All that a site is made of.

    Attributes:
        settings: has `title`, `base_url` (ends with "/", or is empty) and `repository` (a link, or empty).
        edition: edition.json and its fingerprint: name, kind (one of KINDS), as_of (a date
            or None), fingerprint, tables {name: {rows_read, rows_kept, dropped {reason: n},
            unusable {column: {reason: n}}}}, absent {tables: [...], columns: {table: [...]}},
            fetch_window {first, median, last} or None, counts {tracks, albums, artists} if
            these are to differ from the rows kept.
        facts: of all findings.
        figures: figure id -> its data; may compute them when they are read.
        cubes: the files of the edition's counts, by name.
        render: figure id -> its pictures.
        published, addresses: the published figures and where their sources are, as `Published` has them.
        content: folder of the pages.
        templates: folder of the templates, with `static/` in it.
        store: where pages, compiled templates, judged claims and the like are kept, or None to work them out each time.
        say: tells whoever builds what they should know.
        history: what changed since the edition before, and which earlier reports stay reachable.
        demo: where the demonstration is, such as "demo/", or "" for none.
        is_demo: whether this is the demonstration.
        is_trial: whether only words and links are asked for, so that nothing is to be drawn.
    """

    settings: object
    edition: Mapping[str, object]
    facts: AllFacts
    figures: Mapping[str, FigureData]
    render: Callable[[str], Images]
    published: Mapping[str, Mapping]
    content: Path
    templates: Path
    addresses: Mapping[str, Mapping] = field(default_factory=dict)
    store: Store | None = None
    say: Callable[[str], None] = lambda _: None
    history: History = field(default_factory=History)
    cubes: Mapping[str, Path] = field(default_factory=dict)
    demo: str = ""
    is_demo: bool = False
    is_trial: bool = False

    @property
    def is_within(self) -> bool:
        """Whether it lies in the site of another report, which has what is there once for all."""
        return self.is_demo or bool(self.history.current)

    @cached_property
    def words(self) -> Words:
        """The words of the site."""
        return words_in(self.content, standing_of(self.edition))

    @cached_property
    def ledger(self) -> Tally | None:
        """The claims, judged; None where the content has none.

        Raises:
            ContentError: claims that cannot be read.
        """
        if not (self.content / CLAIMS).exists():
            return None
        return Tally(judged(self.content, self.settings.queries, self.facts, self.edition["kind"], self.store))


@dataclass(frozen=True)
class SitePage:
    """One page, as the other files of the site refer to it.

    Attributes:
        path: in the site, such as "duration.html".
        kind: front, finding, claims, changes or text.
        title, summary: plain text.
        html: the whole page.
        sections: what it holds, in order.
        figures: those placed on it, in order.
        source: its body as Markdown.
        finding: the finding that it is the page of, or None.
        files: what it shows beside its figures, by path.
        waiting: the figures that it would have if somebody had counted them.
    """

    path: str
    kind: str
    title: str
    summary: str
    html: str
    sections: list[Section]
    figures: list[Figure]
    source: Source
    finding: Finding | None = None
    files: Mapping[str, bytes | Path] = field(default_factory=dict)
    waiting: Sequence[Waiting] = ()


@dataclass(frozen=True)
class SitePages:
    """All pages, in the order in which they are read; `press`, `ledger` and `glossary` made them.

    Attributes:
        without_page: stems of the findings that have none.
    """

    pages: list[SitePage]
    press: Press
    ledger: Tally | None
    glossary: Glossary | None
    without_page: Collection[str] = ()
