"""Commands that a reader can run over the files of the site, from content/commands.toml."""

from __future__ import annotations

from pathlib import Path

from report.core.entries import read_toml
from report.core.errors import ContentError

FILE = "commands.toml"
GROUPS = ("published", "counted")


def read_commands(content: Path, base_url: str, has_cubes: bool) -> dict[str, list[str]]:
    """Commands by group, with the site's address in them, or its folder where it has none.

    Raises:
        ContentError: the file cannot be read.
    """
    path = content / FILE
    if not path.exists():
        return {}
    groups = read_toml(path, f"{content.name}/{FILE}") or {}
    for name, commands in groups.items():
        if name not in GROUPS or not isinstance(commands, list) or not all(isinstance(sql, str) for sql in commands):
            raise ContentError(
                f"`{name}` is no list of commands", f"{content.name}/{FILE}", f"known: {', '.join(GROUPS)}"
            )
    place = base_url.rstrip("/") or "site"
    return {
        name: [f'duckdb -c "{sql.replace("PLACE", place)}"' for sql in commands]
        for name, commands in groups.items()
        if name == "published" or has_cubes
    }
