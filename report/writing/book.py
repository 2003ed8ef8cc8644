"""The words of one language, and what has none beside them: pages, words of figures, shapes, case sets, bases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from report.cache.store import Store
from report.core.columns import half, meaning
from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.folders import files_in, folders_in
from report.core.texts import read_text
from report.results.contracts import read_contract
from report.results.rules import Within
from report.writing.cases import Cases
from report.writing.definitions import FILE, Definition, read_definitions
from report.writing.formats import Language
from report.writing.page import Line, Page, read_page
from report.writing.voice import Ground

# Facts that every page can name: what the archive is published to hold, by table.
TOTALS = "totals"
# Facts that the build itself gives to pages that are no findings: of the edition, and how many questions there are.
SITE = "site"
# The words of the site itself are no page.
SITE_WORDS = "site.md"
OTHERS = ("published", "external", "subset")


class Book:
    """Everything that is written in one language, over the facts of one edition.

    Args:
        content: folder of all words.
        queries: folder of the queries, for their contracts.
        facts: finding -> fact -> value, None where unknown; of any edition where only names matter.
        store: where outcomes and checks are kept, or None to work them out each time.
    """

    def __init__(
        self,
        content: Path,
        queries: Path,
        code: str,
        facts: Mapping[str, Mapping[str, object]],
        store: Store | None = None,
    ) -> None:
        self.content, self.queries, self.code, self.facts, self.store = content, queries, code, facts, store
        self.language = Language(content, code)
        self._read: dict[str, object] = {}
        self._owners: dict[str, str] = {}

    @cached_property
    def stems(self) -> list[str]:
        """The findings that are written in this way."""
        return [path.stem for path in files_in(self.content / self.code / "findings", "*.md")]

    @cached_property
    def others(self) -> list[str]:
        """The pages that are no findings, of those that are written in this way."""
        return [path.stem for path in files_in(self.content / self.code, "*.md") if path.name != SITE_WORDS]

    @property
    def orders(self) -> dict[str, int]:
        """The places of the other pages in the navigation."""
        return self._of_the_site("order")

    @property
    def claims(self) -> dict[str, Page]:
        """The files of words of the ledger, by name: slots below the name of each claim."""
        paths = files_in(self.content / self.code / "claims", "*.md")
        return {path.stem: self._page(f"claims/{path.name}") for path in paths}

    @property
    def front(self) -> list[str]:
        """The claims that the front page opens with."""
        return self._of_the_site("front").get("said", [])

    @cached_property
    def definitions(self) -> list[Definition]:
        """The phrases in which a number is a definition."""
        return read_definitions(self.content / self.code / FILE)

    @property
    def site_words(self) -> Page:
        """The words of the site itself, by slots."""
        return self._page(SITE_WORDS)

    def terms(self) -> Iterator[Line]:
        """What the glossary says of each term."""
        name = f"{self.content.name}/{self.code}/glossary.toml"
        for key, term in (read_toml(self.content / self.code / "glossary.toml", name) or {}).items():
            yield Line(str(term.get("definition", "")), f"{name}, [{key}]")

    def page(self, stem: str) -> Page:
        """The page of a finding, or another."""
        return self._page(f"findings/{stem}.md" if stem in self.stems else f"{stem}.md")

    def figures(self, stem: str) -> Page:
        """The words of a finding's figures, or of those on another page."""
        name = f"figures/{stem}.md"
        is_there = stem in self.stems or (self.content / self.code / name).is_file()
        return self._page(name) if is_there else Page(f"{self.content.name}/{self.code}/{name}")

    def facts_of(self, stem: str) -> str:
        """Whose facts need no prefix on a page: those of its finding, its own, or of the site."""
        return stem if stem in self.stems or stem in self._owners else SITE

    def shape(self, stem: str) -> dict:
        """What of a finding has no language: order, needs, case sets, sparks.

        Raises:
            ContentError: no TOML, or not there.
        """
        name = f"findings/{stem}.toml"
        if name not in self._read:
            found = read_toml(self.content / name, f"{self.content.name}/{name}")
            if found is None:
                raise ContentError(
                    "this file is missing", f"{self.content.name}/{name}", "it has the finding's order and cases"
                )
            self._read[name] = found
        return self._read[name]

    def cases(self, stem: str) -> Cases:
        """The case sets of a finding, none if it has no file of them."""
        name = f"cases/{stem}"
        if name not in self._read:
            path = next(
                (path for path in (f"findings/{stem}.toml", f"{stem}.toml") if (self.content / path).is_file()), ""
            )
            where = f"{self.content.name}/{path}"
            sets = (read_toml(self.content / path, where) or {}).get("cases", {}) if path else {}
            self._read[name] = Cases(sets, self.facts.get(stem, {}), self._within(stem), where, self.store)
        return self._read[name]

    def also(self, name: str, of: str, sets: Mapping, where: str, page: Page) -> None:
        """Make a page of this name, over the facts of a finding, with case sets of its own, such as a claim's."""
        self.facts = {**self.facts, name: self.facts.get(of, {})}
        self._owners[name] = of
        self._read[f"{name}.md"] = page
        self._read[f"cases/{name}"] = Cases(sets, self.facts[name], self._within(of), where, self.store)

    def bases(self, stem: str) -> dict[str, str]:
        """Those facts of a finding that others stated, with their basis: published, external or subset."""
        stem = self._owners.get(stem, stem)
        if stem in (TOTALS, SITE):
            return dict.fromkeys(self.facts.get(stem, {}), "published")
        texts = self._contract(stem).texts if self._has_facts(stem) else {}
        found = {name: "published" for name in self.facts.get(stem, {}) if half(name) == "published"}
        for basis in OTHERS:
            patterns = [part.strip() for part in texts.get(basis, "").split(",") if part.strip()]
            named = [name for name in self.facts.get(stem, {}) if any(fnmatchcase(name, each) for each in patterns)]
            found |= dict.fromkeys(named, basis)
        return found

    def ground(self, kind: str, is_part: bool = False, facts: Mapping | None = None) -> Ground:
        """What an edition of this kind can say; `facts` in place of the book's own."""
        stems = [*self.facts]
        bases, cases = _Lazy(stems, self.bases), _Lazy(stems, self.cases)
        return Ground(kind, facts or self.facts, bases, cases, is_part)

    def mark(self, page: Page) -> str:
        """A short mark of a page's text, which changes with it; "" of what has no file."""
        path = self.content.parent / page.name
        return sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""

    def _page(self, name: str) -> Page:
        if name not in self._read:
            self._read[name] = read_page(self.content / self.code / name, self.content)
        return self._read[name]

    def _of_the_site(self, table: str) -> dict:
        return (read_toml(self.content / "site.toml", f"{self.content.name}/site.toml") or {}).get(table, {})

    def _has_facts(self, stem: str) -> bool:
        return (self.queries / stem / "facts.sql").is_file()

    def _contract(self, stem: str):
        path = self.queries / stem / "facts.sql"
        return read_contract(read_text(path), path, is_facts=True)

    def _within(self, stem: str) -> dict[str, tuple[float, float]]:
        """The bounds of facts: by their names, and by the contract of facts.sql."""
        found: dict[str, tuple[float, float]] = {}
        for name in self.facts.get(stem, {}):
            promised = meaning(name)
            if promised and promised.kind != "text":
                found[name] = _bounds(promised.low, promised.high)
        rules = self._contract(stem).declared if self._has_facts(stem) else ()
        for rule in (declared.rule for declared in rules if isinstance(declared.rule, Within)):
            for name in self.facts.get(stem, {}):
                if fnmatchcase(name, rule.column):
                    found[name] = _bounds(rule.low, rule.high)
        return found


class _Lazy(Mapping):
    """A value for each key, made when it is asked for."""

    def __init__(self, keys: list[str], make) -> None:
        self._keys, self._make = keys, make
        self._made: dict[str, object] = {}

    def __getitem__(self, key: str) -> object:
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def languages(content: Path) -> list[str]:
    """The languages that there are: folders with a language.toml."""
    return [path.name for path in folders_in(content) if (path / "language.toml").is_file()]


def _bounds(low: object, high: object) -> tuple[float, float]:
    return (
        float(low) if isinstance(low, int | float) else float("-inf"),
        float(high) if isinstance(high, int | float) else float("inf"),
    )
