"""A document printed as a tagged PDF by the system's Chromium, the same bytes each time."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from report.core.errors import SiteError
from report.hosting.checks.built import Skipped
from report.hosting.checks.chromium import chromium

DATES = re.compile(rb"/(CreationDate|ModDate) ?\(D:\d{14}[^)]*\)")
# How Chromium names cells that others refer to: by a count of all that it ever held in memory.
NODE = re.compile(rb"\(node(\d{8})\)")
FOOT = '<div style="font-size:7pt;width:100%;text-align:center"><span class="pageNumber"></span></div>'


def printed(document: str, date: str) -> bytes:
    """The PDF of an HTML document, with an outline of its headings.

    Args:
        date: the day that it is of, as ISO, or "" for none: a clock would make it another each time.

    Raises:
        SiteError: there is no Chromium, or no Playwright.
    """
    with tempfile.TemporaryDirectory(prefix="liner-notes-") as folder:
        path = Path(folder, "book.html")
        path.write_text(document, encoding="utf-8")
        try:
            with chromium() as browser:
                page = browser.new_page()
                page.goto(path.as_uri(), wait_until="load")
                data = page.pdf(
                    format="A4",
                    tagged=True,
                    outline=True,
                    prefer_css_page_size=True,
                    display_header_footer=True,
                    header_template="<span></span>",
                    footer_template=FOOT,
                )
        except Skipped as missing:
            raise SiteError(f"the report cannot be printed: {missing.reason}", None, missing.advice) from None
    numbers = {node: number for number, node in enumerate(sorted(set(NODE.findall(data))), 1)}
    data = NODE.sub(lambda match: b"(node%08d)" % numbers[match[1]], data)
    return DATES.sub(lambda match: _dated(match, date), data)


def _dated(match: re.Match, date: str) -> bytes:
    """A date of the same length, so that no offset within the file moves."""
    said = b"/" + match[1] + (b" " if match[0][len(match[1]) + 1 : len(match[1]) + 2] == b" " else b"") + b"(D:"
    day = (date.replace("-", "") or "19800101").encode() + b"000000"
    return (said + day + b"+00'00'").ljust(len(match[0]) - 1)[: len(match[0]) - 1] + b")"
