"""Editions: one data release, aggregated into cubes of counts and sums that may be published.

An edition is a folder: one Parquet file a cube and edition.json, which is written last, so a folder without it is
half-written and never read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from report.cache.store import explain_os_error, fingerprint
from report.cache.swap import clear_leftovers, fresh_beside, put_in_place
from report.core.errors import COMMAND, EditionError
from report.core.folders import folders_in
from report.core.kinds import SYNTHETIC, kind_of
from report.core.settings import EDITION_NAME

FORMAT = 1
MANIFEST = "edition.json"
# What is read of edition.json without asking again, and its type.
KEYS = {
    "name": str, "kind": str, "inputs": str, "snapshot_year": int, "source": dict, "tables": dict, "absent": dict,
    "cubes": dict,
}  # fmt: skip
AGAIN = f"aggregate it again: {COMMAND} --archive PATH --edition NAME"


@dataclass(frozen=True)
class Edition:
    """An edition as read: `manifest` is edition.json, `cubes` its files by name, `fingerprint` of all of them."""

    folder: Path
    manifest: dict
    cubes: dict[str, Path]
    fingerprint: str

    @property
    def name(self) -> str:
        return self.manifest["name"]

    @property
    def is_synthetic(self) -> bool:
        return self.manifest["kind"] == SYNTHETIC

    @property
    def partial_year(self) -> int | None:
        """The year of the snapshot if it was not over then; None if it was, or if the snapshot's day is not known."""
        year = self.manifest["snapshot_year"]
        return year if self.manifest["as_of"] and year > self.manifest["last_full_year"] else None


def sha256(data: bytes) -> str:
    """SHA-256 as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


def last_full_year(manifest: Mapping) -> int:
    """The latest year that was over at the snapshot: the snapshot's own, if that was made on the year's last day."""
    return manifest["snapshot_year"] - (not str(manifest["as_of"]).endswith("-12-31"))


def manifest_at(folder: Path, published_tracks: int) -> dict | None:
    """edition.json of a folder, with its kind and its `last_full_year` worked out anew; None if there is none.

    Args:
        published_tracks: how many tracks the archive is published to hold.

    Raises:
        EditionError: it is damaged or of another format.
    """
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EditionError("this edition cannot be read", path, AGAIN) from error
    if found != FORMAT:
        raise EditionError(f"this edition is of format {found}, not {FORMAT}", path, AGAIN)
    for key, kind in KEYS.items():
        if not isinstance(manifest.get(key), kind):
            raise EditionError(f"edition.json has no usable `{key}`", path, AGAIN)
    # It is printed, and names a folder of the site.
    if not EDITION_NAME.fullmatch(manifest["name"]):
        raise EditionError("edition.json has no usable `name`", path, AGAIN)
    try:
        return manifest | {"kind": kind_of(manifest, published_tracks), "last_full_year": last_full_year(manifest)}
    except (AttributeError, TypeError) as error:
        raise EditionError("edition.json has no usable `tables`", path, AGAIN) from error


def read_edition(folder: Path, published_tracks: int) -> Edition:
    """The edition in `folder`.

    Args:
        published_tracks: how many tracks the archive is published to hold, by which one that is whole is known.

    Raises:
        EditionError: it is missing, half-written, damaged or of another format.
    """
    manifest = manifest_at(folder, published_tracks)
    if manifest is None:
        known = [path.name for path in folders_in(folder.parent) if (path / MANIFEST).exists()]
        hint = f"there are {', '.join(known)}" if known else AGAIN
        raise EditionError(f"there is no edition `{folder.name}`", folder, hint)
    cubes = {name: folder / f"{name}.parquet" for name in manifest["cubes"]}
    for name, path in cubes.items():
        try:
            found = sha256(path.read_bytes())
        except FileNotFoundError:
            raise EditionError(f"cube `{name}` of this edition is missing", path, AGAIN) from None
        except OSError as error:
            raise EditionError(f"cube `{name}` cannot be read: {error.strerror}", path) from error
        described = manifest["cubes"][name]
        if not isinstance(described, dict) or described.get("sha256") != found:
            raise EditionError(f"cube `{name}` is not the one that was written", path, AGAIN)
    parts = [(name, manifest["cubes"][name]["sha256"]) for name in sorted(cubes)]
    return Edition(folder, manifest, cubes, fingerprint(*parts, json.dumps(manifest, sort_keys=True)))


def write_edition(
    folder: Path, manifest: dict, cubes: dict[str, Path], check: Callable[[Path], None] = lambda _: None
) -> None:
    """Put an edition in place as a whole; an older one of that name goes when the new one is complete.

    Args:
        manifest: edition.json without `format` and `cubes`, which are added here.
        cubes: files of the cubes by name, copied.
        check: is shown the folder before it is put in place; what it raises leaves all as it was.

    Raises:
        StoreError: the folder cannot be written.
    """
    temporary = fresh_beside(folder)
    described = {}
    try:
        clear_leftovers(folder.parent, folder.name)
        temporary.mkdir(parents=True)
        for name, path in sorted(cubes.items()):
            data = path.read_bytes()
            (temporary / f"{name}.parquet").write_bytes(data)
            described[name] = {"bytes": len(data), "sha256": sha256(data)}
        text = json.dumps({"format": FORMAT, **manifest, "cubes": described}, indent=1, ensure_ascii=False)
        (temporary / MANIFEST).write_text(text + "\n", encoding="utf-8")
        check(temporary)
        put_in_place(temporary, folder)
    except OSError as error:
        raise explain_os_error(error, folder, "--editions") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def is_another(folder: Path, source: Mapping, published_tracks: int) -> bool:
    """Whether an edition stands in `folder` that was made from another source than `source`, as edition.json has it."""
    try:
        manifest = manifest_at(folder, published_tracks)
    except EditionError:
        return False
    return manifest is not None and manifest["source"] != source


def free_name(name: str, folder: Path, source: Mapping, published_tracks: int) -> str:
    """This name for an edition, or with a number behind it the first that no edition of another source has."""
    number, found = 1, name
    while is_another(folder / found, source, published_tracks):
        number += 1
        found = f"{name}-{number}"
    return found
