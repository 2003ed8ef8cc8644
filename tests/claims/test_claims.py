"""The ledger: every claim once, each test decides on each side, and what may not decide never does."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from archives import Archive
from building import ROOT, writing_below

from report.cache.store import Store
from report.claims.check import claim_problems
from report.claims.ledger import CASES, ELSEWHERE, HOLDS, IN_PART, NOT, OPEN, REASONS, UNTESTED, read_claims
from report.claims.tally import Tally
from report.claims.verdicts import Judged, Outcome, decide, judge, judged, whole
from report.core.facts import AllFacts
from report.core.limits import (
    FEWEST_AROUND_MINUTE,
    FEWEST_IN_GROUP,
    FEWEST_IN_YEAR,
    STANDARD_ERRORS,
)
from report.core.progress import Progress
from report.core.settings import read_settings
from report.pipeline import find_edition
from report.results.results import Results
from report.run import Run
from report.warehouse.published import read_published
from report.writing.book import SITE, Book
from report.writing.page import WORDS

CONTENT, QUERIES = ROOT / "content", ROOT / "queries"
EDITIONS = ("archive", "selection", "synthetic", "published")
# Facts that are the same in every edition: somebody else counted or stated them.
STATED = re.compile(
    r"(is_)?published_|announced_|outside_|subset_|latest_(share|month)|in_(january|september|november)_2025|(before|after)_end_"
)

# Verdict, or reason, without an archive: ../shared/FINDINGS.md. Of a claim with several tests that of the whole.
WITHOUT_ARCHIVE = {
    "ai-share": ELSEWHERE, "ai-daily": ELSEWHERE, "ai-growth": ELSEWHERE, "landfill": "never", "ai-hits": ELSEWHERE,
    "tail-70": OPEN, "loops": "never", "filler": "never", "pop-temporary": ELSEWHERE, "homogenised": "archive",
    "minute-peaks": "archive", "shorter": IN_PART, "major-dance": "archive", "positivity": "archive",
    "heritage-gap": IN_PART, "eleven": ELSEWHERE, "tracks-256m": HOLDS, "amnesia": "opinion", "pop50": HOLDS,
    "top10k": HOLDS, "explicit-13": HOLDS, "opera-first": IN_PART, "tempo-120": IN_PART, "loud-energy": OPEN,
    "files-37": NOT, "mostly-singles": "archive", "isrc-186m": "archive", "isrc-musicbrainz": ELSEWHERE,
    "flat-markets": "archive", "coverage-999": "never", "listens-996": "never", "top-three": "never",
    "middle-listens": "never",
}  # fmt: skip
PARTS = {
    "homogenised": {"homogenised": "archive", "tiktok": "never"},
    "shorter": {"shorter": HOLDS, "formulaic": "never", "skip-button": "never"},
    "positivity": {"positivity": "archive", "therapy": "never"},
    "heritage-gap": {"heritage-new": HOLDS, "heritage-neglect": "never"},
    "tempo-120": {"tempo-mean": HOLDS, "tempo-normal": "archive"},
}


def shape(one: float, two: float, highest: float) -> dict[str, float]:
    return {
        "tempo_within_1_sd_share": one,
        "tempo_within_2_sd_share": two,
        "highest_tempo_to_neighbours_ratio": highest,
    }


def peaks(over: int, under: int) -> dict[str, float]:
    return {"minutes_over_threshold": over, "minutes_under_threshold": under, "index_120": 1.2, "index_180": 1.3,
            "index_240": 1.1}  # fmt: skip


def tail(zero: float, low: float) -> dict[str, float]:
    return {"zero_share": zero, "below_10_share": low}


def spread(main: float, same_mix: float) -> dict[str, float]:
    return {"tested_ratio": main, "same_mix_ratio": same_mix}


def mood(both: float, major: float, danceable: float) -> dict[str, float]:
    return {"danceable_major_share": both, "major_share": major, "danceable_share": danceable,
            "independent_danceable_major_share": 0.4}  # fmt: skip


def valence(popular: float, since: float) -> dict[str, float]:
    return {"popular_valence_difference": popular, "valence_change_since_2015": since}


def firsts(artists: str, tracks: str, followers: str) -> dict[str, str]:
    return {"first_by_artists": artists, "first_by_tracks": tracks, "first_by_followers": followers}


def flat(all_tracks: float, popular: float) -> dict[str, float]:
    difference = popular - all_tracks
    return {"middle_spread": all_tracks, "popular_middle_spread": popular, "middle_spread_difference": difference}


def age(ratio: float) -> dict[str, float]:
    return {"ge_50_age_ratio": ratio, "grouped_median_age_ge_50_years": 2.0, "grouped_median_age_years": 4.0}


def medians(change: float) -> dict[str, float]:
    return {"median_five_year_change": change, "median_2020_to_2024_s": 180.0, "median_2010_to_2014_s": 200.0}


def whole_archive(**counts: int) -> dict[str, int]:
    other = {"ge_50_share": 0.001, "ge_50_to_announced_change": 0.02} if "ge_50_count" in counts else {}
    other |= {"without_isrc_share": 0.01} if "recordings" in counts else {}
    return {"tracks_in": 256_039_007, **other, **counts}


# Test, facts of one finding by hand, verdict: first in an edition of the archive …
COMPUTED = [
    ("tail-70", "long_tail", tail(0.65, 0.95), OPEN),
    ("tail-70", "long_tail", tail(0.649, 0.95), IN_PART),
    ("tail-70", "long_tail", tail(0.55, 0.60), NOT),
    ("pop-temporary", "popularity", age(0.49), HOLDS),
    ("pop-temporary", "popularity", age(0.51), IN_PART),
    ("pop-temporary", "popularity", age(1.01), NOT),
    ("homogenised", "similarity", spread(0.94, 0.93), HOLDS),
    ("homogenised", "similarity", spread(0.94, 0.97), IN_PART),
    ("homogenised", "similarity", spread(0.97, 0.94), IN_PART),
    ("homogenised", "similarity", spread(0.96, 0.97), NOT),
    ("minute-peaks", "duration", peaks(3, 0), HOLDS),
    ("minute-peaks", "duration", peaks(1, 1), IN_PART),
    ("minute-peaks", "duration", peaks(0, 3), NOT),
    ("shorter", "duration", medians(-0.11), HOLDS),
    ("shorter", "duration", medians(-0.09), IN_PART),
    ("shorter", "duration", medians(0.02), NOT),
    ("major-dance", "mood", mood(0.51, 0.62, 0.7), HOLDS),
    ("major-dance", "mood", mood(0.41, 0.62, 0.65), IN_PART),
    ("major-dance", "mood", mood(0.30, 0.62, 0.45), NOT),
    ("positivity", "mood", valence(0.06, 0.01), HOLDS),
    ("positivity", "mood", valence(0.06, -0.01), IN_PART),
    ("positivity", "mood", valence(0.04, 0.01), IN_PART),
    ("positivity", "mood", valence(0.04, -0.01), NOT),
    ("heritage-new", "releases", {"since_2020_share": 0.51, "tracks_since_2020_share": 0.4}, HOLDS),
    ("heritage-new", "releases", {"since_2020_share": 0.5, "tracks_since_2020_share": 0.4}, NOT),
    ("tracks-256m", "data", {"tracks": 256_039_007}, HOLDS),
    ("tracks-256m", "data", {"tracks": 250_000_000}, NOT),
    ("isrc-186m", "versions", whole_archive(recordings=184_200_000), HOLDS),
    ("isrc-186m", "versions", whole_archive(recordings=184_100_000), NOT),
    ("pop50", "long_tail", whole_archive(ge_50_count=214_413), HOLDS),
    ("pop50", "long_tail", whole_archive(ge_50_count=199_000), NOT),
    ("top10k", "long_tail", whole_archive(ge_70_count=10_000), HOLDS),
    ("top10k", "long_tail", whole_archive(ge_70_count=9_999), NOT),
    ("explicit-13", "explicit", {"explicit_tracks": 9, "explicit_share": 0.1351}, HOLDS),
    ("explicit-13", "explicit", {"explicit_tracks": 9, "explicit_share": 0.1371}, NOT),
    ("tempo-mean", "sound", {"tempo_mean": 118.0}, HOLDS),
    ("tempo-mean", "sound", {"tempo_mean": 126.0}, NOT),
    ("tempo-normal", "sound", shape(0.68, 0.95, 1.9), HOLDS),
    ("tempo-normal", "sound", shape(0.68, 0.95, 2.1), NOT),
    ("tempo-normal", "sound", shape(0.66, 0.95, 1.9), NOT),
    ("loud-energy", "sound", {"loudness_energy_correlation": 0.61}, HOLDS),
    ("loud-energy", "sound", {"loudness_energy_correlation": 0.4}, IN_PART),
    ("loud-energy", "sound", {"loudness_energy_correlation": -0.7}, NOT),
    ("mostly-singles", "releases", {"single_track_share": 0.51, "single_album_share": 0.8}, HOLDS),
    ("mostly-singles", "releases", {"single_track_share": 0.26, "single_album_share": 0.8}, IN_PART),
    ("mostly-singles", "releases", {"single_track_share": 0.26, "single_album_share": 0.4}, NOT),
    ("opera-first", "genres", firsts("opera", "opera", "opera"), HOLDS),
    ("opera-first", "genres", firsts("opera", "classical", "pop"), IN_PART),
    ("opera-first", "genres", firsts("pop", "opera", "opera"), NOT),
    ("flat-markets", "markets", flat(0.04, 0.15), HOLDS),
    ("flat-markets", "markets", flat(0.04, 0.04), IN_PART),
    ("flat-markets", "markets", flat(0.2, 0.3), IN_PART),
    ("flat-markets", "markets", flat(0.2, 0.1), NOT),
]
# … and by published figures that are other than they are.
PUBLISHED = [
    ("tail-70", "long_tail", {"published_zero_share": 0.6}, IN_PART),
    ("tail-70", "long_tail", {"published_zero_share": 0.5, "published_below_10_share": 0.6}, NOT),
    ("shorter", "duration", {"published_five_year_change": -0.02}, IN_PART),
    ("shorter", "duration", {"published_five_year_change": 0.02}, NOT),
    ("heritage-new", "releases", {"published_since_2020_share": 0.45}, NOT),
    ("tracks-256m", "data", {"published_tracks": 200_000_000}, NOT),
    ("files-37", "preservation", {"announced_of_tracks_share": 0.37}, HOLDS),
    ("pop50", "long_tail", {"published_ge_50_count": 100_000}, NOT),
    ("top10k", "long_tail", {"published_ge_70_count": 9_000}, NOT),
    ("explicit-13", "explicit", {"published_explicit_share": 0.2}, NOT),
    ("tempo-mean", "sound", {"published_tempo_mean": 100.0}, NOT),
    ("opera-first", "genres", {"published_first_by_artists": "rock"}, NOT),
]
# Numbers that chance could have made others: the value, and how far chance moves it.
CHANCE = [
    ("pop-temporary", "popularity", "ge_50_age_ratio", 1.0, 0.1),
    ("homogenised", "similarity", "tested_ratio", 0.94, 0.01),
    ("shorter", "duration", "median_five_year_change", -0.105, 0.005),
    ("major-dance", "mood", "danceable_major_share", 0.51, 0.01),
    ("loud-energy", "sound", "loudness_energy_correlation", 0.61, 0.01),
]


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """The facts of an edition of one track: every name there is, and what is published."""
    folder = tmp_path_factory.mktemp("claims")
    settings = writing_below(read_settings(ROOT), folder)
    store = Store(settings.cache / "store")
    edition = find_edition(Run(settings, store, Progress()), Archive(tracks=[{}]).sqlite(folder / "archive"), "tiny")
    with Results(edition, read_published(CONTENT / "published"), settings.queries, store) as answers:
        return answers.facts()


@pytest.fixture(scope="module")
def stated(counted: dict) -> dict[str, dict[str, object]]:
    """The same, but nothing computed is known."""
    return {
        stem: {name: value if STATED.match(name) else None for name, value in facts.items()}
        for stem, facts in counted.items()
    }


def with_facts(facts: dict, stem: str, changed: dict) -> dict:
    """Facts with some of one finding changed, as certain as if chance moved nothing."""
    assert changed.keys() <= facts[stem].keys()
    certain = {f"{name}_standard_error": 0.0 for name in changed if f"{name}_standard_error" in facts[stem]}
    return {**facts, stem: {**facts[stem], **certain, **changed}}


def book_of(facts: dict) -> Book:
    return Book(CONTENT, QUERIES, "en", {**facts, SITE: {}})


def all_of(facts: dict, kind: str) -> dict[str, Judged]:
    book = book_of(facts)
    return {claim.id: judge(claim, book, kind) for claim in read_claims(book)}


def one(facts: dict, name: str, kind: str) -> Outcome:
    """A test by its name, judged."""
    book = book_of(facts)
    claim = next(claim for claim in read_claims(book) if name in [rule.id for rule in claim.rules])
    found = judge(claim, book, kind)
    faults(found)
    return next(test for test in found.tests if test.id == name)


def called(test: Outcome) -> str:
    return test.reason or test.verdict


def faults(claim: Judged) -> None:
    """What must not stand in the words of a claim."""
    for value in (*asdict(claim).values(), *(text for test in claim.tests for text in asdict(test).values())):
        if isinstance(value, str):
            assert not re.search(r"\bNone\b(?! of)|\bnan\b|\{\{|\}\}| {2}|\(\)| [.,;]|(?<=\w)—[.,;]", value), value
    for test in claim.tests:
        assert test.why.endswith("."), test.why
        assert test.words and test.test
    assert claim.words and claim.brief.endswith(".")


class TestRule:
    @pytest.mark.parametrize("kind", EDITIONS)
    @pytest.mark.parametrize("computed", [None, "holds", "not", "chance"])
    @pytest.mark.parametrize("published", [None, "part"])
    @pytest.mark.parametrize("subset", [None, "open"])
    def test_figures(self, kind: str, computed: str | None, published: str | None, subset: str | None) -> None:
        outcomes = {"computed": computed, "published": published, "subset": subset}
        if kind == "archive" and computed in CASES:
            expected = CASES[computed], "computed", ""
        elif published:
            expected = IN_PART, "published", ""
        elif subset and kind != "archive":
            expected = OPEN, "subset", ""
        else:
            expected = UNTESTED, "", "archive"
        assert decide(kind, "archive", outcomes) == expected

    @pytest.mark.parametrize("kind", EDITIONS)
    def test_what_the_archive_could_decide_comes_from_nowhere_else(self, kind: str) -> None:
        found = decide(kind, "elsewhere", {"computed": None})
        assert found == ((UNTESTED, "", "archive") if kind == "archive" else (ELSEWHERE, "external", ""))
        assert decide(kind, "elsewhere", {}) == (ELSEWHERE, "external", "")

    @pytest.mark.parametrize("reason", REASONS)
    def test_reasons(self, reason: str) -> None:
        assert decide("published", reason, {}) == (UNTESTED, "", reason)

    @pytest.mark.parametrize(
        ("verdicts", "expected"),
        [
            ([HOLDS], HOLDS), ([HOLDS, HOLDS], HOLDS), ([HOLDS, NOT], IN_PART), ([HOLDS, UNTESTED], IN_PART),
            ([IN_PART, UNTESTED], IN_PART), ([NOT, UNTESTED], NOT), ([OPEN, UNTESTED], OPEN),
            ([ELSEWHERE, UNTESTED], ELSEWHERE), ([UNTESTED, UNTESTED], UNTESTED),
        ],
    )  # fmt: skip
    def test_a_claim_of_several_tests(self, verdicts: list[str], expected: str) -> None:
        assert whole(verdicts) == whole(verdicts[::-1]) == expected


class TestLedger:
    def test_all_claims_are_there_once_and_in_order(self, stated: dict) -> None:
        claims = read_claims(book_of(stated))
        assert [claim.id for claim in claims] == list(WITHOUT_ARCHIVE)
        several = {claim.id: [rule.id for rule in claim.rules] for claim in claims if len(claim.rules) > 1}
        assert several == {name: list(parts) for name, parts in PARTS.items()}

    def test_every_test_of_the_table_is_there(self, stated: dict) -> None:
        table = ROOT.parent / "shared/FINDINGS.md"
        if not table.is_file():
            pytest.skip("the table of definitions is not beside the project")
        rows = re.findall(r"^\| ([a-z0-9-]+) \| .*? \| (A|R|A, R) \|", table.read_text(encoding="utf-8"), re.MULTILINE)
        sources = {"A": "post", "R": "announcement", "A, R": "both"}
        ours = {rule.id: claim.source for claim in read_claims(book_of(stated)) for rule in claim.rules}
        assert ours == {name: sources[source] for name, source in rows}

    def test_the_words_are_in_order(self, counted: dict) -> None:
        assert claim_problems(book_of(counted))[0] == []

    def test_pages_figures_and_sources_are_there(self, stated: dict) -> None:
        published = read_published(CONTENT / "published")
        for claim in read_claims(book_of(stated)):
            assert claim.date == ("2025-12-23" if claim.source == "post" else "2025-12-20")
            for rule in claim.rules:
                assert not rule.finding or (CONTENT / f"findings/{rule.finding}.toml").is_file()
                assert not rule.figure or (QUERIES / f"{rule.figure}.sql").is_file()
                assert {*rule.known} <= published.tables.keys()
                assert bool(rule.written) == bool(rule.bases), "what decides was written on some day"
            assert {*claim.links} <= published.addresses.keys()
            assert not [name for name in claim.links if not published.addresses[name]["url"]]

    def test_every_outcome_of_every_test_is_tried(self, stated: dict) -> None:
        tried = {(name, verdict, "computed") for name, _, _, verdict in COMPUTED}
        tried |= {(name, verdict, "published") for name, _, _, verdict in PUBLISHED}
        known = {**WITHOUT_ARCHIVE, **{name: verdict for parts in PARTS.values() for name, verdict in parts.items()}}
        tried |= {(name, verdict, "published") for name, verdict in known.items()}
        book = book_of(stated)
        rules = [rule for claim in read_claims(book) for rule in claim.rules]
        due = {
            (rule.id, CASES[case], basis)
            for rule in rules
            for basis in rule.bases
            if basis in ("computed", "published")
            for case in book.cases(rule.id).sets[basis]
            if case in CASES
        }
        assert sorted(due - tried) == []

    def test_quotations_are_told_from_our_words(self, stated: dict) -> None:
        found = all_of(stated, "published")
        assert [name for name, claim in found.items() if bool(claim.quote) != bool(claim.english)] == []
        assert {name for name, claim in found.items() if not claim.quote and claim.source != "announcement"} == {
            "eleven"
        }


class TestVerdicts:
    @pytest.mark.parametrize("kind", EDITIONS)
    def test_without_an_archive(self, stated: dict, kind: str) -> None:
        found = all_of(stated, kind)
        # What is about something else, or about a part, decides nothing that the archive itself could.
        own = {"pop-temporary": "archive", "loud-energy": "archive"} if kind == "archive" else {}
        assert {name: called(claim) for name, claim in found.items()} == {**WITHOUT_ARCHIVE, **own}
        for name, parts in PARTS.items():
            assert {test.id: called(test) for test in found[name].tests} == parts
        assert not [name for name, claim in found.items() if claim.basis == "computed" or claim.is_illustration]

    def test_counts(self, stated: dict) -> None:
        tally = Tally(list(all_of(stated, "published").values()))
        data = tally.as_dict()
        assert data["counts"] == {HOLDS: 4, IN_PART: 4, OPEN: 2, NOT: 1, ELSEWHERE: 7, UNTESTED: 14}
        assert data["opinions"] == 1 and sum(data["counts"].values()) == tally.facts()["claims"] == 32
        assert tally.facts()["post_claims"] == 17 and tally.facts()["post_claims_elsewhere_or_open"] == 13
        assert Counter(claim.source for claim in tally.claims) == {"post": 15, "both": 3, "announcement": 15}

    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), COMPUTED)
    def test_computed(self, stated: dict, name: str, stem: str, changed: dict, verdict: str) -> None:
        found = one(with_facts(stated, stem, changed), name, "archive")
        assert (found.verdict, found.basis) == (verdict, "computed")

    @pytest.mark.parametrize(("name", "stem", "fact", "value", "error"), CHANCE)
    def test_chance_decides_nothing(
        self, stated: dict, name: str, stem: str, fact: str, value: float, error: float
    ) -> None:
        others = next(changed for test, _, changed, _ in COMPUTED if test == name)
        facts = with_facts(stated, stem, {**others, fact: value})
        facts[stem][f"{fact}_standard_error"] = error
        found = one(facts, name, "archive")
        assert found.basis != "computed" or found.verdict == UNTESTED
        assert called(found) in ("archive", HOLDS if name == "shorter" else "archive")
        assert "chance alone" in found.why
        facts[stem][f"{fact}_standard_error"] = 0.0
        assert one(facts, name, "archive").verdict != UNTESTED or value == 1.0

    @pytest.mark.parametrize(
        ("name", "stem", "changed"),
        [
            ("tracks-256m", "data", {"tracks": 50_000}),
            ("pop50", "long_tail", {"tracks_in": 50_000, "ge_50_count": 40}),
            ("top10k", "long_tail", {"tracks_in": 50_000, "ge_70_count": 2}),
            ("isrc-186m", "versions", {"tracks_in": 50_000, "recordings": 40_000}),
        ],
    )
    def test_a_part_of_the_archive_decides_no_count_of_the_whole(
        self, stated: dict, name: str, stem: str, changed: dict
    ) -> None:
        found = one(with_facts(stated, stem, changed), name, "archive")
        assert called(found) == WITHOUT_ARCHIVE[name]
        assert found.basis != "computed" or found.verdict == UNTESTED

    def test_flags_that_nobody_set_decide_nothing(self, stated: dict) -> None:
        facts = with_facts(stated, "explicit", {"explicit_tracks": 0, "explicit_share": 0.0})
        assert one(facts, "explicit-13", "archive").basis == "published"

    @pytest.mark.parametrize("kind", EDITIONS)
    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), PUBLISHED)
    def test_published(self, stated: dict, name: str, stem: str, changed: dict, verdict: str, kind: str) -> None:
        found = one(with_facts(stated, stem, changed), name, kind)
        assert (found.verdict, found.basis) == (verdict, "published")

    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), COMPUTED)
    def test_a_synthetic_edition_decides_and_shows_nothing(
        self, stated: dict, name: str, stem: str, changed: dict, verdict: str
    ) -> None:
        assert one(with_facts(stated, stem, changed), name, "synthetic") == one(stated, name, "synthetic")

    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), COMPUTED)
    def test_a_selection_illustrates_and_decides_nothing(
        self, stated: dict, name: str, stem: str, changed: dict, verdict: str
    ) -> None:
        facts = with_facts(stated, stem, changed)
        found, plain = one(facts, name, "selection"), one(stated, name, "selection")
        assert (found.verdict, found.reason) == (plain.verdict, plain.reason)
        seen = one(facts, name, "archive")
        if found.is_illustration:
            assert (found.verdict in (UNTESTED, ELSEWHERE), found.observed, found.basis) == (
                True,
                seen.observed,
                "computed",
            )
        elif found != plain:
            assert found.observed == plain.observed and "As an illustration" in found.why

    def test_values_are_shown_as_they_were_seen(self, stated: dict) -> None:
        found = all_of(stated, "published")
        expected = {"tail-70": "82.4%", "files-37": "33.6%", "pop50": "214,413", "minute-peaks": "—", "ai-share": "34%"}
        assert {name: found[name].observed for name in expected} == expected
        assert "(April 2025)" in found["ai-share"].why and found["coverage-999"].observed == "368,660,954"
        against = re.search(r"1960–64 .* by (\S+), against 1965–69 by (\S+)\.", found["shorter"].why)
        assert against.groups() == ("−3%", "+2%")


class TestUnknown:
    """Whatever is unknown, what is said is whole."""

    def losses(self, facts: dict) -> Iterator[set[tuple[str, str]]]:
        book, used = book_of(facts), set()
        for claim in read_claims(book):
            for name in dict.fromkeys((claim.id, *(rule.id for rule in claim.rules))):
                about = next((rule.about for rule in claim.rules if rule.id == name), "")
                named = [fact for _, choice in book.page(name).choices() for line in choice for fact, _ in line.facts]
                named += [fact for of in book.cases(name).sets for fact in book.cases(name).facts(of)]
                for fact in {*named} - {*WORDS}:
                    stem, _, own = fact.rpartition(".")
                    used.add((stem or about, own))
        every = sorted((stem, name) for stem, known in facts.items() for name in known)
        chosen = random.Random(1)
        yield from ({each} for each in sorted(used))
        yield from ({*chosen.sample(every, chosen.randint(2, len(every)))} for _ in range(40))
        yield {*every}

    def test_nothing_is_empty_or_left_hanging(self, stated: dict, tmp_path_factory: pytest.TempPathFactory) -> None:
        facts, store = stated, Store(tmp_path_factory.mktemp("kept"))
        for _, stem, changed, _ in COMPUTED:
            facts = with_facts(facts, stem, changed)
        for lost in self.losses(facts):
            known = {
                stem: {name: None if (stem, name) in lost else value for name, value in own.items()}
                for stem, own in facts.items()
            }
            book = Book(CONTENT, QUERIES, "en", {**known, SITE: {}}, store)
            claims = read_claims(book)
            for kind in EDITIONS:
                for claim in claims:
                    faults(judge(claim, book, kind))

    def test_nothing_known_says_why(self, counted: dict) -> None:
        nothing = {stem: dict.fromkeys(facts) for stem, facts in counted.items()}
        found = all_of(nothing, "archive")["pop50"]
        assert (found.verdict, found.observed) == (UNTESTED, "—")
        assert found.why.split(". ") == [
            "The published figure that would decide it is missing",
            "This edition of the archive lacks what the test needs, or holds too few rows of it.",
        ]

    def test_kept_judgements_are_the_same(self, stated: dict, tmp_path_factory: pytest.TempPathFactory) -> None:
        store = Store(tmp_path_factory.mktemp("kept"))
        plain = judged(CONTENT, QUERIES, AllFacts(stated), "published")
        for _ in range(2):
            assert judged(CONTENT, QUERIES, AllFacts(stated), "published", store) == plain


class TestLimits:
    def test_the_words_of_pages_have_the_same_limits(self) -> None:
        phrases = (CONTENT / "en/definitions.toml").read_text(encoding="utf-8")
        for number in (FEWEST_AROUND_MINUTE, FEWEST_IN_YEAR, FEWEST_IN_GROUP):
            assert f'"{number:,} tracks or more"' in phrases
        assert STANDARD_ERRORS == 2 and '"two standard errors"' in phrases
