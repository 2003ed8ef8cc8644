"""The report of one edition, as files: its rows and facts, charts and pages, and what changed since an older one."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from functools import partial

from report.compare.history import Earlier, History, read_history
from report.compare.views import view_of
from report.core.texts import LANGUAGE
from report.figures.figure import Images
from report.figures.pictures import UNDRAWN, Pictures
from report.pages.context import SiteContext
from report.publication import Files
from report.publication.outputs import render_site
from report.results.results import Results
from report.run import Run
from report.warehouse.edition import Edition
from report.warehouse.published import read_published
from report.writing.formats import Language


def report_of(
    edition: Edition,
    older: Edition | None,
    run: Run,
    earlier: Sequence[Earlier] = (),
    current: str = "",
    newest: str = "",
    gone: Collection[str] = (),
    demo: str = "",
    is_demo: bool = False,
) -> tuple[Files, History]:
    """Every file of the report of an edition, and what changed in it since an older one.

    Args:
        older: the edition to compare with, or None.
        earlier: reports of editions before it that stay reachable.
        current, newest, gone: name of the newest edition, address of its report, the findings without a page there,
            where this is an earlier one.
        demo: where the demonstration is, or "" for none; `is_demo` where this is one.

    On trial pages have no pictures, and neither cards nor an index for search are made.

    Raises:
        ReportError: content, queries or charts that cannot be used.
    """
    settings, store, progress = run.settings, run.store, run.progress
    published = read_published(settings.content / "published")
    with ExitStack() as opened:

        def ask(of: Edition) -> Results:
            return opened.enter_context(Results(of, published, settings.queries, store))

        def drawing(results: Results) -> Callable[[str], Images | None]:
            draw = (lambda _: UNDRAWN) if run.is_trial else pictures.draw
            return lambda figure: draw(results[figure]) if results[figure].rows else None

        results = ask(edition)
        words = partial(Language(settings.content, LANGUAGE).labels_of, "charts")
        processes = settings.threads or os.cpu_count() or 1
        pictures = opened.enter_context(Pictures(store, progress, len(results), results.values, processes, words))
        after = view_of(edition, results, settings.content, store)
        before, draw = None, None
        if older:
            asked_before = ask(older)
            before = view_of(older, asked_before, settings.content, store)
            draw = drawing(asked_before)
        context = SiteContext(
            settings=settings,
            edition=after.edition,
            facts=after.facts,
            figures=results,
            cubes=edition.cubes,
            render=drawing(results),
            published=published.tables,
            addresses=published.addresses,
            content=settings.content,
            templates=settings.templates,
            store=store,
            say=progress.say,
            is_trial=run.is_trial,
            demo=demo,
            is_demo=is_demo,
            history=read_history(after, before, settings.content, draw, earlier, current, newest, gone),
        )
        return render_site(context), context.history


def history_of(edition: Edition, older: Edition | None, run: Run) -> History:
    """What changed in an edition since an older one, without a picture: known before anything is drawn.

    Raises:
        ReportError: content or queries that cannot be used.
    """
    settings, store = run.settings, run.store
    if older is None:
        return History()
    published = read_published(settings.content / "published")
    with (
        Results(edition, published, settings.queries, store) as after,
        Results(older, published, settings.queries, store) as before,
    ):
        views = [view_of(of, asked, settings.content, store) for of, asked in ((edition, after), (older, before))]
        return read_history(*views, settings.content)
