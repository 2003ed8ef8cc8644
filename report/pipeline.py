"""A build from end to end, as docs and drawing have it: source, edition, rows and facts, charts, pages, site."""

from __future__ import annotations

from pathlib import Path

from report.current import is_current, remember, site_inputs
from report.edition import Edition, read_edition
from report.errors import SettingsError
from report.inputs import inputs_key, standing_edition
from report.progress import Progress
from report.settings import Settings
from report.sources import open_source
from report.sources.builtin import BuiltInSample
from report.store import Store

SAMPLE = "sample"


def build(settings: Settings, archive: Path | None, name: str | None, progress: Progress) -> Path:
    """Aggregate what needs it, render the edition, put the site in place; gives the site's folder.

    Args:
        archive: a source to aggregate first, or None to render an edition that is there.
        name: the edition's name; None is the one named in the settings, or one made up for an archive.

    Raises:
        ReportError: anything a user can mend; the old site is then as it was.
    """
    store = Store(settings.cache / "store")
    edition = find_edition(settings, archive, name, store, progress)
    inputs = site_inputs(edition, settings)
    if is_current(inputs, settings, store):
        progress.say("the site is up to date")
        return settings.site
    written = render(edition, settings, store, progress)
    # A file that was saved while the build read it belongs to neither; the next build will see to it.
    if site_inputs(edition, settings) == inputs:
        remember(inputs, written, store)
    return settings.site


def find_edition(
    settings: Settings, archive: Path | None, name: str | None, store: Store, progress: Progress
) -> Edition:
    """The edition to render: one that is there, or that of `archive` or of the built-in sample, made if need be."""
    if archive is None and (name or settings.edition) != SAMPLE:
        return read_edition(settings.editions / (name or settings.edition))
    if archive is None:
        source, name = BuiltInSample(settings), SAMPLE
    elif name == SAMPLE:
        raise SettingsError(f"`{SAMPLE}` is the built-in sample's edition", hint="choose another name with --edition")
    else:
        source = open_source(archive)
    standing = standing_edition(inputs_key(source, settings), name, settings)
    if standing:
        progress.say(f"edition {standing.name} is up to date")
        return standing
    from report.aggregation import aggregate

    return aggregate(source, name, settings, store, progress)


def render(edition: Edition, settings: Settings, store: Store, progress: Progress) -> dict[str, str]:
    """Rows, facts, charts and pages of an edition, published as a whole; gives the SHA-256 of each file by its path."""
    # Here and not above: a build that finds the site up to date has no use for these.
    from report.answers import Answers
    from report.budgets import check_budgets
    from report.facts import AllFacts
    from report.outputs import render_site
    from report.pages import SiteContext
    from report.pictures import Pictures
    from report.published import read_published
    from report.site import publish

    published = read_published(settings.content / "published")
    with Answers(edition, published, settings.queries, store) as answers:
        pictures = Pictures(store, progress)
        context = SiteContext(
            settings=settings,
            edition={**edition.manifest, "fingerprint": edition.fingerprint},
            facts=AllFacts(answers.facts()),
            figures=answers,
            render=lambda figure: pictures.draw(answers[figure]),
            published=published.tables,
            content=settings.content,
            templates=settings.templates,
            store=store,
            say=progress.say,
        )
        files = render_site(context)
    check_budgets(files, settings)
    return publish(files, settings.site)
