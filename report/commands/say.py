"""`build.py say`: the words of a finding, every choice with all its lines; without one, what is wrong in any."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from report.commands.options import shared
from report.core.errors import SettingsError, printable
from report.core.facts import AllFacts, suggest
from report.core.progress import Progress
from report.core.settings import Settings
from report.core.texts import LANGUAGE

if TYPE_CHECKING:
    from report.results.results import Results
    from report.writing.book import Book

USED = ("edition", "wait")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "say",
        parents=shared(*USED, edition="edition whose numbers are shown"),
        help="print the words of a finding, every choice with all its lines; without one, check all words",
        description="With a finding: every choice of its page with all its lines, each with numbers that fit its case. "
        "Without one: what is wrong in any page, and what is said in fewer cases than in the last commit.",
    )
    add_language(parser)
    parser.add_argument("finding", nargs="?", help="such as duration, or a claim, such as shorter")


def add_language(parser: argparse.ArgumentParser) -> None:
    """The option that names a language."""
    parser.add_argument(
        "--language", default=LANGUAGE, metavar="CODE", help=f"a folder of content/ (default: {LANGUAGE})"
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Print the words.

    Raises:
        ContentError: what is wrong in them.
        SettingsError: there is no such finding or language.
    """
    for line in _lines(options, settings, progress):
        print(printable(line).rstrip())


def _lines(options: argparse.Namespace, settings: Settings, progress: Progress) -> Iterator[str]:
    from report.claims.check import claim_problems
    from report.writing.book import Book, languages
    from report.writing.choices import said
    from report.writing.review import parity_problems, problems_of, tell

    with opened(options, settings, progress) as (book, figures):
        if options.finding:
            yield from said(book, options.finding)
            return
        found = [*problems_of(book, figures)[0], *claim_problems(book)[0]]
        for code in languages(settings.content):
            if code != LANGUAGE:
                other = Book(settings.content, settings.queries, code, book.facts, book.store)
                found += [*problems_of(other, figures)[0], *parity_problems(book, other)]
        tell(found)
        pages = [*book.stems, *book.others]
        yield f"{len(pages)} pages are in order: {', '.join(pages)}"
        yield from _lost(book, settings)


def _lost(book: Book, settings: Settings) -> Iterator[str]:
    """What is said in fewer cases than in the last commit; nothing where there is none."""
    from report.writing.lost import lost
    from report.writing.page import parse_page

    pages = [page for stem in (*book.stems, *book.others) for page in (book.page(stem), book.figures(stem))]
    for page in (*pages, *book.claims.values(), book.site_words):
        command = ["git", "-C", str(settings.root), "show", f"HEAD:./{page.name}"]
        try:
            shown = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            return
        if shown.returncode == 0:
            yield from lost(parse_page(shown.stdout.decode("utf-8", "replace"), page.name), page)


def _check_finding(finding: str, stems: list[str]) -> None:
    """Raises SettingsError if no page of a language is of this finding."""
    if finding not in stems:
        hint = suggest(finding, stems) or f"there are {', '.join(stems)}"
        raise SettingsError(f"there is no page of `{finding}` in this language", "the command line", hint)


@contextmanager
def opened(options: argparse.Namespace, settings: Settings, progress: Progress) -> Iterator[tuple[Book, Results]]:
    """The words of a language over an edition's facts, and the edition's figures.

    Raises:
        SettingsError: there is no such language, or no such finding in it.
    """
    from report.cache.lock import locked
    from report.claims.ledger import read_claims
    from report.claims.tally import Tally
    from report.claims.verdicts import judged
    from report.pages.placed import site_facts
    from report.pipeline import find_edition
    from report.results.results import Results
    from report.run import Run
    from report.warehouse.published import read_published
    from report.writing.book import SITE, TOTALS, Book, languages

    known = languages(settings.content)
    if options.language not in known:
        raise SettingsError(f"there is no language `{options.language}`", "--language", f"there are {', '.join(known)}")
    if options.finding:
        # Before an edition is made to look into.
        words = Book(settings.content, settings.queries, options.language, {})
        claims = {slot.rpartition(".")[0]: None for page in words.claims.values() for slot in page.slots}
        _check_finding(options.finding, [*words.stems, *claims])
    run_of = Run.of(settings, progress)
    with locked(settings.cache, progress, settings.wait):
        edition = find_edition(run_of, None, getattr(options, "edition", None))
        published = read_published(settings.content / "published")
        with Results(edition, published, settings.queries, run_of.store) as answers:
            totals = {row["table"]: row["rows"] for row in published.tables["totals"]["rows"]}
            tables = edition.manifest["tables"]
            counts = {name: tables.get(name, {}).get("rows_kept") for name in ("tracks", "albums", "artists")}
            known = AllFacts(answers.facts())
            is_there = (settings.content / "claims.toml").is_file()
            claims = judged(settings.content, settings.queries, known, edition.manifest["kind"]) if is_there else None
            site = site_facts(settings, edition.manifest, counts, ledger=Tally(claims) if is_there else None)
            facts = {**known.as_dict(), TOTALS: totals, SITE: site}
            book = Book(settings.content, settings.queries, options.language, facts, run_of.store)
            if options.finding and options.finding not in book.stems:
                read_claims(book)
            yield book, answers
