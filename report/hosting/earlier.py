"""Reports of earlier editions, which stay reachable at editions/<name>/ for as long as there is room.

Each is the whole report of that edition by today's queries, charts, templates and words. It names the newest report as
the canonical one, and leads there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from report.cache.store import size_of
from report.compare.history import Earlier
from report.core.errors import ChartError, ContentError, EditionError, ReportError
from report.core.kinds import standing_of
from report.core.numbers import file_size
from report.hosting.report import report_of
from report.pages.waits import without_page
from report.publication import Files
from report.results.results import Results
from report.run import Run
from report.warehouse.edition import Edition, read_edition
from report.warehouse.published import published_tracks, read_published

FOLDER = "editions"


def answerable(edition: Edition, earlier: Sequence[Path], needed: int, run: Run, is_strict: bool) -> list[Path]:
    """The first of these editions before `edition` that today's queries can answer, as many as are needed.

    One that is damaged, that was made by other queries or that breaks a contract is named and passed over.

    Raises:
        EditionError: there is such a one and the build is strict.
        ReportError: `edition` has the same fault, which is told as its own.
    """
    published = read_published(run.settings.content / "published")
    whole = published_tracks(run.settings.content / "published")
    found: list[Path] = []
    for folder in earlier:
        if len(found) == needed:
            break
        try:
            with Results(read_edition(folder, whole), published, run.settings.queries, run.store) as results:
                results.check_all()
        except ReportError as error:
            with Results(edition, published, run.settings.queries, run.store) as results:
                results.check_all()
            _pass_over(folder, error, run, is_strict)
        else:
            found.append(folder)
    return found


def earlier_reports(
    edition: Edition, earlier: Sequence[Path], run: Run, is_strict: bool = False
) -> tuple[Files, list[Earlier]]:
    """The files of earlier reports by their place in the site, and the reports, the latest first.

    Args:
        edition: the one whose report they stand beside.
        earlier: folders of the editions before it, the latest first; as many are kept as the settings say.

    The oldest are left out, and said to be, where there is no room for them; one that cannot be rendered likewise.

    Raises:
        EditionError: one cannot be rendered and the build is strict.
        ReportError: that of `edition` cannot be rendered either, which is told as its own.
    """
    settings = run.settings
    files: Files = {}
    reports: list[Earlier] = []
    size = 0
    whole = published_tracks(settings.content / "published")
    gone = _without_page(edition, run)
    read = [read_edition(folder, whole) for folder in earlier[: settings.snapshots + 1]]
    for number, (own, older) in enumerate(zip(read[: settings.snapshots], [*read[1:], None], strict=False)):
        try:
            made = _report(own, older, edition.name, gone, run)
        except ReportError as error:
            report_of(edition, None, replace(run, is_trial=True))
            _pass_over(own.folder, error, run, is_strict)
            continue
        size += sum(map(size_of, made.values()))
        if size > settings.snapshots_budget:
            left_out = ", ".join(path.name for path in earlier[number : settings.snapshots])
            run.progress.say(
                f"no room for the earlier report of {left_out}: with it they have {file_size(size)}, "
                f"over the budget of {file_size(settings.snapshots_budget)} (snapshots_budget in report.toml)"
            )
            break
        place = f"{FOLDER}/{own.folder.name}"
        files |= {f"{place}/{name}": content for name, content in made.items()}
        reports.append(Earlier(own.folder.name, own.manifest["as_of"], f"{place}/index.html"))
    return files, reports


def _without_page(edition: Edition, run: Run) -> set[str]:
    """The findings of which the report of this edition has no page."""
    settings = run.settings
    if not standing_of(edition.manifest).is_real:
        return set()
    published = read_published(settings.content / "published")
    with Results(edition, published, settings.queries, run.store) as results:
        return without_page(results)


def _report(edition: Edition, older: Edition | None, current: str, gone: set[str], run: Run) -> Files:
    """Every file of an earlier report; its pages and pictures are kept like those of the newest."""
    settings = run.settings
    base = settings.base_url and f"{settings.base_url}{FOLDER}/{edition.folder.name}/"
    own = replace(run, settings=replace(settings, base_url=base))
    files, _ = report_of(edition, older, own, current=current, newest=settings.base_url, gone=gone)
    return files


def _pass_over(folder: Path, error: ReportError, run: Run, is_strict: bool) -> None:
    where = f" (at {error.where})" if error.where else ""
    if is_strict:
        raise EditionError(
            f"the earlier report of edition `{folder.name}` cannot be made: {error.message}",
            error.where or folder,
            error.hint
            if isinstance(error, ContentError | ChartError)
            else f"aggregate its source again, take it away (editions remove {folder.name}), or build without --strict",
        ) from error
    run.progress.say(f"WARNING: edition {folder.name} is passed over: {error.message}{where}")
