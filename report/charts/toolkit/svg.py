"""From a chart to files: SVG for the page and for downloading, PNG.

Vega's output is parsed, trimmed and written again: no accessibility attributes (the page's `alt` and
description speak for an image), no empty groups, short numbers, type set once, and ids of its own for each figure.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import altair as alt
import pyarrow as pa
import vl_convert
from altair.utils.schemapi import debug_mode

from report.charts.toolkit import theme
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import text_width

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
SCALE = 2

_DROPPED = {"class", "role", "pointer-events", "stroke-miterlimit", "version"}
_DEFAULTS = {
    ("opacity", "1"),
    ("stroke-width", "1"),
    ("transform", "translate(0,0)"),
    ("font-family", theme.FONT),
    ("font-size", f"{theme.TEXT_PX}px"),
    ("font-weight", "normal"),
    ("text-anchor", "start"),
}
_NUMBERS = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "width", "height"}
_LONG_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_STEP = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)")
_STRAIGHT = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+)+Z?")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Rendered:
    """One figure at one width.

    Args:
        themed: SVG for the page, colours as custom properties with light and dark values.
        plain: the same with plain hexes, for downloads and `png`.
        width, height: px.
    """

    themed: str
    plain: str
    width: int
    height: int


def render(chart: alt.TopLevelMixin, variant: Variant, figure_id: str) -> Rendered:
    """Render a chart made by a function of this package.

    Args:
        figure_id: "<finding>/<figure>"; ids inside the SVG begin with the figure's name.

    The same chart gives the same text, whatever was rendered before it.
    """
    spec = chart.to_dict(validate=False)
    size = spec["usermeta"]
    root = ET.fromstring(vl_convert.vegalite_to_svg(spec))
    _trim(root)
    _rename(root, figure_id.split("/")[-1])
    under = [variant.say("dashed", year=variant.partial_year)] if variant.partial_year and _has_partial(spec) else []
    described = ""
    if variant.is_synthetic:
        under += _stamp(variant)
        described = f"<desc>{escape(variant.say('stamp').replace(chr(10), ''))}</desc>"
    height = size["height"] + (8 + theme.LINE_PX * len(under) if under else 0)
    plain = _write(root, size["width"], height, described, _lines(under, size["height"]))
    return Rendered(_themed(plain), plain, size["width"], height)


def draw(
    chart: Callable[[pa.Table, Variant], alt.TopLevelMixin], rows: pa.Table, variant: Variant, figure_id: str
) -> Rendered:
    """Build a figure's chart and render it, without Altair's checks of every part: the tests make those."""
    with debug_mode(False):
        return render(chart(rows, variant), variant, figure_id)


def png(plain_svg: str) -> bytes:
    """Rasterise a plain SVG at twice its size; a themed one would come out black."""
    return vl_convert.svg_to_png(plain_svg, scale=SCALE)


def _trim(element: ET.Element) -> None:
    """Drop what is empty or says the default, and groups that only wrap."""
    for key, value in list(element.attrib.items()):
        local = key.rpartition("}")[2]
        if local in _DROPPED or local.startswith("aria-") or (local, value) in _DEFAULTS:
            del element.attrib[key]
        elif local in _NUMBERS:
            short = _LONG_NUMBER.sub(_shorter, value)
            element.attrib[key] = _straightened(short) if local == "d" else short
    if element.get("transform") == "translate(0,0)":
        del element.attrib["transform"]
    kept: list[ET.Element] = []
    for child in element:
        _trim(child)
        name = child.tag.rpartition("}")[2]
        is_blank = name == "path" and not (child.get("d") and (child.get("fill") or child.get("stroke")))
        if (name == "g" and not len(child)) or child.get("display") == "none" or child.get("opacity") == "0":
            continue
        if is_blank and not element.tag.endswith("clipPath"):
            continue
        kept += list(child) if name == "g" and not child.attrib else [child]
    element[:] = kept


def _shorter(match: re.Match[str]) -> str:
    text = f"{float(match.group()):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _straightened(path: str) -> str:
    """Steps of a straight-lined path as H and V, and none twice: half the length of a histogram."""
    if not _STRAIGHT.fullmatch(path):
        return path
    pieces, last = [], ("", "")
    for command, x, y in _STEP.findall(path):
        if command == "M" or (x != last[0] and y != last[1]):
            pieces.append(f"{command}{x},{y}")
        elif x != last[0]:
            pieces.append(f"H{x}")
        elif y != last[1]:
            pieces.append(f"V{y}")
        last = (x, y)
    return "".join(pieces) + ("Z" if path.endswith("Z") else "")


def _rename(root: ET.Element, prefix: str) -> None:
    """Number ids in the order they stand: Vega counts them over all charts of the process."""
    names = {}
    for element in root.iter():
        if "id" in element.attrib:
            names[element.attrib["id"]] = f"{prefix}-{len(names) + 1}"
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.attrib[key] = names[value]
            else:
                element.attrib[key] = _REFERENCE.sub(lambda m: f"url(#{names.get(m.group(1), m.group(1))})", value)


def _has_partial(spec: object) -> bool:
    """Whether anything in the spec is drawn as a year that isn't over."""
    if isinstance(spec, dict):
        return spec.get("strokeDash") == list(theme.PARTIAL_DASH) or any(map(_has_partial, spec.values()))
    return isinstance(spec, list) and any(map(_has_partial, spec))


def _stamp(variant: Variant) -> list[str]:
    lines = variant.say("stamp").split("\n")
    whole = "".join(lines)
    return [whole] if text_width(whole) <= variant.width else lines


def _lines(lines: list[str], height: int) -> list[str]:
    """Lines of text under a chart of that height."""
    return [
        f'<text transform="translate(0,{height + theme.LINE_PX * (rank + 1)})" fill="{theme.MUTED}" '
        f'xml:space="preserve">{escape(line)}</text>'
        for rank, line in enumerate(lines)
    ]


def _write(root: ET.Element, width: int, height: int, described: str, under: list[str]) -> str:
    ground = f'<rect width="{width}" height="{height}" fill="{theme.PAPER}"/>'
    body = "".join(_text(child) for child in root if not child.tag.endswith("rect"))
    head = (
        f'<svg xmlns="{SVG_NAMESPACE}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{theme.FONT}" font-size="{theme.TEXT_PX}px">'
    )
    return f"{head}{described}{ground}{body}{''.join(under)}</svg>\n"


def _text(element: ET.Element) -> str:
    name = element.tag.rpartition("}")[2]
    attributes = "".join(f" {key.rpartition('}')[2]}={quoteattr(value)}" for key, value in element.attrib.items())
    inner = escape(element.text or "") + "".join(_text(child) for child in element)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _themed(plain: str) -> str:
    """Colours as custom properties, and a style block with those in use."""
    names = {value: name for name, value in theme.LIGHT.items()}
    used = {name for value, name in names.items() if f'="{value}"' in plain}
    painted = re.sub(
        r'(fill|stroke)="(#[0-9a-f]{6})"',
        lambda m: f'{m[1]}="var(--{names[m[2]]}, {m[2]})"' if m[2] in names else m[0],
        plain,
    )
    light, dark = (
        ";".join(f"--{name}:{palette[name]}" for name in theme.LIGHT if name in used)
        for palette in (theme.LIGHT, theme.DARK)
    )
    style = f"<style>:root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    return re.sub(r">", lambda m: ">" + style, painted, count=1)
