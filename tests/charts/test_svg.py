"""SVG files: colours, ids, the stamp, and the same bytes whatever was drawn before."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from hashlib import sha256

import altair as alt
import pyarrow as pa
import pytest
from building import ROOT
from drawing import worded

from report.charts import duration, mood
from report.charts.toolkit import svg, theme
from report.charts.toolkit.theme import Variant

STAMP = "Synthetic edition: an invented archive, not the real catalogue."
KEY_ROWS = pa.table(
    {
        "key": ["C", "D", "C", "D"],
        "key_order": [0, 2, 0, 2],
        "mode": ["major", "major", "minor", "minor"],
        "computed_share": [0.1, 0.2, 0.3, 0.4],
        "published_share": [0.11, 0.21, 0.31, None],
    }
)
HEAPING_ROWS = pa.table({"minute": [1, 2, 3], "heaping_index": [0.9, 1.3, 1.1]})


def key_mode(variant: Variant) -> svg.Rendered:
    return svg.draw(mood.key_mode, KEY_ROWS, worded(variant, "mood/key_mode"), "mood/key_mode")


def heaping(variant: Variant) -> svg.Rendered:
    return svg.draw(duration.heaping, HEAPING_ROWS, worded(variant, "duration/heaping"), "duration/heaping")


def gradient() -> alt.LayerChart:
    """A chart that makes Vega write ids: a gradient and a clip path."""
    fill = alt.Gradient(
        gradient="linear",
        stops=[alt.GradientStop(color=theme.PAPER, offset=0), alt.GradientStop(color=theme.ACCENT, offset=1)],
    )
    base = alt.Chart(alt.Data(values=[{"x": 1, "y": 2}, {"x": 2, "y": 1}])).encode(x="x:Q", y="y:Q")
    chart = alt.layer(base.mark_area(color=fill), base.mark_line(clip=True))
    return chart.properties(usermeta={"width": 360, "height": 200})


@pytest.mark.parametrize("variant", [Variant(), Variant(is_narrow=True)], ids=["wide", "narrow"])
def test_size_is_the_frames(variant: Variant) -> None:
    rendered = key_mode(variant)
    root = ET.fromstring(rendered.themed)
    assert (root.get("width"), root.get("height")) == (str(rendered.width), str(rendered.height))
    assert root.get("viewBox") == f"0 0 {rendered.width} {rendered.height}"
    assert rendered.width == variant.width


def test_every_palette_colour_is_a_property_in_the_themed_file() -> None:
    names = {value: name for name, value in theme.LIGHT.items()}
    for rendered in (key_mode(Variant()), heaping(Variant(is_synthetic=True))):
        painted = re.findall(r'(?:fill|stroke)="([^"]*)"', rendered.themed)
        plain = re.findall(r'(?:fill|stroke)="([^"]*)"', rendered.plain)
        assert set(plain) <= {*names, "none"}
        assert len(painted) == len(plain)
        for bare, value in zip(plain, painted, strict=True):
            assert value == (f"var(--{names[bare]}, {bare})" if bare in names else bare)


def test_style_has_the_used_colours_in_both_schemes() -> None:
    themed = heaping(Variant()).themed
    used = set(re.findall(r"var\(--([a-z0-9-]+),", themed))
    light, dark = re.search(
        r"<style>:root\{(.*?)\}@media screen and \(prefers-color-scheme:dark\)\{:root\{(.*?)\}\}</style>", themed
    ).groups()
    for block, palette in ((light, theme.LIGHT), (dark, theme.DARK)):
        declared = dict(part.removeprefix("--").split(":") for part in block.split(";"))
        assert declared == {name: palette[name] for name in palette if name in used}


def test_plain_file_has_no_properties() -> None:
    plain = key_mode(Variant()).plain
    assert "var(" not in plain
    assert "<style" not in plain


def test_paper_is_painted_over_the_whole() -> None:
    rendered = key_mode(Variant(is_synthetic=True))
    size = f'width="{rendered.width}" height="{rendered.height}"'
    assert f'<rect {size} fill="{theme.PAPER}"/>' in rendered.plain
    assert rendered.plain.count("<rect") == 1


def test_palettes_agree_and_no_two_colours_do() -> None:
    assert list(theme.LIGHT) == list(theme.DARK)
    for palette in (theme.LIGHT, theme.DARK):
        assert len(set(palette.values())) == len(palette)
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in palette.values())


def test_ids_are_the_figures_own() -> None:
    first = svg.render(gradient(), Variant(is_narrow=True), "duration/histogram")
    ids = re.findall(r'\bid="([^"]*)"', first.plain)
    assert ids == [f"histogram-{number}" for number in range(1, len(ids) + 1)]
    assert len(ids) >= 1
    assert set(re.findall(r"url\(#([^)]*)\)", first.plain)) <= set(ids)
    assert svg.render(gradient(), Variant(is_narrow=True), "duration/histogram") == first


def test_order_of_drawing_does_not_matter() -> None:
    frames = [Variant(is_narrow, is_synthetic) for is_narrow in (False, True) for is_synthetic in (False, True)]
    forward = {variant: (key_mode(variant), heaping(variant)) for variant in frames}
    backward = {variant: (heaping(variant), key_mode(variant))[::-1] for variant in reversed(frames)}
    assert forward == backward


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "from hashlib import sha256; from tests.charts.test_svg import *; "
        "print(sha256((key_mode(Variant()).themed + heaping(Variant(True, True)).themed).encode()).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(("tests", "tests/charts"))},
        capture_output=True,
        text=True,
        check=True,
    )
    here = key_mode(Variant()).themed + heaping(Variant(True, True)).themed
    assert run.stdout.strip() == sha256(here.encode()).hexdigest()


def test_stamp_is_the_last_line_of_a_synthetic_figure_only() -> None:
    for is_narrow in (False, True):
        stamped = heaping(Variant(is_narrow, is_synthetic=True))
        bare = heaping(Variant(is_narrow))
        assert STAMP in stamped.plain
        assert STAMP in stamped.themed
        assert "Synthetic edition" not in bare.themed + bare.plain
        assert stamped.height > bare.height
        assert ET.fromstring(stamped.plain)[-1].text in STAMP


def test_accessibility_attributes_and_empty_groups_are_gone() -> None:
    text = key_mode(Variant()).themed
    assert not re.search(r"\baria-|\brole=|\bclass=|<g[^>]*></g>|<g>", text)
    assert not re.search(r"\d\.\d{3,}", text)


def test_strange_words_are_only_words() -> None:
    rows = KEY_ROWS.set_column(0, "key", [["<b>", "\x00&\x1b[31m", "<b>", "\x00&\x1b[31m"]])
    text = svg.draw(mood.key_mode, rows, worded(Variant(), "mood/key_mode"), "mood/key_mode").plain
    assert "<b>" not in text
    assert "&lt;b&gt;" in text
    ET.fromstring(text)


def test_png_is_twice_the_size() -> None:
    rendered = heaping(Variant(is_narrow=True))
    data = svg.png(rendered.plain)
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * rendered.width
    assert int.from_bytes(data[20:24], "big") == 2 * rendered.height
