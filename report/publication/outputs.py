"""Every file of the site: the pages, what they show, and the data to keep."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from report.core.folders import files_in
from report.core.texts import read_text
from report.pages.context import CHANGES, SiteContext, SitePages
from report.pages.rendering import render_pages
from report.publication import Files, as_json
from report.publication.alternates import alternates
from report.publication.bibliography import bibliography
from report.publication.bundle import bundled, licence
from report.publication.cards import cards
from report.publication.catalogue import tables
from report.publication.croissant import croissant
from report.publication.datapackage import datapackage
from report.publication.embeds import embed_files
from report.publication.feed import feed
from report.publication.figures_json import figures_json
from report.publication.search import search
from report.publication.sitemap import crawler_files


def render_site(context: SiteContext) -> Files:
    """Every file of the site by its path, in order of path.

    Raises:
        ContentError: a page, its front matter or a template that cannot be used, with file and line.
        FactError: a page that names a fact no query gives, likewise.
    """
    described = tables(context)
    files = {**data_files(context), **licence(context), **datapackage(context, described)}
    files |= croissant(context, described)
    bundle = bundled(context, files, described)
    files[bundle.href] = bundle.content
    pages = render_pages(context, bundle)
    with ThreadPoolExecutor(1) as beside:
        # The index is made by a program of its own; meanwhile the other files are.
        index = beside.submit(search, context, pages)
        for make in OUTPUTS:
            if not ((context.is_within and make in ONCE) or (context.is_trial and make is cards)):
                files |= make(context, pages)
        files |= index.result()
    return dict(sorted(files.items()))


def not_found(_: SiteContext, site: SitePages) -> Files:
    """The page for addresses that lead nowhere."""
    return {"404.html": site.press.template("404.html", path="404.html").encode()}


def page_files(_: SiteContext, site: SitePages) -> Files:
    """The pages, and the pictures and tables of their figures."""
    files: Files = {}
    for page in site.pages:
        files[page.path] = page.html.encode()
        files.update(page.files)
        for figure in page.figures:
            files.update(figure.files)
    return files


def static_files(context: SiteContext, _: SitePages) -> Files:
    """The stylesheet and what else is the same in every site."""
    from rcssmin import cssmin

    return {
        f"static/{path.name}": cssmin(read_text(path)).encode() if path.suffix == ".css" else path
        for path in files_in(context.templates / "static")
    }


def data_files(context: SiteContext) -> dict[str, bytes]:
    """Facts, rows, claims and the edition's own account, for programs to read."""
    files = {}
    for figure in context.figures.values():
        if figure.rows and not figure.absent:
            files[f"data/{figure.id}.csv"] = figure.csv
    for name, path in context.cubes.items():
        files[f"data/cubes/{name}.parquet"] = path.read_bytes()
    about = {key: context.edition.get(key) for key in ("name", "kind", "as_of", "fingerprint")}
    files["data/facts.json"] = as_json({"edition": about, **context.facts.as_dict()})
    files["data/edition.json"] = as_json(dict(context.edition))
    if context.ledger:
        files["data/claims.json"] = as_json({"edition": about, **context.ledger.as_dict()})
    if (context.content / CHANGES).exists():
        files["data/changes.json"] = as_json({"edition": about, **context.history.as_dict()})
    return files


def host_files(context: SiteContext, _: SitePages) -> Files:
    """CNAME, by which GitHub Pages knows a domain of the site's own."""
    address = urlsplit(context.settings.base_url)
    is_own = address.path == "/" and not (address.hostname or "").endswith(".github.io")
    return {"CNAME": f"{address.hostname}\n".encode()} if is_own else {}


# Each makes files of its own, from the same pages.
OUTPUTS: tuple[Callable[[SiteContext, SitePages], Files], ...] = (
    page_files,
    not_found,
    embed_files,
    static_files,
    host_files,
    figures_json,
    bibliography,
    cards,
    crawler_files,
    feed,
    alternates,
)
# What is there once for the whole site; an earlier report or a demonstration within it has none of its own.
ONCE = (not_found, host_files, crawler_files, cards, feed)
