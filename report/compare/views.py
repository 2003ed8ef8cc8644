"""Two editions of one kind side by side: verdicts that flipped, facts that moved, figures, tables and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from report.cache.store import Store
from report.claims.verdicts import Judged, judged
from report.compare.moves import CHANGED, TEXT, Move, move_of
from report.compare.rows import FigureChange, compare_rows
from report.core.facts import AllFacts
from report.results.figure_data import FigureData
from report.results.results import Results
from report.warehouse.edition import Edition

ABOUT = ("name", "kind", "as_of", "fingerprint")


@dataclass(frozen=True)
class View:
    """All that is compared of one edition: what today's queries and claims make of it.

    Attributes:
        edition: edition.json and the edition's fingerprint.
    """

    edition: Mapping[str, object]
    facts: AllFacts
    figures: Mapping[str, FigureData]
    claims: Sequence[Judged]


def view_of(edition: Edition, results: Results, content: Path, store: Store) -> View:
    """An edition as it is compared, from the results over it."""
    facts = AllFacts(results.facts())
    claims = (
        judged(content, results.folder, facts, edition.manifest["kind"], store)
        if (content / "claims.toml").exists()
        else []
    )
    return View({**edition.manifest, "fingerprint": edition.fingerprint}, facts, results, claims)


@dataclass(frozen=True)
class Flip:
    """A claim with another verdict than before."""

    before: Judged
    after: Judged


@dataclass(frozen=True)
class TableChange:
    """A table's rows read, kept and dropped, before and after; None where the edition does not have it."""

    name: str
    before: Mapping[str, int] | None
    after: Mapping[str, int] | None
    new_columns: Sequence[str]
    lost_columns: Sequence[str]

    @property
    def is_new(self) -> bool:
        return self.before is None and self.after is not None

    @property
    def is_lost(self) -> bool:
        return self.before is not None and self.after is None

    @property
    def kept_change(self) -> float | None:
        """Rows kept, as a fraction more or less than before."""
        if self.before is None or self.after is None or not self.before["kept"]:
            return None
        return (self.after["kept"] - self.before["kept"]) / self.before["kept"]


@dataclass(frozen=True)
class Comparison:
    """What changed from the edition `before` to the edition `after`.

    Attributes:
        before, after: name, kind, as_of and fingerprint of each.
        claims: ids of all claims; `flips` are those whose verdict changed, in the ledger's order.
        moves: facts that are not as before, the largest change first; of equal ones by name.
        same_facts, unknown_facts: how many stayed as they are, and how many neither edition states.
        figures: those whose rows are not as before, the most changed first; `same_figures` are the others.
        tables: all that either has.
    """

    before: Mapping[str, object]
    after: Mapping[str, object]
    claims: Sequence[str]
    flips: Sequence[Flip]
    moves: Sequence[Move]
    same_facts: int
    unknown_facts: int
    figures: Sequence[FigureChange]
    same_figures: int
    tables: Sequence[TableChange]

    @property
    def sized(self) -> list[Move]:
        """Facts known before and after whose change has a size."""
        return [move for move in self.moves if move.status == CHANGED and move.kind != TEXT]

    @property
    def named(self) -> list[Move]:
        """Facts that are words, known before and after."""
        return [move for move in self.moves if move.status == CHANGED and move.kind == TEXT]

    @property
    def turned(self) -> list[Move]:
        """Facts that became known or unknown."""
        return [move for move in self.moves if move.status != CHANGED]

    def as_dict(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        names = ("before", "after")
        return {
            **{name: {key: getattr(self, name).get(key) for key in ABOUT} for name in names},
            "flips": [_flip(flip) for flip in self.flips],
            "facts": [_without_print(move) for move in self.moves],
            "facts_same": self.same_facts,
            "facts_unknown": self.unknown_facts,
            "figures": [
                asdict(figure) | {"largest": figure.largest and _without_print(figure.largest)}
                for figure in self.figures
            ],
            "figures_same": self.same_figures,
            "tables": [asdict(table) for table in self.tables],
        }


def compare(before: View, after: View) -> Comparison:
    """What changed; both sides are answered by the same queries and judged by the same claims."""
    moves, same, unknown = compare_facts(before.facts, after.facts)
    changes = [compare_rows(before.figures[name], after.figures[name]) for name in after.figures]
    figures = [change for change in changes if not change.is_same]
    verdicts = {claim.id: claim for claim in before.claims}
    return Comparison(
        before=before.edition,
        after=after.edition,
        claims=[claim.id for claim in after.claims],
        flips=[
            Flip(verdicts[claim.id], claim) for claim in after.claims if verdicts[claim.id].verdict != claim.verdict
        ],
        moves=moves,
        same_facts=same,
        unknown_facts=unknown,
        figures=sorted(figures, key=lambda change: (-(change.largest.size if change.largest else 0), change.id)),
        same_figures=len(changes) - len(figures),
        tables=compare_tables(before.edition, after.edition),
    )


def fact_names(*views: View) -> set[str]:
    """Names of all facts, as `<finding>.<fact>`."""
    return {name for view in views for name in _flat(view.facts)}


def compare_facts(before: AllFacts, after: AllFacts) -> tuple[list[Move], int, int]:
    """The moves, the largest first; how many facts stayed; how many are unknown in both."""
    old, new = _flat(before), _flat(after)
    names = sorted({*old, *new})
    moves = [move for name in names if (move := move_of(name, old.get(name), new.get(name)))]
    unknown = sum(old.get(name) is None and new.get(name) is None for name in names)
    return sorted(moves, key=lambda move: (-move.size, move.name)), len(names) - len(moves) - unknown, unknown


def compare_tables(before: Mapping, after: Mapping) -> list[TableChange]:
    """Every table that either edition has, in the order of the newer, then of the older."""
    names = dict.fromkeys([*after["tables"], *before["tables"]])
    tables = []
    for name in names:
        old, new = _account(before, name), _account(after, name)
        if old is None and new is None:
            continue
        lacked, lacks = (set(edition["absent"]["columns"].get(name, ())) for edition in (before, after))
        both = old is not None and new is not None
        gained, lost = (sorted(lacked - lacks), sorted(lacks - lacked)) if both else ([], [])
        tables.append(TableChange(name, old, new, gained, lost))
    return tables


def _account(edition: Mapping, name: str) -> dict[str, int] | None:
    table = edition["tables"].get(name)
    if table is None or name in edition["absent"]["tables"]:
        return None
    read, kept = table["rows_read"], table["rows_kept"]
    return {"read": read, "kept": kept, "dropped": read - kept}


def _flat(facts: AllFacts) -> dict[str, object]:
    return {f"{stem}.{name}": value for stem, own in facts.as_dict().items() for name, value in own.items()}


def _flip(flip: Flip) -> dict[str, str]:
    after = flip.after
    return {"claim": after.id, "words": after.words, "before": flip.before.verdict, "after": after.verdict,
            "observed_before": flip.before.observed, "observed_after": after.observed, "why": after.why}  # fmt: skip


def _without_print(move: Move) -> dict[str, object]:
    return {name: value for name, value in asdict(move).items() if name != "shown"}
