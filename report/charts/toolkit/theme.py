"""The look of every chart: palette, type, the two widths, and Altair's configuration.

Nothing is registered with Altair: a chart carries its configuration itself, so it looks the same
whatever was drawn before it. Charts use the light hexes; `svg` turns them into custom properties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

LIGHT = {
    "paper": "#fcfcfa",
    "wash": "#f0f1ed",
    "ink": "#15171c",
    "muted": "#545a64",
    "rule": "#c6cad0",
    "grid": "#e1e4e6",
    "context": "#868c96",
    "accent": "#1f4e9c",
    "contrast": "#b9321f",
    "ramp-1": "#e7eef7",
    "ramp-2": "#c5d7ec",
    "ramp-3": "#9bbbdf",
    "ramp-4": "#6c99cd",
    "ramp-5": "#2f63a8",
    "ramp-6": "#173a73",
}
DARK = {
    "paper": "#15171b",
    "wash": "#1f2227",
    "ink": "#ecece6",
    "muted": "#a9afb9",
    "rule": "#444a53",
    "grid": "#2b2f36",
    "context": "#7b828d",
    "accent": "#8db3f2",
    "contrast": "#ff8d76",
    "ramp-1": "#1d2530",
    "ramp-2": "#233750",
    "ramp-3": "#2b4a74",
    "ramp-4": "#3a619a",
    "ramp-5": "#7ba6e0",
    "ramp-6": "#bcd5f6",
}

PAPER = LIGHT["paper"]
INK = LIGHT["ink"]
MUTED = LIGHT["muted"]
RULE = LIGHT["rule"]
GRID = LIGHT["grid"]
CONTEXT = LIGHT["context"]
ACCENT = LIGHT["accent"]
CONTRAST = LIGHT["contrast"]
RAMP = tuple(LIGHT[f"ramp-{step}"] for step in range(1, 7))

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"
TEXT_PX = 13
TOTAL_PX = 14
LINE_PX = 16
# Of a line to a year that is not over, and of nothing else.
PARTIAL_DASH = (4, 4)

WIDE_PX = 720
NARROW_PX = 360


@dataclass(frozen=True)
class Variant:
    """What a chart is drawn for: a wide page (720 px) or a narrow one (360 px), and which kind of edition.

    A line that ends in `partial_year`, the release year that was not over at the snapshot, is dashed there. `words` are
    those of labels.toml for its finding.
    """

    is_narrow: bool = False
    is_synthetic: bool = False
    partial_year: int | None = None
    words: Mapping[str, str] = field(default_factory=dict, compare=False)

    def say(self, key: str, **given: object) -> str:
        """Words by their key, those of a narrow chart where it has its own; `given` are put in their places."""
        text = self.words[f"{key}_narrow"] if self.is_narrow and f"{key}_narrow" in self.words else self.words[key]
        return text.format(**given) if given else text

    @property
    def width(self) -> int:
        """Total width of the SVG in px."""
        return NARROW_PX if self.is_narrow else WIDE_PX

    def pick(self, wide: T, narrow: T) -> T:
        """The one of the two that belongs to this width."""
        return narrow if self.is_narrow else wide


def text_on(step: int) -> str:
    """Colour of text on ramp step 1 to 6."""
    return PAPER if step >= 5 else INK


def word_colour(mark_colour: str) -> str:
    """Colour of a series' name: that of its marks, but `context` is too pale to be read as text."""
    return MUTED if mark_colour in (CONTEXT, RULE, GRID) else mark_colour


def config() -> dict[str, Any]:
    """Vega-Lite `config` of every chart, a new dict each time."""
    axis = {
        "labelFont": FONT,
        "labelFontSize": TEXT_PX,
        "labelColor": MUTED,
        "labelLimit": 0,
        "labelOverlap": False,
        "labelBound": False,
        "labelFlush": False,
        "titleFont": FONT,
        "titleFontSize": TEXT_PX,
        "titleFontWeight": "normal",
        "titleColor": INK,
        "titleLimit": 0,
        "titleLineHeight": LINE_PX,
        "gridColor": GRID,
        "domainColor": INK,
        "tickColor": INK,
    }
    return {
        "aria": False,
        "background": PAPER,
        "font": FONT,
        "mark": {"aria": False},
        "view": {"stroke": None, "fill": None},
        "axis": axis,
        "text": {"font": FONT, "fontSize": TEXT_PX, "lineHeight": LINE_PX, "limit": 0},
        "line": {"strokeWidth": 1.75, "strokeCap": "round", "strokeJoin": "round"},
    }
