"""Settings of a build: report.toml at the project's root, overridden by the command line."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from report.core.errors import SettingsError
from report.core.texts import read_text

EDITION_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB|MiB|GiB)", re.IGNORECASE)
BYTES = {"mb": 1000**2, "gb": 1000**3, "mib": 1024**2, "gib": 1024**3}
ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
KEYS: dict[str, type] = {
    "title": str,
    "author": str,
    "published": str,
    "base_url": str,
    "repository": str,
    "edition": str,
    "demo": str,
    "memory": str,
    "threads": int,
    "site_budget": str,
    "file_budget": str,
    "snapshots": int,
    "snapshots_budget": str,
    "cache_limit": str,
}
# Settings that say where and how to work, and so change nothing in a site.
WORKING = ("root", "editions", "site", "cache", "memory", "threads", "cache_limit", "wait")


@dataclass(frozen=True)
class Settings:
    """Everything a build is told.

    Attributes:
        root: the project's folder: content/, queries/ and templates/ are read from it.
        title: the report's title.
        author: who the report is cited under, its title if nobody is named.
        published: day of publication for citations and the feed, or "" for the day of the edition's data.
        base_url: where the site is published, ending in a slash, or "" while it is not.
        repository: address of the project's source, or "".
        edition: name of the edition to render.
        demo: name of the invented archive's edition that is rendered beside one without counts of its own, or "".
        editions, site, cache: folders written to.
        memory: limit for DuckDB, such as "4GB".
        threads: threads for DuckDB, or None for one a core.
        site_budget, file_budget: most bytes that the whole site, and one file of it, may have.
        snapshots: how many reports of earlier editions stay reachable, within `snapshots_budget` bytes.
        cache_limit: bytes that the cache folder is to hold at most after a build.
        wait: whether to wait for another build that is at work in the same cache.
        why: whether pages say beside each sentence which facts and case it hangs on, for who writes them.
    """

    root: Path
    title: str
    author: str
    published: str
    base_url: str
    repository: str
    edition: str
    editions: Path
    site: Path
    cache: Path
    memory: str
    threads: int | None
    site_budget: int
    file_budget: int
    snapshots: int
    snapshots_budget: int
    cache_limit: int = 20 * 1000**3
    demo: str = ""
    wait: bool = True
    why: bool = False

    @property
    def site_options(self) -> dict[str, object]:
        """What a site can depend on, by name."""
        return {name: value for name, value in vars(self).items() if name not in WORKING}

    @property
    def queries(self) -> Path:
        return self.root / "queries"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def templates(self) -> Path:
        return self.root / "templates"


def check_edition_name(name: str, where: object) -> str:
    """`name` if it can be a folder's name everywhere.

    Raises:
        SettingsError: it has other characters than a-z, 0-9, dot, hyphen and underscore, or over 64 of them.
    """
    if not EDITION_NAME.fullmatch(name):
        raise SettingsError(
            f"`{name}` cannot be the name of an edition",
            where,
            "use up to 64 of a-z, 0-9, dot, hyphen and underscore, beginning with a letter or digit",
        )
    return name


def check_size(size: str, where: object) -> int:
    """Bytes of a size such as "5MB" or "1.5 GB".

    Raises:
        SettingsError: no number, or no unit.
    """
    match = SIZE.fullmatch(size.strip())
    if not match:
        raise SettingsError(f"`{size}` is not a size", where, "write it like 4GB or 800MB")
    return int(float(match[1]) * BYTES[match[2].lower()])


def check_memory(memory: str, where: object) -> str:
    """`memory` if DuckDB will take it and it is enough to work with.

    Raises:
        SettingsError: no unit, or under 256 MB.
    """
    if check_size(memory, where) < 256 * BYTES["mb"]:
        raise SettingsError(f"{memory} of memory is too little", where, "give at least 256MB")
    return memory.strip()


def check_there_is(memory: str, where: object) -> str:
    """`memory` if the machine has as much.

    Raises:
        SettingsError: it has less, and would swap or kill what asks for more.
    """
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if check_size(memory, where) > there:
        raise SettingsError(f"{memory} is more memory than this machine has", where, f"it has {there / 1e9:.1f}GB")
    return memory


def check_address(address: str, where: object) -> str:
    """The address with a slash at its end, or "" for none.

    Raises:
        SettingsError: it is not the address of a folder on the web.
    """
    if address and not ADDRESS.fullmatch(address):
        hint = "give where the site will be, such as https://example.org/report/"
        raise SettingsError(f"`{address}` is not an address to publish at", where, hint)
    return address if not address or address.endswith("/") else f"{address}/"


def check_day(day: str, where: object) -> str:
    """The day if it is one, or "" for none.

    Raises:
        SettingsError: it is not written like 2025-12-23.
    """
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise SettingsError(f"`{day}` is not a day", where, "write it like 2025-12-23") from None


def check_threads(threads: int, where: object) -> int:
    """`threads` if there is at least one.

    Raises:
        SettingsError: under 1 or over 256.
    """
    if not 1 <= threads <= 256:
        raise SettingsError(f"{threads} threads cannot be used", where, "give a number from 1 to 256")
    return threads


def check_snapshots(number: int, where: object) -> int:
    """`number` if it is not negative.

    Raises:
        SettingsError: it is.
    """
    if number < 0:
        raise SettingsError(f"{number} snapshots cannot be kept", where, "give how many, or 0 for none")
    return number


def read_settings(root: Path) -> Settings:
    """Settings of the project in `root`, from its report.toml.

    Raises:
        SettingsError: report.toml is missing, is not TOML, or has an unknown key or a value of the wrong type.
    """
    path = root / "report.toml"
    try:
        values = tomllib.loads(read_text(path))
    except FileNotFoundError:
        raise SettingsError("there is no report.toml", root, "run build.py of a complete checkout") from None
    except OSError as error:
        raise SettingsError(f"report.toml cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        raise SettingsError("report.toml is not UTF-8 text", path, "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"report.toml is not TOML: {error}", path) from error
    for key, value in values.items():
        if key not in KEYS:
            raise SettingsError(f"`{key}` is not a setting", path, f"the settings are {', '.join(KEYS)}")
        if not isinstance(value, KEYS[key]) or isinstance(value, bool):
            wanted = "a whole number" if KEYS[key] is int else "text in quotes"
            raise SettingsError(f"`{key}` is not {wanted}", path)
    threads = values.get("threads", 0)
    title = values.get("title", "Liner Notes")
    return Settings(
        root=root,
        title=title,
        author=values.get("author") or title,
        published=check_day(values.get("published", ""), path),
        base_url=check_address(values.get("base_url", ""), path),
        repository=values.get("repository", ""),
        edition=check_edition_name(values.get("edition", "sample"), path),
        demo=check_edition_name(values["demo"], path) if values.get("demo") else "",
        editions=root / "editions",
        site=root / "site",
        cache=root / ".cache",
        memory=check_memory(values.get("memory", "4GB"), path),
        threads=check_threads(threads, path) if threads else None,
        site_budget=check_size(values.get("site_budget", "100MB"), path),
        file_budget=check_size(values.get("file_budget", "5MB"), path),
        snapshots=check_snapshots(values.get("snapshots", 3), path),
        snapshots_budget=check_size(values.get("snapshots_budget", "60MB"), path),
        cache_limit=check_size(values.get("cache_limit", "20GB"), path),
    )
