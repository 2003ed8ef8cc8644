"""A page for each figure by itself, for other people's pages to show in a frame."""

from __future__ import annotations

from report.pages.context import SiteContext, SitePages
from report.publication import Files

# From embed/<finding>/<figure>.html to the site's root.
ROOT = "../../"


def embed_files(_: SiteContext, site: SitePages) -> Files:
    """The embed pages by their paths; a figure that this edition cannot draw has none."""
    return {
        figure.embed: site.press.template(
            "embed.html",
            path=figure.embed,
            f=figure,
            # No more of it than is shown: an embed page is made again when what it was given changes.
            page={"path": page.path, "title": page.title},
            root=ROOT,
        ).encode()
        for page in site.pages
        for figure in page.figures
        if not figure.is_lead
    }
