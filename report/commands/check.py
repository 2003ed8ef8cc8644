"""`build.py check`: what is wrong with the site as it was built."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from report.commands.options import shared
from report.core.errors import CheckError, SettingsError, printable
from report.core.folders import files_in
from report.core.progress import Progress
from report.core.settings import Settings
from report.core.texts import read_text
from report.hosting.checks.built import BuiltSite, Fault, Skipped

FOLDER = Path(__file__).parents[1] / "hosting/checks"
PLACES = 8
# The shared options that it has a use for.
USED = ("site", "base_url", "strict")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "check",
        parents=shared(*USED, strict="a check that has to be skipped is an error"),
        help=f"check the built site: {', '.join(checks())}",
        description="Check the built site. Where a check needs a program that is missing it is skipped, and says so.",
    )
    parser.add_argument("--only", metavar="NAMES", help=f"some of {','.join(checks())}, with commas between")


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
        check = import_module(f"report.hosting.checks.{name}").check
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


def checks() -> list[str]:
    """The checks there are, in the order in which they run: what needs other programs last."""
    texts = {path.stem: read_text(path) for path in files_in(FOLDER, "*.py")}
    found = [name for name, text in texts.items() if "\ndef check(" in text]
    return sorted(found, key=lambda name: ("\nNEEDS = " in texts[name], name))


def _chosen(only: str | None) -> list[str]:
    known = checks()
    if only is None:
        return known
    names = [name.strip() for name in only.split(",")]
    for name in names:
        if name not in known:
            raise SettingsError(f"`{name}` is not a check", "--only", f"the checks are {', '.join(known)}")
    return [name for name in known if name in names]


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
