"""Judged claims for the pages: counted by verdict, marked and linked, with the words of the ledger's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from report.claims.ledger import HOLDS, IN_PART, NOT, OPEN, REASONS, UNTESTED, VERDICTS
from report.claims.verdicts import Judged, Outcome
from report.core.errors import ContentError
from report.core.facts import suggest
from report.results.figure_data import basis_tags

# Verdict, or reason why there is none -> its square in templates/marks.html.
MARKS = dict(zip(VERDICTS, ("holds", "part", "open", "not", "elsewhere", "archive"), strict=True))
OPINION = REASONS[-1]
# The squares in their order; an opinion is in no count.
SQUARES = (*MARKS.values(), REASONS[1])
DECIDED = (HOLDS, IN_PART, OPEN, NOT)
TEXTS = ("post", "announcement")


@dataclass(frozen=True)
class Entry:
    """A claim or one of its tests as the pages print it.

    Attributes:
        mark: its square; `verdict` is what it is called.
        reason: why it cannot be tested here, in words, "" of others.
        links: (address, label) pairs, its finding first, then its figure.
        known: titles of the published series that were known when its test was written.
        sources: addresses where it can be read.
        tests: of a claim that says several things.
    """

    claim: Outcome
    mark: str
    verdict: str
    reason: str
    tags: tuple[str, ...]
    links: Sequence[tuple[str, str]]
    known: Sequence[str] = ()
    sources: Sequence[Mapping] = ()
    tests: Sequence[Entry] = ()


@dataclass(frozen=True)
class Count:
    """The claims of one square: `name` says which, `meaning` what that is, `anchor` is its place on the page."""

    mark: str
    name: str
    meaning: str
    claims: Sequence[Judged]

    @property
    def count(self) -> int:
        return len(self.claims)


@dataclass(frozen=True)
class Tally:
    """The claims of a site, judged, in the order of their file, and what they come to.

    Attributes:
        words: the slots of the ledger's page, such as `name.holds`.
        opens: ids of the claims that the front page opens with.
    """

    claims: Sequence[Judged]
    words: Mapping[str, str] = field(default_factory=dict)
    opens: Sequence[str] = ()

    @property
    def front(self) -> list[Judged]:
        """The claims that the front page opens with."""
        return [claim for name in self.opens for claim in self.claims if claim.id == name]

    @staticmethod
    def marked(claims: Sequence[Judged]) -> list[tuple[Judged, str]]:
        """Claims with their squares."""
        return [(claim, mark_of(claim)) for claim in claims]

    def verdict(self, mark: str) -> str:
        """The verdict of a square, in words."""
        return self.name("untested" if mark in REASONS[:2] else mark)

    @property
    def counts(self) -> list[Count]:
        """One for every square, in fixed order; one that no claim has counts 0."""
        given: dict[str, list[Judged]] = {mark: [] for mark in (*SQUARES, OPINION)}
        for claim in self.claims:
            given[mark_of(claim)].append(claim)
        return [Count(mark, self.name(mark), self.words.get(f"meaning.{mark}", ""), given[mark]) for mark in SQUARES]

    def name(self, mark: str) -> str:
        """What a square stands for."""
        return self.words.get(f"name.{mark}", mark)

    def of(self, source: str) -> Tally:
        """The claims that one text makes, alone or with the other."""
        return replace(self, claims=[claim for claim in self.claims if claim.source in (source, "both")])

    @property
    def decided(self) -> list[Judged]:
        """The claims of which something was counted, by verdict."""
        return [claim for verdict in DECIDED for claim in self.claims if claim.verdict == verdict]

    @property
    def opinions(self) -> list[Judged]:
        return [claim for claim in self.claims if claim.reason == OPINION]

    def facts(self) -> dict[str, int]:
        """How many claims there are, of all and of each text, and of each square; opinions are in no count."""
        found = {}
        for prefix, tally in [("", self), *((f"{text}_", self.of(text)) for text in TEXTS)]:
            counts = {count.mark: count.count for count in tally.counts}
            found[f"{prefix}claims"] = sum(counts.values())
            found |= {f"{prefix}claims_{mark}": count for mark, count in counts.items()}
            found[f"{prefix}claims_elsewhere_or_open"] = sum(counts[mark] for mark in SQUARES[4:])
        shared = [claim for claim in self.claims if claim.source == "both" and claim.reason != OPINION]
        return {**found, "shared_count": len(shared)}

    def as_dict(self) -> dict[str, object]:
        """`counts` by verdict, the `opinions` that are in none, and all `claims`, ready for JSON."""
        tested = [claim.verdict for claim in self.claims if claim.reason != OPINION]
        return {
            "counts": {verdict: tested.count(verdict) for verdict in VERDICTS},
            "opinions": len(self.opinions),
            "claims": [asdict(claim) for claim in self.claims],
        }


def no_facts() -> dict[str, None]:
    """The names of `Tally.facts`, of a site without claims."""
    return dict.fromkeys(Tally([]).facts())


def mark_of(claim: Outcome) -> str:
    """The square of a claim or test."""
    return claim.reason if claim.verdict == UNTESTED and claim.reason else MARKS[claim.verdict]


def entries(
    tally: Tally,
    questions: Mapping[str, str],
    figures: Mapping[str, tuple[str, str] | None],
    is_synthetic: bool,
    titles: Mapping[str, str] | None = None,
    addresses: Mapping[str, Mapping] | None = None,
) -> list[Entry]:
    """Claims with their marks and links.

    Args:
        questions: stem of each finding -> its question.
        figures: id of each figure -> its address and label, such as "Figure 3 of Duration"; None where no page has it.
        is_synthetic: whether what the edition computes is to be marked so.
        titles: of the published series, by name; `addresses` are those of sources.

    Raises:
        ContentError: a claim of a finding, a figure, a series or an address that there is not.
    """

    def entry(claim: Outcome, sources: Sequence[str] = (), tests: Sequence[Outcome] = ()) -> Entry:
        named = [("finding", claim.finding, questions), ("figure", claim.figure, figures)]
        named += [("series", name, titles) for name in claim.known if titles is not None]
        named += [("address", name, addresses) for name in sources if addresses is not None]
        for kind, name, known in named:
            if name and name not in known:
                message = f"claim `{claim.id}` names the {kind} `{name}`, which is not there"
                raise ContentError(message, "content/claims.toml", suggest(name, known))
        links = [(f"{claim.finding}.html", questions[claim.finding])] if claim.finding else []
        links += [figures[claim.figure]] if figures.get(claim.figure) else []
        mark = mark_of(claim)
        untested = claim.verdict == UNTESTED and mark != OPINION
        return Entry(
            claim,
            mark,
            tally.name("untested" if untested else mark),
            tally.name(mark) if untested else "",
            basis_tags([claim.basis], is_synthetic),
            links,
            [(titles or {}).get(name, name) for name in claim.known],
            [addresses[name] for name in sources if addresses],
            [entry(test) for test in tests],
        )

    return [entry(claim, claim.links, () if claim.is_whole else claim.tests) for claim in tally.claims]


def grouped(listed: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries by the text that makes the claim first."""
    own = {"post": ("post", "both"), "announcement": ("announcement",)}
    return {text: [each for each in listed if each.claim.source in sources] for text, sources in own.items()}
