"""Every error that a person can cause or mend, in one family.

A `ReportError` says what is wrong, where, and what to do; `report.cli` prints it and exits with status 1.
Any other exception is a bug of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence

# How the project is run, for hints: as README has it.
COMMAND = ".venv/bin/python build.py"


class ReportError(Exception):
    """Base of the family.

    Args:
        message: what is wrong, in one line.
        where: file, file:line, table or column it was found in.
        hint: what to do about it.
        excerpt: the lines there that show it, such as one of a query and a caret below it.
    """

    def __init__(
        self, message: str, where: object = None, hint: str | None = None, excerpt: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = None if where is None else str(where)
        self.hint = hint
        self.excerpt = excerpt

    def render(self) -> str:
        """The error as it is printed: message, then indented `at`, excerpt and `hint` lines where known.

        Names of columns and words of files are strangers' text: what would steer a terminal becomes U+FFFD.
        """
        lines = [f"error: {self.message}"]
        if self.where:
            lines.append(f"  at {self.where}")
        lines += [f"  | {line}" for line in self.excerpt]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(map(printable, lines))


def printable(line: str) -> str:
    """A line without what would steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in line)


class SettingsError(ReportError):
    """report.toml or an option has a value that cannot be used."""


class SourceError(ReportError):
    """The archive cannot be read: missing, locked, truncated, of another layout, or of other columns."""


class QueryError(ReportError):
    """A SQL file fails, or gives something else than what its place asks for."""


class ContractError(QueryError):
    """A result breaks a rule of its query's header."""


class ChartError(ReportError):
    """A chart's module or function fails."""


class EngineError(ReportError):
    """The database engine itself is at fault: neither the query nor the source is."""


class EditionError(ReportError):
    """An edition is missing, half-written or of another format."""


class ContentError(ReportError):
    """A page, its front matter or a published figure cannot be used."""


class FactError(ContentError):
    """A page names a fact that no query gives."""


class ChangeError(ReportError):
    """An edition differs from the one before by more than is allowed, and nobody has said why."""


class SiteError(ReportError):
    """The site cannot be written or put in place."""


class CheckError(ReportError):
    """The built site has faults, or could not be checked."""
