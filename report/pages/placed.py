"""What the build itself gives to pages that are no findings: blocks to be placed by name, and facts of the edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.claims.tally import Tally, no_facts
from report.compare.history import History
from report.core.kinds import standing_of
from report.core.settings import Settings
from report.pages.blocks import Block
from report.pages.edition_tables import EditionTable
from report.pages.findings import Finding

# What the page of data lists beside tables, by the macro of templates/data.html that prints it.
LISTS = ("fetch_window", "published_sources", "source_addresses")
# What shows the ledger: squares by verdict, decided claims and the rest in groups, those that open the front page.
LEDGER = ("board", "brief", "said")
# Facts that are given where a sentence of the ledger is said, and those of the findings.
OF_A_CLAIM = ("observed", "observed_of")
OF_FINDINGS = ("question_count", "answered_count", "waiting_count")


def placed_blocks(
    findings: Sequence[Finding],
    ledger: Tally | None,
    tables: Mapping[str, EditionTable],
    commands: Mapping[str, Sequence[str]],
) -> dict[str, Block]:
    """What a page that is no finding can place by name, where there is something to show."""
    waiting = [finding for finding in findings if finding.waits]
    blocks = {name: Block("table", table) for name, table in tables.items()}
    blocks |= {name: Block(name, None) for name in LISTS}
    blocks |= {f"commands_{name}": Block("commands", listed) for name, listed in commands.items()}
    blocks["listing"] = Block("listing", [finding for finding in findings if not finding.waits])
    if waiting:
        blocks["waiting"] = Block("waiting", waiting)
    if ledger:
        blocks |= {name: Block(name, ledger) for name in LEDGER}
    return blocks


def site_facts(
    settings: Settings,
    edition: Mapping,
    counts: Mapping,
    bundle: object = None,
    history: History | None = None,
    ledger: Tally | None = None,
) -> dict[str, object]:
    """Facts of the build itself, for pages that are no findings; `history` is what its page of changes tells.

    Those of `finding_facts` are unknown until the findings are there.
    """
    standing, comparison = standing_of(edition), history and history.comparison
    sides = {side: getattr(comparison, side, None) or {} for side in ("before", "after")}
    window = edition.get("fetch_window") or {}
    year, last_full = (edition["snapshot_year"], edition["last_full_year"]) if edition.get("as_of") else (None, None)
    decade = year and year // 10 * 10
    dates = {f"fetched_{name}": str(window[name])[:10] if window else None for name in ("first", "median", "last")}
    return {
        **{f"edition_{name}": count for name, count in counts.items()},
        **dates,
        "as_of": str(edition["as_of"])[:10] if edition.get("as_of") else None,
        "partial_year": year if year and year > last_full else None,
        "partial_decade": decade if decade and last_full < decade + 9 else None,
        "fetch_days": None if not window else 1 if window["first"] == window["last"] else 2,
        "cube_count": len(edition.get("cubes", ())) or None,
        "bundle_address": getattr(bundle, "href", None),
        "bundle_bytes": getattr(bundle, "size", None),
        "repository": settings.repository or None,
        "edition_name": edition["name"],
        "is_part": ("yes" if standing.is_part else "no") if standing.is_selection else None,
        **{f"{side}_name": about.get("name") for side, about in sides.items()},
        **{f"{side}_as_of": about["as_of"][:10] if about.get("as_of") else None for side, about in sides.items()},
        "flipped_count": len(comparison.flips) if comparison else None,
        **(ledger.facts() if ledger else no_facts()),
        **dict.fromkeys((*OF_A_CLAIM, *OF_FINDINGS)),
    }


def finding_facts(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are, have an answer and wait for one."""
    waiting = sum(bool(finding.waits) for finding in findings)
    return dict(zip(OF_FINDINGS, (len(findings), len(findings) - waiting, waiting), strict=True))
