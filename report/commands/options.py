"""The options that several commands share, each given only to those it means something to."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NoReturn

from report.core.errors import COMMAND, SettingsError
from report.core.facts import suggest

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
UNKNOWN_COMMAND = re.compile(r"argument COMMAND: invalid choice: (['\"])(.*?)\1 \(choose from (.*)\)", re.DOTALL)


def path(text: str) -> Path:
    """A path as it is typed; `~` is the home folder also where the shell leaves it, as in `--site=~/x`.

    Raises:
        SettingsError: it is empty, is an address, or names the home of nobody.
    """
    if not text:
        raise SettingsError("a path is empty", "the command line", "give a file or a folder")
    if ADDRESS.match(text):
        raise SettingsError(f"`{text}` is an address, not a path", "the command line", "download it, and give its path")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise SettingsError(f"there is no home folder for `{text}`", "the command line", "write the path out") from None


# By the name under which they are parsed: flags, and how they are parsed.
SHARED: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "site": (("--site",), {"type": path, "metavar": "DIR", "help": "where the site goes (default: site/)"}),
    "editions": (
        ("--editions",),
        {"type": path, "metavar": "DIR", "help": "where editions are kept (default: editions/)"},
    ),
    "cache": (
        ("--cache",),
        {"type": path, "metavar": "DIR", "help": "where intermediate results are kept (default: .cache/)"},
    ),
    "base_url": (
        ("--base-url",),
        {"metavar": "URL", "help": "where the site is published (default: report.toml's)"},
    ),
    "memory": (
        ("--memory",),
        {"metavar": "SIZE", "help": "memory to aggregate in, such as 4GB (default: report.toml's)"},
    ),
    "threads": (
        ("--threads",),
        {"type": int, "metavar": "N", "help": "threads to aggregate with (default: one a core)"},
    ),
    "wait": (
        ("--no-wait",),
        {"action": "store_const", "const": False, "help": "fail if another build is at work, don't wait"},
    ),
    "archive": (
        ("--archive",),
        {"type": path, "metavar": "PATH", "help": "source to aggregate: an archive folder or a flat table"},
    ),
    "edition": (("--edition",), {"metavar": "NAME", "help": "edition to render, or what to call the archive's"}),
    "compare": (
        ("--compare",),
        {"metavar": "NAME", "help": "edition to say what changed since, or none (default: the one before)"},
    ),
    "demo": (
        ("--no-demo",),
        {"action": "store_const", "const": "", "help": "leave out the demonstration on an invented archive"},
    ),
    "why": (
        ("--why",),
        {"action": "store_const", "const": True, "help": "say beside each sentence which facts and case it hangs on"},
    ),
    "strict": (
        ("--strict",),
        {"action": "store_true", "help": "publish nothing while a change that is too far is not acknowledged"},
    ),
    "replace": (
        ("--replace",),
        {"action": "store_true", "help": "let an edition of another source go for this one, if they have one name"},
    ),
    "quiet": (("-q", "--quiet"), {"action": "store_true", "help": "say nothing but errors and alarms"}),
    "verbose": (("-v", "--verbose"), {"action": "store_true", "help": "say what each stage took"}),
    "debug": (("--debug",), {"action": "store_true", "help": "print the traceback of an error"}),
}
# Given to all: a shell's alias may hold the places, also where a command has no use for them.
PLACES = ("site", "editions", "cache")
ALWAYS = ("quiet", "verbose", "debug")


class UsageError(Exception):
    """What argparse says of wrong usage, and the parser that says it."""


class Parser(argparse.ArgumentParser):
    """argparse without abbreviations, which leaves it to `parse` to say what is wrong.

    Attributes:
        flags: of all parsers.
    """

    flags: ClassVar[set[str]] = set()

    def __init__(self, **options: object) -> None:
        options = {"allow_abbrev": False, "formatter_class": argparse.RawDescriptionHelpFormatter, **options}
        super().__init__(**options)

    def add_argument(self, *names: str, **options: object) -> argparse.Action:
        self.flags.update(name for name in names if name.startswith("-"))
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"see {self.prog} --help")


def shared(*names: str, **helps: str) -> list[Parser]:
    """What a command's parser takes as `parents`: these options, and those that all commands have.

    An option that is not given leaves no mark, so that what stands before a command's name is not undone after it.

    Args:
        helps: what an option means to the command, where that is not what it means to a build.
    """
    parent = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    for name in (*names, *(name for name in PLACES if name not in names), *ALWAYS):
        flags, options = SHARED[name]
        is_of_use = name in names or name in ALWAYS
        said = helps.get(name, options["help"]) if is_of_use else argparse.SUPPRESS
        parent.add_argument(*flags, dest=name, **{**options, "help": said})
    return [parent]


def parse(parser: Parser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says.

    Raises:
        SettingsError: it cannot be used; with what was typed, and what is near it.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return parser.parse_args(arguments)
    except UsageError as error:
        message, hint = error.args
    where = "the command line"
    typed = arguments[: arguments.index("--")] if "--" in arguments else arguments
    names = [word.partition("=")[0] for word in typed if word.startswith("--")]
    # First of all: the value of an option that there isn't is taken for a command.
    for name in names:
        if name not in Parser.flags:
            raise SettingsError(f"there is no option `{name}`", where, suggest(name, Parser.flags) or hint)
    command = UNKNOWN_COMMAND.fullmatch(message)
    if command:
        known = re.findall(r"[\w-]+", command[3])
        near = suggest(command[2], known) or f"the commands are {', '.join(known)}"
        raise SettingsError(f"there is no command `{command[2]}`", where, near)
    left_over = message.removeprefix("unrecognized arguments: ").split()
    if left_over[0].partition("=")[0] in Parser.flags:
        raise SettingsError(f"`{left_over[0].partition('=')[0]}` means nothing with this command", where, hint)
    raise SettingsError(message, where, hint)


def check_meaning(options: argparse.Namespace, command: str, used: Sequence[str]) -> None:
    """Refuse what stands before a command's name and means nothing to it.

    Args:
        used: names of the shared options that the command has a use for.
    """
    for name, (flags, _) in SHARED.items():
        if name in options and name not in (*used, *PLACES, *ALWAYS):
            hint = f"leave it out, or see {COMMAND} {command} --help"
            raise SettingsError(f"`{flags[-1]}` means nothing with `{command}`", "the command line", hint)
