"""Whether a published site is whole, and what its data and the code here give."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from report.core.errors import SiteError
from report.hosting.publishing import SUMS

EDITION = "data/edition.json"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
IS_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
# Seconds to wait for an answer; files that are fetched beside each other.
PATIENCE, BESIDE = 30, 8
Reader = Callable[[str], bytes | None]


def reader_of(place: str) -> Reader:
    """What reads a file of the site at `place`, an address or a folder; it gives None where there is no such file.

    Raises:
        SiteError: when reading: the site does not answer, or a file cannot be read.
    """
    if IS_ADDRESS.match(place):
        return _fetching(f"{place.rstrip('/')}/")
    return _reading(Path(place).expanduser())


def read_sums(read: Reader, place: str) -> dict[str, str]:
    """SHA-256 of each file by its path, as the site gives them.

    Raises:
        SiteError: it gives none, or they cannot be read.
    """
    found = read(SUMS)
    if found is None:
        raise SiteError(f"there is no {SUMS} here", place, "give the address or the folder of a site of this report")
    listed = {}
    for number, line in enumerate(found.decode("utf-8", "replace").splitlines(), 1):
        match = LINE.fullmatch(line)
        if not match:
            raise SiteError(f"line {number} of {SUMS} cannot be read", place, "it is a SHA-256, two spaces and a path")
        listed[match[2]] = match[1]
    return listed


def broken(read: Reader, listed: dict[str, str]) -> list[str]:
    """What of the site is not as its own sums say, a sentence a file."""

    def said(name: str) -> str:
        content = read(name)
        if content is None:
            return f"{name} is missing"
        return "" if sha256(content).hexdigest() == listed[name] else f"{name} is not what {SUMS} says"

    with ThreadPoolExecutor(BESIDE) as beside:
        return [sentence for sentence in beside.map(said, listed) if sentence]


def edition_named(read: Reader, place: str) -> tuple[str, str]:
    """Name and fingerprint of the edition that the site says it shows.

    Raises:
        SiteError: it does not say.
    """
    try:
        about = json.loads(read(EDITION) or b"")
        return str(about["name"]), str(about["fingerprint"])
    except (ValueError, KeyError, TypeError) as error:
        raise SiteError("this site does not say which edition it shows", f"{place}: {EDITION}") from error


def differences(there: dict[str, str], here: dict[str, str]) -> list[str]:
    """In what two sites differ, a sentence a file."""
    said = []
    for name in sorted({*there, *here}):
        if name not in here:
            said.append(f"{name} is not made here")
        elif name not in there:
            said.append(f"{name} is made here and is not there")
        elif there[name] != here[name]:
            said.append(f"{name} differs")
    return said


def _reading(folder: Path) -> Reader:
    def read(name: str) -> bytes | None:
        try:
            return (folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SiteError(f"this file of the site cannot be read: {error.strerror}", folder / name) from error

    return read


def _fetching(base: str) -> Reader:
    def read(name: str) -> bytes | None:
        address = base + quote(name)
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise SiteError(f"the site answers {error.code} {error.reason}", address) from error
        except (OSError, ValueError) as error:
            raise SiteError(f"the site does not answer: {getattr(error, 'reason', error)}", address) from error

    return read
