"""`build.py check`: what is wrong with the site as it was built."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module

from report.commands.options import shared
from report.core.errors import CheckError, SettingsError, printable
from report.core.progress import Progress
from report.core.settings import Settings
from report.hosting.checks.built import BuiltSite, Fault, Skipped

# In the order in which they run, the quick ones first; modules of report.hosting.checks.
CHECKS = {
    "content": "content",
    "sources": "addresses",
    "links": "links",
    "budgets": "budgets",
    "html": "validity",
    "accessibility": "accessibility",
}
PLACES = 8
# The shared options that it has a use for.
USED = ("site", "base_url", "strict")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "check",
        parents=shared(*USED, strict="a check that has to be skipped is an error"),
        help="check the built site: content, sources, links, budgets, HTML, accessibility",
        description="Check the built site. HTML asks for Java and the Nu validator, accessibility for Chromium, "
        "Playwright and axe-core; where one is missing the check is skipped, and says so.",
    )
    parser.add_argument("--only", metavar="NAMES", help=f"some of {','.join(CHECKS)}, with commas between")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Run the checks and print what they find.

    Raises:
        CheckError: something is wrong, or with --strict something was skipped.
        SettingsError: --only names what is no check.
        SiteError: there is no site.
    """
    names = _chosen(options.only)
    site = BuiltSite(settings)
    faults, skipped = 0, []
    for name in names:
        progress.say(f"checking {name}")
        check = import_module(f"report.hosting.checks.{CHECKS[name]}").check
        try:
            found = list(check(site))
        except Skipped as missing:
            skipped.append(name)
            print(printable(f"{name}: SKIPPED, {missing.reason}"))
            print(printable(f"    to do: {missing.advice}"))
            continue
        faults += len(found)
        for line in _lines(name, found):
            print(printable(line))
    looked_at = ", ".join(f"{count:,} {thing}" for thing, count in site.counts.items())
    print(f"checked {', '.join(name for name in names if name not in skipped) or 'nothing'}: {looked_at or 'nothing'}")
    print(f"skipped {', '.join(skipped) or 'nothing'}")
    if faults:
        raise CheckError(f"{_counted(faults)} in the built site", settings.site)
    if skipped and getattr(options, "strict", False):
        raise CheckError(f"not checked: {', '.join(skipped)}", settings.site, "install what is missing, as said above")


def _chosen(only: str | None) -> list[str]:
    if only is None:
        return list(CHECKS)
    names = [name.strip() for name in only.split(",")]
    for name in names:
        if name not in CHECKS:
            raise SettingsError(f"`{name}` is not a check", "--only", f"the checks are {', '.join(CHECKS)}")
    return [name for name in CHECKS if name in names]


def _lines(name: str, faults: list[Fault]) -> Iterator[str]:
    """Faults as they are printed: what is wrong, what to do, where."""
    if not faults:
        yield f"{name}: no faults"
        return
    yield f"{name}: {_counted(len(faults))}"
    grouped: Mapping[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        grouped[fault.message, fault.advice].append(fault.where)
    for (message, advice), places in grouped.items():
        yield f"  {message}"
        yield f"    to do: {advice}"
        yield from (f"    at {place}" for place in places[:PLACES])
        if len(places) > PLACES:
            yield f"    and {len(places) - PLACES:,} more"


def _counted(faults: int) -> str:
    return f"{faults:,} {'fault' if faults == 1 else 'faults'}"
