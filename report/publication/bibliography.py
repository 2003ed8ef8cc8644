"""BibTeX: cite.bib for the report, its pages and its figures, and a file of its own for each figure."""

from __future__ import annotations

from report.pages.citation import Citations
from report.pages.context import SiteContext, SitePages
from report.publication import Files

PATH = "cite.bib"


def bibliography(context: SiteContext, site: SitePages) -> Files:
    """An entry for the report, each page but the front, and each figure drawn on the page of its finding."""
    cite = Citations(context.settings, context.edition, context.words)
    files: Files = {}
    entries = [cite.report().bibtex]
    for page in site.pages:
        if page.kind != "front":
            entries.append(cite.page(page.title, page.path).bibtex)
        for figure in page.figures:
            if not figure.is_lead:
                entries.append(cite.figure(figure).bibtex)
                files[f"data/{figure.id}.bib"] = f"{entries[-1]}\n".encode()
    return {PATH: ("\n\n".join(entries) + "\n").encode(), **files}
