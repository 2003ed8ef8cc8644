"""cite.bib: the report, its pages and its figures as BibTeX entries."""

from __future__ import annotations

from report.citation import Citations
from report.pages import SiteContext, SitePages
from report.publication import Files

PATH = "cite.bib"


def bibliography(context: SiteContext, site: SitePages) -> Files:
    """An entry for the report, each page but the front, and each figure drawn on the page of its finding."""
    cite = Citations(context.settings, context.edition)
    entries = [cite.report()]
    for page in site.pages:
        if page.kind != "front":
            entries.append(cite.page(page.title, page.path))
        entries += [cite.figure(figure) for figure in page.figures if not figure.is_lead and figure.plate is None]
    return {PATH: ("\n\n".join(entry.bibtex for entry in entries) + "\n").encode()}
