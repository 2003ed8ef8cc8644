"""Cards: the picture of a page that other sites show beside a link to it, 1200 × 630.

A finding's card has its first figure, in the narrow drawing, whose type is large enough for it; that of the claims has
a square for each; all have the page's title. Drawn from SVG when title, figure or edition have changed.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from report.charts.toolkit import theme
from report.charts.toolkit.words import text_width
from report.claims.tally import Tally
from report.core.kinds import standing_of
from report.core.plain import plain, shortened
from report.figures.figure import Figure, Picture
from report.pages.context import SiteContext, SitePage, SitePages
from report.publication import Files
from report.publication.cached import cached

WIDTH, HEIGHT, EDGE = 1200, 630, 64
RULE_Y = 100
# Where a figure goes, at the right; its drawing is scaled to fit. What stands beside it has `COLUMN` px.
FIGURE_X, FIGURE_Y, FIGURE_WIDTH, FIGURE_HEIGHT, COLUMN = 632, 128, 504, 456, 524
FOOT_Y = HEIGHT - 46
LINE, ROOM_BESIDE, ROOM_ALONE = 1.12, 400, 230
FRONT_SIZES = (120, 96, 72, 50, 34)
TITLE_SIZES = (72, 64, 56, 50, 44, 38, 34, 30)
LONGEST_TITLE = 200
# A narrow drawing that would fill less of its place's width than this is too tall.
LEAST_FIT = 0.65
SQUARE, STEP = 30, 40
SERIF = "Charter, Liberation Serif, Times New Roman, serif"
# Words are measured in the sans; the bold serif is a little narrower.
NARROWER = 0.96
PAINT = re.compile(r"var\(--[\w-]+, (#[0-9a-f]{6})\)")
DRAWING = re.compile(r"<svg\b[^>]*>(?:<style>.*?</style>)?(.*)</svg>", re.DOTALL)
FILLED, OPEN, CUT = (
    'fill="{}" d="M0 0h16v16H0z"',
    'fill="none" stroke="{}" stroke-width="1.6" d="M.8.8h14.4v14.4H.8z"',
    f'fill="none" stroke="{theme.PAPER}" stroke-width="2.2"',
)
# The square of each verdict, 16 by 16, as templates/marks.html draws it.
SQUARES = {
    "holds": (FILLED.format(theme.ACCENT), f'{CUT} d="M3.2 8.4l3.2 3.3 6.4-7.2"'),
    "part": (OPEN.format(theme.ACCENT), f'fill="{theme.ACCENT}" d="M.8 15.2V.8l14.4 14.4z"'),
    "open": (
        OPEN.format(theme.ACCENT),
        f'fill="none" stroke="{theme.ACCENT}" stroke-width="1.8" d="M4 8.4l2.8 2.8 5.2-6"',
    ),
    "not": (FILLED.format(theme.CONTRAST), f'{CUT} d="M4 4l8 8M12 4l-8 8"'),
    "elsewhere": (
        f'fill="none" stroke="{theme.CONTRAST}" stroke-width="1.6" d="M8 .8H.8v14.4h14.4V8"',
        f'fill="none" stroke="{theme.CONTRAST}" stroke-width="1.8" d="M6 10L15 1M9.6.9h5.5v5.5"',
    ),
    "archive": (OPEN.format(theme.MUTED) + ' stroke-dasharray="3.2 2.4"',),
    "never": (OPEN.format(theme.MUTED), f'fill="none" stroke="{theme.MUTED}" stroke-width="1.6" d="M4 8h8"'),
}


def cards(context: SiteContext, site: SitePages) -> Files:
    """A PNG for each page."""
    files: Files = {}
    for page in site.pages:
        svg = card(context, site, page)
        files[card_path(page.path)] = cached(context, ".png", _png, svg)
    return files


def card_path(path: str) -> str:
    """Where the card of the page at `path` is."""
    return f"cards/{path.removesuffix('.html')}.png"


def card(context: SiteContext, site: SitePages, page: SitePage) -> str:
    """A page's card as SVG."""
    drawn = [figure for figure in page.figures if figure.wide and not figure.is_lead]
    is_beside = page.kind == "finding" and bool(drawn)
    width = COLUMN if is_beside else WIDTH - 2 * EDGE
    title = shortened(plain(page.title), LONGEST_TITLE)
    for size in FRONT_SIZES if page.kind == "front" else TITLE_SIZES[2:] if is_beside else TITLE_SIZES:
        lines = _lines(title, width, size)
        if size * LINE * len(lines) <= (ROOM_BESIDE if is_beside else ROOM_ALONE):
            break
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.PAPER}"/>',
        _text(EDGE, 76, 32, plain(context.settings.title), theme.INK, SERIF),
        f'<rect x="{EDGE}" y="{RULE_Y}" width="{WIDTH - 2 * EDGE}" height="4" fill="{theme.INK}"/>',
    ]
    y = RULE_Y + 46
    if page.finding:
        called = context.words.text("finding.called", number=page.finding.number, name=page.finding.short)
        parts.append(_text(EDGE, y, 24, called, theme.MUTED))
    y += 20
    for line in lines:
        y += size * LINE
        parts.append(_text(EDGE, y, size, line, theme.INK, SERIF))
    if is_beside:
        parts.append(_figure(drawn[0]))
    elif page.kind != "claims":
        y += 24
        for line in _lines(shortened(plain(page.summary), LONGEST_TITLE), width, 34)[:4]:
            y += 46
            parts.append(_text(EDGE, y, 34, line, theme.MUTED, SERIF))
    if page.kind in ("front", "claims") and site.ledger:
        parts.append(_squares(site.ledger))
    parts.append(_text(EDGE, FOOT_Y, 22, _foot(context), theme.MUTED))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return f"{head}{''.join(parts)}</svg>"


def _png(svg: str) -> bytes:
    import oxipng
    import vl_convert

    # The same picture in a sixth of the bytes: what draws it packs for speed.
    return oxipng.optimize_from_memory(vl_convert.svg_to_png(svg), level=0)


def _figure(figure: Figure) -> str:
    """The drawing in light colours: narrow if it fits, wide if that does, else the upper part of the narrow."""
    wholly = [picture for picture, least in ((figure.narrow, LEAST_FIT), (figure.wide, 1)) if _fit(picture) >= least]
    picture = wholly[0] if wholly else figure.narrow
    content = figure.files[picture.href]
    drawing = DRAWING.search((content.read_bytes() if isinstance(content, Path) else content).decode())
    light = PAINT.sub(r"\1", drawing[1]) if drawing else ""
    width, height = float(picture.width), float(picture.height)
    scale = FIGURE_WIDTH / width
    if wholly:
        scale = min(scale, FIGURE_HEIGHT / height)
    shown = min(height, FIGURE_HEIGHT / scale)
    place = f'x="{FIGURE_X}" y="{FIGURE_Y}" width="{width * scale:.1f}" height="{shown * scale:.1f}"'
    face = f'font-family="{theme.FONT}" font-size="{theme.TEXT_PX}px"'
    return f'<svg {place} viewBox="0 0 {width:g} {shown:g}"><g {face}>{light}</g></svg>'


def _fit(picture: Picture) -> float:
    """How much of its place's width the whole drawing can fill, from 1 for all of it."""
    return FIGURE_HEIGHT / float(picture.height) * float(picture.width) / FIGURE_WIDTH


def _squares(ledger: Tally) -> str:
    """A square for each claim, in the order of the verdicts."""
    marks = [count.mark for count in ledger.counts for _ in range(count.count)]
    step = min(STEP, (WIDTH - 2 * EDGE) / max(len(marks), 1))
    return "".join(
        f'<g transform="translate({EDGE + at * step:.1f},{FOOT_Y - 110}) scale({step * SQUARE / STEP / 16:.3f})">'
        + "".join(f"<path {path}/>" for path in SQUARES[mark])
        + "</g>"
        for at, mark in enumerate(marks)
    )


def _foot(context: SiteContext) -> str:
    edition = context.edition
    name, date = shortened(plain(edition["name"]), 30), edition.get("as_of") or None
    as_of = None if standing_of(edition).is_synthetic else date
    return context.words.text("card.foot", edition=name, kind=context.words.kind["of"], as_of=as_of)


def _lines(text: str, width: float, size: float) -> list[str]:
    """The text in lines that fit; a word that fits in none is broken."""
    lines, line = [], ""
    for word in text.split():
        for piece in _pieces(word, width, size):
            longer = f"{line} {piece}" if line else piece
            if line and text_width(longer, True, size) * NARROWER > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line]


def _pieces(word: str, width: float, size: float) -> list[str]:
    if text_width(word, True, size) <= width:
        return [word]
    most = max(1, int(width / size))
    return [word[at : at + most] for at in range(0, len(word), most)]


def _text(x: float, y: float, size: float, text: str, colour: str, font: str = theme.FONT) -> str:
    weight = "bold" if font == SERIF and colour == theme.INK else "normal"
    place = f'x="{x}" y="{y:.0f}" font-size="{size}" font-family="{font}" font-weight="{weight}"'
    return f'<text {place} fill="{colour}">{escape(text)}</text>'
