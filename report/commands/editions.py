"""`build.py editions`: which there are, what is in one, what changed between two, and taking one away."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping

from report.cache.lock import locked
from report.commands.comparing import acknowledged, compared
from report.commands.options import shared
from report.core.errors import COMMAND, EditionError, SettingsError, printable
from report.core.numbers import MISSING, count, file_size, fingerprint
from report.core.progress import Progress
from report.core.settings import Settings, check_edition_name
from report.warehouse.edition import Edition, read_edition
from report.warehouse.editions import Listed, committed_in, list_editions, remove_edition
from report.warehouse.published import published_tracks

# What fits a terminal of 80 columns. A name that is longer than its column gets a line of its own.
COLUMNS = {"name": 22, "kind": 9, "as of": 10, "tracks": 13, "size": 8, "sha256": 9}
TO_THE_RIGHT = ("tracks", "size")
ACKNOWLEDGE = """\
Add a dated entry to content/changes.toml for every open alarm between two editions, or for those named. `*` stands
for any characters: 'duration.*'. What is acknowledged stands on the page of changes, with its note.
"""
# The shared options that it has a use for.
USED = ("editions", "cache", "wait")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command and its own commands."""
    parser = commands.add_parser(
        "editions",
        parents=shared("editions"),
        help="list, show, compare and remove editions",
        description="Editions that are there. Without a command they are listed.",
    )
    of = parser.add_subparsers(dest="of", metavar="COMMAND")
    of.add_parser("list", parents=shared("editions"), help="list them")
    of.add_parser("show", parents=shared("editions"), help="say what is in one").add_argument(
        "edition_name", metavar="NAME", help="its name, as the list has it"
    )
    compare = of.add_parser(
        "compare", parents=shared("editions", "cache"), help="say what changed from one to another of its kind"
    )
    compare.add_argument("older", metavar="OLDER", help="name of the edition before")
    compare.add_argument("newer", metavar="NEWER", help="name of the one after")
    compare.add_argument("--all", action="store_true", help="every alarm, also of more than twenty")
    compare.add_argument("--json", action="store_true", help="all of it, for programs")
    help_ = "write down that alarms were looked at, as a strict build asks"
    seen = of.add_parser("acknowledge", parents=shared("editions", "cache"), help=help_, description=ACKNOWLEDGE)
    seen.add_argument("older", metavar="OLDER", help="name of the edition before")
    seen.add_argument("newer", metavar="NEWER", help="name of the one after")
    seen.add_argument("subjects", metavar="SUBJECT", nargs="*", help="a claim, fact, table or column (default: all)")
    seen.add_argument("--note", metavar="TEXT", required=True, help="what is to be said of them: a sentence or two")
    remove = of.add_parser("remove", parents=shared(*USED), help="delete one")
    remove.add_argument("edition_name", metavar="NAME", help="its name, as the list has it")
    remove.add_argument("--yes", action="store_true", help="without asking")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Carry out one of the commands and print what it gives.

    Raises:
        EditionError: an edition is not there, or cannot be read, compared or removed.
    """
    for name in ("edition_name", "older", "newer"):
        if getattr(options, name, None) is not None:
            check_edition_name(getattr(options, name), "the command line")
    if options.of == "remove":
        remove(options.edition_name, options.yes, settings, progress)
        return
    whole = published_tracks(settings.content / "published")
    if options.of == "show":
        lines = shown(read_edition(settings.editions / options.edition_name, whole), settings)
    elif options.of in ("compare", "acknowledge"):
        newer, older = (read_edition(settings.editions / name, whole) for name in (options.newer, options.older))
        if options.of == "compare":
            lines = compared(newer, older, settings, options.json, options.all)
        else:
            lines = acknowledged(newer, older, settings, options.subjects, options.note)
    else:
        lines = listed(list_editions(settings.editions, whole), settings)
    for line in lines:
        print(printable(line).rstrip())


def listed(editions: Iterator[Listed], settings: Settings) -> Iterator[str]:
    """A line an edition; that of report.toml is marked."""
    found = list(editions)
    if not found:
        yield f"no editions in {settings.editions}; {COMMAND} makes the sample's"
        return
    yield _row(dict(zip(COLUMNS, COLUMNS, strict=True)))
    for entry in found:
        mark = "*" if entry.name == settings.edition else "+" if entry.name == settings.demo else " "
        if entry.edition is None:
            yield f"{mark} {entry.name}: {entry.problem}"
            continue
        manifest = entry.edition.manifest
        cells = {
            "name": entry.name,
            "kind": manifest["kind"],
            "as of": manifest.get("as_of") or MISSING,
            "tracks": count(_tracks(manifest)),
            "size": file_size(entry.size),
            "sha256": fingerprint(entry.edition.fingerprint)[: COLUMNS["sha256"]],
        }
        if len(entry.name) > COLUMNS["name"]:
            yield f"{mark} {entry.name}"
            cells["name"], mark = "", " "
        yield _row(cells, mark)
    yield "* is the edition of report.toml" + (", + its demonstration" if settings.demo else "")
    names = [entry.name for entry in found if entry.edition]
    committed = committed_in(settings.editions, names)
    if committed is not None:
        yield f"committed to git: {', '.join(name for name in names if name in committed) or 'none'}"
        others = [name for name in names if name not in committed]
        if others:
            yield f"not committed, or changed since: {', '.join(others)}"


def shown(edition: Edition, settings: Settings) -> Iterator[str]:
    """What is in an edition and where it came from."""
    manifest = edition.manifest
    window = manifest.get("fetch_window")
    about = {
        "edition": edition.folder.name
        + (", the one of report.toml" if edition.folder.name == settings.edition else ""),
        "kind": manifest["kind"],
        "as of": manifest.get("as_of") or MISSING,
        "fetched": f"{window['first']} to {window['last']}" if window else MISSING,
        "format": manifest["format"],
        "size": file_size(sum(path.stat().st_size for path in edition.cubes.values()))
        + f", {len(edition.cubes)} cubes",
        "sha256": edition.fingerprint,
        "engine": " ".join(manifest.get("engine", {}).values()) or MISSING,
        "source": manifest["source"].get("layout", MISSING),
    }
    for name, value in about.items():
        yield f"{name:<9} {value}"
    for file in manifest["source"].get("files", []):
        yield f"          {file['name']}, {file_size(file['bytes'])}"
    yield ""
    yield f"{'table':<24}{'read':>14}{'dropped':>14}{'kept':>14}"
    for name, table in manifest["tables"].items():
        read, kept = table["rows_read"], table["rows_kept"]
        yield f"{name:<24}{count(read):>14}{count(read - kept):>14}{count(kept):>14}"
    absent = manifest["absent"]
    columns = [f"{table}.{column}" for table, names in absent.get("columns", {}).items() for column in names]
    for what, names in (("tables", absent.get("tables", [])), ("columns", columns)):
        if names:
            yield f"without the {what} {', '.join(names)}"


def remove(name: str, is_sure: bool, settings: Settings, progress: Progress) -> None:
    """Delete an edition, once somebody who sits there says so.

    Raises:
        EditionError: it is not there, is the one of report.toml, or nobody could be asked.
    """
    if name == settings.edition:
        hint = "name another edition there first"
        raise EditionError(f"`{name}` is the edition of report.toml", settings.root / "report.toml", hint)
    folder = settings.editions / name
    if not is_sure and folder.is_dir():
        if not sys.stdin.isatty():
            raise SettingsError(f"nobody is there to confirm that `{name}` goes", hint="say --yes")
        if input(f"Delete the edition {name} in {settings.editions}? [y/N] ").strip().lower() not in ("y", "yes"):
            progress.say("nothing is deleted")
            return
    # Not while a build beside this one reads it.
    with locked(settings.cache, progress, settings.wait):
        remove_edition(folder)
    progress.say(f"edition {name} is deleted")


def _tracks(manifest: Mapping) -> int | None:
    return manifest["tables"].get("tracks", {}).get("rows_kept")


def _row(cells: Mapping[str, str], mark: str = " ") -> str:
    printed = [
        f"{cells[name]:>{width}}" if name in TO_THE_RIGHT else f"{cells[name]:<{width}}"
        for name, width in COLUMNS.items()
    ]
    return f"{mark} {' '.join(printed)}"
