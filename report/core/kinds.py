"""Kinds of edition, what each may decide, and how pages speak of it.

An edition is of the archive if it holds at least nine tenths of the published number of tracks. What holds less, and
every flat table, is a selection: its counts illustrate and decide nothing. Which of the two an edition is follows from
what it holds and from the published number whenever it is read, so it is right when that number is corrected. One of
published figures counts nothing: it shows what others have counted over the archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ARCHIVE, SELECTION, SYNTHETIC, PUBLISHED = KINDS = ("archive", "selection", "synthetic", "published")
# What an edition says itself; the others follow from what it holds.
STATED = (SYNTHETIC, PUBLISHED)
# The layout of a source that is a flat table of tracks; an archive has others.
TABLE = "table"
# Of ten tracks that are published to be in the archive, so many make an edition the archive's.
NEEDED_OF_TEN = 9


@dataclass(frozen=True)
class Standing:
    """What an edition's own counts are worth, and the words for it.

    Attributes:
        kind: one of KINDS.
        is_part: a selection that is a part of the archive, in the archive's layout.
    """

    kind: str
    is_part: bool = False

    @property
    def decides(self) -> bool:
        """Whether its own counts decide claims and make headlines."""
        return self.kind == ARCHIVE

    @property
    def counts(self) -> bool:
        """Whether it has counts of its own; where it has none, what needs a cube is unknown."""
        return self.kind != PUBLISHED

    @property
    def is_real(self) -> bool:
        """Whether all that it shows is of real music."""
        return self.kind != SYNTHETIC

    @property
    def is_selection(self) -> bool:
        return self.kind == SELECTION

    @property
    def is_synthetic(self) -> bool:
        return self.kind == SYNTHETIC

    @property
    def of(self) -> str:
        """What it is an edition of."""
        if self.is_selection:
            return "a part of the archive" if self.is_part else "a selection of tracks"
        if not self.counts:
            return "published figures"
        return "an invented archive" if self.is_synthetic else "the archive"

    @property
    def here(self) -> str:
        """Where its counts were made, for the middle of a sentence."""
        if self.is_selection:
            return "in this selection"
        return "in the archive" if self.kind == ARCHIVE else "in this edition"

    @property
    def reserve(self) -> str:
        """Why its counts say nothing of the archive, in apposition; "" where they do."""
        if self.is_selection:
            return "a part of the archive" if self.is_part else "a choice of tracks made by someone else"
        return "which is invented" if self.is_synthetic else ""


def kind_of(manifest: Mapping, published_tracks: int) -> str:
    """The kind of the edition that edition.json describes.

    Args:
        published_tracks: how many tracks the archive is published to hold.
    """
    if manifest["kind"] in STATED:
        return manifest["kind"]
    held = manifest["tables"].get("tracks", {}).get("rows_kept", 0)
    is_whole = 10 * held >= NEEDED_OF_TEN * published_tracks
    return ARCHIVE if is_whole and manifest["source"].get("layout") != TABLE else SELECTION


def standing_of(edition: Mapping) -> Standing:
    """The standing of an edition as read, by edition.json with its kind."""
    kind = edition["kind"]
    is_part = kind == SELECTION and edition.get("source", {}).get("layout", TABLE) != TABLE
    return Standing(kind, is_part)
