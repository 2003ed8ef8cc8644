"""Judged claims for the pages: counted by verdict, put into a sentence, marked and linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from report.claims.verdicts import VERDICTS, Judged
from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.numbers import words
from report.results.figure_data import basis_tags

# Verdict -> its square in templates/marks.html.
MARKS = dict(zip(VERDICTS, ("holds", "part", "not", "elsewhere", "untested"), strict=True))
SEVERAL = {"holds": "hold", "holds in part": "hold in part", "does not hold": "do not hold"}
SEVERAL["comes from elsewhere"] = "come from elsewhere"
SOURCES = {"article": "Article", "both": "Article and announcement", "release": "Announcement"}


@dataclass(frozen=True)
class Entry:
    """A claim as the pages print it: `links` are (address, label) pairs, its finding first, then its figure."""

    claim: Judged
    mark: str
    source: str
    tags: tuple[str, ...]
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Group:
    """The claims of one source under one verdict; `key` is the source's key, `name` what it is called."""

    key: str
    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Count:
    """How many claims have a verdict. `anchor` is its section on the ledger's page."""

    verdict: str
    mark: str
    anchor: str
    count: int


class Tally:
    """The claims of a site, judged, in the order of their file, and what they come to."""

    def __init__(self, claims: Sequence[Judged]) -> None:
        self.claims = list(claims)

    @property
    def counts(self) -> list[Count]:
        """One for every verdict, in fixed order; a verdict that no claim has counts 0."""
        given = [claim.verdict for claim in self.claims]
        return [
            Count(verdict, mark, verdict.replace(" ", "-"), given.count(verdict)) for verdict, mark in MARKS.items()
        ]

    @property
    def subject(self) -> str:
        """How many claims there are: "26 claims", "one claim"."""
        return f"{words(len(self.claims))} claim{'' if len(self.claims) == 1 else 's'}"

    @property
    def outcome(self) -> str:
        """What becomes of them, for "Of 26 claims, …": "five hold, one does not hold and 20 cannot be tested here"."""
        parts = [f"{words(count.count)} {_verb(count.verdict, count.count)}" for count in self.counts if count.count]
        return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)

    @property
    def headline(self) -> str:
        """The two verdicts without reservation: "Of 26 claims, five hold and one does not"."""
        counts = {count.mark: count.count for count in self.counts}
        held, failed = counts["holds"], counts["not"]
        first = f"{words(held) if held else 'none'} {_verb('holds', held or 1)}"
        if not failed:
            return f"Of {self.subject}, {first}{'' if held else ' without reservation'}"
        return f"Of {self.subject}, {first} and {words(failed)} {'does' if failed == 1 else 'do'} not"

    @property
    def by_source(self) -> dict[str, int]:
        """Source -> claims it makes, alone or with the other, for the sources that make any."""
        made = {
            source: sum(claim.source in (source, "both") for claim in self.claims) for source in ("article", "release")
        }
        return {source: count for source, count in made.items() if count}

    def as_dict(self) -> dict[str, object]:
        """`counts` by verdict and all `claims`, ready for JSON."""
        return {
            "counts": {count.verdict: count.count for count in self.counts},
            "claims": [asdict(claim) for claim in self.claims],
        }


def entries(
    claims: Sequence[Judged],
    questions: Mapping[str, str],
    figures: Mapping[str, tuple[str, str] | None],
    is_synthetic: bool,
) -> list[Entry]:
    """Claims with their marks and links.

    Args:
        claims: in order.
        questions: stem of each finding -> its question.
        figures: id of each figure -> its address and label, such as "Figure 3 of Duration"; None where no page has it.
        is_synthetic: whether what the edition computes is to be marked so.

    Raises:
        ContentError: a claim of a finding or figure that is on no page.
    """
    found = []
    for claim in claims:
        links = []
        for kind, name, known in (("finding", claim.finding, questions), ("figure", claim.figure, figures)):
            if name and name not in known:
                raise ContentError(
                    f"claim `{claim.id}` names the {kind} `{name}`, which is on no page",
                    "content/claims.toml",
                    suggest(name, known),
                )
        if claim.finding:
            links.append((f"{claim.finding}.html", questions[claim.finding]))
        if figures.get(claim.figure):
            links.append(figures[claim.figure])
        tags = basis_tags([claim.basis], is_synthetic)
        found.append(Entry(claim, MARKS[claim.verdict], SOURCES[claim.source], tags, links))
    return found


def grouped(listed: Sequence[Entry], verdict: str) -> list[Group]:
    """The entries of one verdict by source; sources that have none are left out."""
    under = [entry for entry in listed if entry.claim.verdict == verdict]
    groups = [
        Group(key, name, [entry for entry in under if entry.claim.source == key]) for key, name in SOURCES.items()
    ]
    return [group for group in groups if group.entries]


def _verb(verdict: str, count: int) -> str:
    return verdict if count == 1 else SEVERAL.get(verdict, verdict)
