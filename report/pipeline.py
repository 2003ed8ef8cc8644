"""A build from end to end, as docs and drawing have it: source, edition, rows and facts, charts, pages, site.

The edition before is asked the same on the way, so that the pages can say what changed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from report.cache.lock import locked
from report.cache.swap import clear_leftovers
from report.core.errors import ContractError, EditionError, ReportError, SettingsError
from report.core.kinds import standing_of
from report.core.numbers import file_size
from report.core.progress import Progress
from report.core.settings import Settings
from report.hosting.freshness import is_current, remember, site_inputs
from report.run import Run
from report.sources import Source
from report.sources.layouts import open_source
from report.sources.sqlite.database import leaving_no_trace
from report.synthetic.builtin import BuiltInSample
from report.warehouse.edition import Edition, is_another, read_edition
from report.warehouse.editions import compared_edition, earlier_editions
from report.warehouse.keys import inputs_key, standing_edition
from report.warehouse.published import published_tracks

if TYPE_CHECKING:
    from report.compare.history import History
    from report.publication import Files

SAMPLE = "sample"


def build(
    settings: Settings,
    archive: Path | None,
    name: str | None,
    progress: Progress,
    compare: str | None = None,
    is_strict: bool = False,
    force: bool = False,
    may_replace: bool = False,
) -> Path:
    """Aggregate what needs it, render the edition, put the site in place; gives the site's folder.

    Args:
        archive: a source to aggregate first, or None to render an edition that is there.
        name: the edition's name; None is the one named in the settings, or one made up for an archive.
        compare: the edition to say what changed since; None is the one before, "none" no other.
        is_strict: whether a change that is too far and that nobody acknowledged ends the build before it publishes.
        force: whether a site that is up to date is rendered all the same, and the cache left with nothing else.
        may_replace: whether an edition of another source goes for the archive's, if they have one name.

    Raises:
        ReportError: anything a user can mend; the old site is then as it was.
    """
    with locked(settings.cache, progress, settings.wait):
        clear_leftovers(settings.editions)
        clear_leftovers(settings.site.resolve().parent, settings.site.resolve().name)
        run = Run.of(settings, progress, may_replace)
        edition = find_edition(run, archive, name)
        demo = find_demo(run, edition)
        inputs = site_inputs(edition, settings, compare)
        if not force and is_current(inputs, settings, run.store):
            progress.say(f"the site is up to date: {settings.site / 'index.html'}")
            return settings.site
        written, is_settled = render(edition, demo, compare, is_strict, run)
        progress.say(f"wrote {settings.site / 'index.html'}")
        # A file that was saved while the build read it belongs to neither; the next build will see to it. And as long
        # as a change is not acknowledged, every build is to say so.
        if is_settled and site_inputs(edition, settings, compare) == inputs:
            remember(inputs, written, run.store)
        freed = run.store.trim(0 if force else settings.cache_limit)
        if freed:
            progress.say(f"removed {file_size(freed)} from the cache that this build did not use")
        return settings.site


def find_edition(run: Run, archive: Path | None, name: str | None) -> Edition:
    """The edition to render: one that is there, or that of `archive` or of the built-in sample, made if need be."""
    settings = run.settings
    if archive is None and (name or settings.edition) != SAMPLE:
        whole = published_tracks(settings.content / "published")
        return read_edition(settings.editions / (name or settings.edition), whole)
    if archive is None:
        return edition_of(BuiltInSample(settings, run.store), SAMPLE, run)
    with leaving_no_trace(archive):
        return edition_of(open_source(archive), name, run)


def find_demo(run: Run, edition: Edition) -> Edition | None:
    """The edition to demonstrate beside one that counts nothing itself, made if need be; None where none is wanted."""
    if not run.settings.demo or standing_of(edition.manifest).counts:
        return None
    return find_edition(run, None, run.settings.demo)


def edition_of(source: Source, name: str | None, run: Run) -> Edition:
    """The edition of a source: the one that stands, or a new one."""
    if name == SAMPLE and not isinstance(source, BuiltInSample):
        raise SettingsError(f"`{SAMPLE}` is the built-in sample's edition", hint="choose another name with --edition")
    standing = standing_edition(inputs_key(source, run), name, run.settings)
    if standing:
        run.progress.say(f"edition {standing.name} is up to date")
        return standing
    from report.warehouse.aggregation import aggregate, described

    settings = run.settings
    whole = published_tracks(settings.content / "published")
    # Asked before hours of counting; the built-in sample is always the same to those who see it.
    is_asked = name not in (None, SAMPLE) and not run.may_replace
    if is_asked and is_another(settings.editions / name, described(source), whole):
        raise EditionError(
            f"edition `{name}` already stands and was made from another source",
            settings.editions / name,
            "give this one another name with --edition, or say --replace",
        )
    return aggregate(source, name, run, lambda edition: _hold(edition, run))


def _hold(edition: Edition, run: Run) -> None:
    """Hold a new edition against the contracts before it is put in place.

    Raises:
        ContractError: its counts contradict each other; what fails for another reason is for the build to say.
    """
    from report.results.results import Results
    from report.warehouse.costs import CONTRACTS
    from report.warehouse.published import read_published

    try:
        published = read_published(run.settings.content / "published")
        with (
            run.progress.stage(CONTRACTS),
            Results(edition, published, run.settings.queries, run.store) as results,
        ):
            results.check_all()
    except ContractError as error:
        error.hint = f"the edition is not put in place; {error.hint}"
        raise
    except ReportError as error:
        run.progress.say(f"not all contracts could be checked: {error.message}")


def render(
    edition: Edition,
    demo: Edition | None,
    compare: str | None,
    is_strict: bool,
    run: Run,
) -> tuple[dict[str, str], bool]:
    """The report of an edition and of earlier ones, with the demonstration, published as a whole.

    Returns:
        the SHA-256 of each file by its path, and whether every change that is too far has been acknowledged.
    """
    # Here and not above: a build that finds the site up to date has no use for these.
    from report.compare.history import sound_alarms
    from report.hosting.budgets import check_budgets
    from report.hosting.demonstration import FOLDER, demonstration_of
    from report.hosting.earlier import answerable, earlier_reports
    from report.hosting.publishing import publish
    from report.hosting.report import history_of, report_of
    from report.hosting.written_links import check_links

    settings, progress = run.settings, run.progress
    whole = published_tracks(settings.content / "published")
    earlier = earlier_editions(edition, settings.editions, whole, progress)
    # One more than are shown, for the oldest of them to be compared with.
    needed = settings.snapshots + 1 if settings.snapshots or compare is None else 0
    answered = answerable(edition, earlier, needed, run, is_strict)
    older = compared_edition(edition, compare, settings.editions, whole, answered)
    # Before anything is drawn, which takes longest.
    sound_alarms(history_of(edition, older, run), settings.content, progress, is_strict)

    def made(run: Run) -> tuple[Files, History]:
        snapshots, reports = earlier_reports(edition, answered, run, is_strict)
        files, history = report_of(edition, older, run, earlier=reports, demo=f"{FOLDER}/" if demo else "")
        return files | snapshots | (demonstration_of(demo, run) if demo else {}), history

    if is_strict:
        check_links(made(replace(run, is_trial=True))[0], settings, progress, is_strict)
    files, history = made(run)
    are_sound = check_links(files, settings, progress, is_strict)
    check_budgets(files, settings)
    return publish(files, settings.site, run.progress.say), not history.open and answered == earlier[
        :needed
    ] and are_sound
