"""Verdicts: what the facts give for each claim of the ledger.

The rule of each claim is data (content/claims.toml, which explains its keys); what decides between computed, published
and external figures is `decide`, the same for every claim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.claims.expressions import CHANCE, Chance, look_up
from report.claims.ledger import DECIDING, ELSEWHERE, UNTESTED, VERDICTS, WORDS, Claim, Said, read_claims
from report.core.facts import AllFacts
from report.core.kinds import Standing
from report.core.numbers import MISSING

__all__ = ["VERDICTS", "Claim", "Judged", "decide", "judge", "judged", "read_claims"]


@dataclass(frozen=True)
class Judged(Said):
    """A claim with its verdict, as pages and data show it.

    Attributes:
        observed: the value as printed, "—" where there is none; `observed_of` says of what it is.
        basis: of the value and the verdict: computed, published, external, or empty where there is neither.
        is_illustration: the value is a selection's: it is shown, and decides nothing.
        why: one or a few sentences of plain text.
    """

    verdict: str
    observed: str
    observed_of: str
    basis: str
    is_illustration: bool
    why: str


def decide(kind: str, nature: str, outcomes: Mapping[str, str | Chance | None]) -> tuple[str, str]:
    """The verdict and its basis: the rule of the ledger.

    Args:
        kind: of the edition, one of KINDS.
        nature: one of NATURES.
        outcomes: basis -> what figures of that basis would give; None or absent where they are not known, `CHANCE`
            where they are and differ from the limit by no more than chance makes.

    What comes from elsewhere or is untestable stays so. Otherwise computed figures decide, but in an edition of the
    archive only; then published ones, then external ones, but not in the archive where its own counts could. Where none
    decides, the claim cannot be tested here.
    """
    if nature == "elsewhere":
        return ELSEWHERE, "external"
    if nature == "untestable":
        return UNTESTED, ""
    own = Standing(kind).decides and "computed" in outcomes
    for basis in [basis for basis in DECIDING if not (own and basis == "external")]:
        verdict = outcomes.get(basis)
        if verdict in VERDICTS and (basis != "computed" or Standing(kind).decides):
            return verdict, basis
    return UNTESTED, ""


def judge(claim: Claim, facts: AllFacts, kind: str) -> Judged:
    """The claim's verdict in an edition of this kind with these facts.

    Raises:
        FactError: the claim names a fact that no query gives.
        ContentError: a condition or sentence of the claim cannot be evaluated.
    """
    look_up(claim.facts, facts, claim.where)
    outcomes = {basis: evidence.verdict(facts) for basis, evidence in claim.evidence.items()}
    verdict, basis = decide(kind, claim.nature, outcomes)
    sentence = claim.evidence[basis].sentences[verdict] if basis in claim.evidence else claim.sentence
    why = [sentence.render(facts)]
    value = claim.evidence[basis].observed if basis in claim.evidence else claim.outside
    observed, observed_of = value.shown(facts) if value else (MISSING, "")
    if claim.outside and claim.outside.value:
        basis = "external"
    seen, of = claim.evidence["computed"].observed.shown(facts) if _is_beside(kind, outcomes) else (MISSING, "")
    is_illustration = seen != MISSING and value is None
    if is_illustration:
        observed, observed_of, basis = seen, of, "computed"
    elif seen != MISSING:
        why.append(claim.notes["beside"].render(facts, observed=seen, of=of))
    if Standing(kind).decides and outcomes.get("computed") is CHANCE:
        seen, of = claim.evidence["computed"].observed.shown(facts)
        why.append(claim.notes["chance"].render(facts, observed=seen, of=of))
    elif claim.nature == "waiting" and verdict == UNTESTED:
        why.append(claim.notes[kind].render(facts))
    words = {name: getattr(claim, name) for name in WORDS}
    return Judged(**words, verdict=verdict, observed=observed, observed_of=observed_of, basis=basis,
                  is_illustration=is_illustration, why=" ".join(why))  # fmt: skip


def _is_beside(kind: str, outcomes: Mapping[str, str | Chance | None]) -> bool:
    """Whether computed figures are there and stand beside the verdict only: those of a selection of tracks."""
    return Standing(kind).is_selection and outcomes.get("computed") is not None


def judged(content: Path, facts: AllFacts, kind: str, store: Store | None = None) -> list[Judged]:
    """Every claim of `content`/claims.toml with its verdict, in the file's order.

    Args:
        store: where the judgement of the same claims and facts is kept, or None to judge anew.
    """
    path = content / "claims.toml"

    def judge_all() -> bytes:
        claims = [asdict(judge(claim, facts, kind)) for claim in read_claims(path)]
        return json.dumps(claims, ensure_ascii=False).encode()

    if store is None or not path.is_file():
        return [Judged(**claim) for claim in json.loads(judge_all())]
    key = fingerprint("claims", kind, path.read_bytes(), json.dumps(facts.as_dict()), code_of(store, judged))
    return [Judged(**claim) for claim in json.loads(store.keep_bytes(key, ".json", judge_all, "verdicts"))]
