"""The ledger: every claim once, each test decides on each side, and what may not decide never does."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict

import pytest
from archives import Archive
from building import ROOT, writing_below

from report.cache.store import Store
from report.claims.expressions import CHANCE, Chance
from report.claims.verdicts import VERDICTS, Claim, decide, judge, judged, read_claims
from report.core.facts import AllFacts
from report.core.kinds import KINDS
from report.core.progress import Progress
from report.core.settings import read_settings
from report.pipeline import find_edition
from report.results.results import Results
from report.run import Run
from report.warehouse.published import read_published

HOLDS, IN_PART, NOT, ELSEWHERE, UNTESTED = VERDICTS
CONTENT = ROOT / "content"
CLAIMS = {claim.id: claim for claim in read_claims(CONTENT / "claims.toml")}
# Facts that are the same in every edition: somebody else counted or stated them.
STATED = re.compile(r"published_|announced_|outside_|in_(january|september|november)_2025|(before|after)_end_")

# The verdicts without an archive, by ../shared/FINDINGS.md.
WITHOUT_ARCHIVE = {
    "ai-share": ELSEWHERE, "ai-daily": ELSEWHERE, "ai-hits": ELSEWHERE, "landfill": UNTESTED, "tail-70": IN_PART,
    "loops": UNTESTED, "pop-temporary": IN_PART, "homogenised": UNTESTED, "minute-peaks": UNTESTED,
    "skip-button": UNTESTED, "shorter": HOLDS, "major-dance": IN_PART, "positivity": UNTESTED,
    "heritage-gap": IN_PART, "tracks-256m": HOLDS, "isrc-186m": UNTESTED, "files-37": NOT, "pop50": HOLDS,
    "top10k": HOLDS, "explicit-13": HOLDS, "tempo-120": IN_PART, "loud-energy": UNTESTED,
    "mostly-singles": UNTESTED, "opera-first": IN_PART, "flat-markets": UNTESTED, "coverage-999": UNTESTED,
}  # fmt: skip


def shape(mean: float, one: float, two: float) -> dict[str, float]:
    return {"tempo_mean": mean, "tempo_within_1_sd_share": one, "tempo_within_2_sd_share": two}


def peaks(two: float, three: float, four: float) -> dict[str, float]:
    return {"index_120": two, "index_180": three, "index_240": four}


def tail(zero: float, low: float) -> dict[str, float]:
    return {"zero_share": zero, "below_10_share": low}


def spread(main: float, same_mix: float, years: int = 5) -> dict[str, float]:
    return {"early_years": years, "late_years": 5, "dispersion_ratio": main, "same_mix_ratio": same_mix}


def mood(both: float, major: float, danceable: float) -> dict[str, float]:
    return {"danceable_major_share": both, "major_share": major, "danceable_share": danceable}


def valence(popular: float, since: float) -> dict[str, float]:
    return {"popular_valence_difference": popular, "valence_change_since_2015": since}


def firsts(artists: str, tracks: str, followers: str) -> dict[str, str]:
    return {"first_by_artists": artists, "first_by_tracks": tracks, "first_by_followers": followers}


def flat(all_tracks: float, popular: float) -> dict[str, float]:
    return {
        "middle_spread": all_tracks,
        "popular_middle_spread": popular,
        "middle_spread_difference": popular - all_tracks,
    }


def whole(**counts: int) -> dict[str, int]:
    return {"tracks_in": 256_039_007, **counts}


# claim, facts of one finding by hand, verdict: first in an edition of the archive …
COMPUTED = [
    ("tail-70", "long_tail", tail(0.70, 0.95), HOLDS),
    ("tail-70", "long_tail", tail(0.55, 0.95), IN_PART),
    ("tail-70", "long_tail", tail(0.55, 0.60), NOT),
    ("tail-70", "long_tail", tail(0.85, 0.95), NOT),
    ("pop-temporary", "popularity", {"ge_50_age_ratio": 0.49}, HOLDS),
    ("pop-temporary", "popularity", {"ge_50_age_ratio": 0.5}, IN_PART),
    ("pop-temporary", "popularity", {"ge_50_age_ratio": 1.0}, NOT),
    ("homogenised", "similarity", spread(0.94, 0.93), HOLDS),
    ("homogenised", "similarity", spread(0.94, 0.97), IN_PART),
    ("homogenised", "similarity", spread(0.97, 0.94), IN_PART),
    ("homogenised", "similarity", spread(0.96, 0.97), NOT),
    ("homogenised", "similarity", spread(1.04, 1.01), NOT),
    ("homogenised", "similarity", spread(0.94, 0.93, years=4), UNTESTED),
    ("minute-peaks", "duration", peaks(1.1, 1.1, 1.1), HOLDS),
    ("minute-peaks", "duration", peaks(1.0, 1.3, 1.2), IN_PART),
    ("minute-peaks", "duration", peaks(1.09, 1.05, 0.9), NOT),
    ("shorter", "duration", {"median_five_year_change": -0.1}, HOLDS),
    ("shorter", "duration", {"median_five_year_change": -0.05}, IN_PART),
    ("shorter", "duration", {"median_five_year_change": 0.02}, NOT),
    ("major-dance", "mood", mood(0.51, 0.62, 0.7), HOLDS),
    ("major-dance", "mood", mood(0.41, 0.62, 0.65), IN_PART),
    ("major-dance", "mood", mood(0.30, 0.62, 0.45), NOT),
    ("positivity", "mood", valence(0.05, 0.01), HOLDS),
    ("positivity", "mood", valence(0.06, -0.01), IN_PART),
    ("positivity", "mood", valence(0.01, 0.01), IN_PART),
    ("positivity", "mood", valence(-0.01, 0.0), NOT),
    ("heritage-gap", "releases", {"since_2020_share": 0.6}, IN_PART),
    ("heritage-gap", "releases", {"since_2020_share": 0.4}, NOT),
    ("tracks-256m", "data", {"tracks": 256_039_007}, HOLDS),
    ("tracks-256m", "data", {"tracks": 250_000_000}, NOT),
    ("isrc-186m", "versions", whole(recordings=185_000_000), HOLDS),
    ("isrc-186m", "versions", whole(recordings=190_000_000), NOT),
    ("pop50", "long_tail", whole(ge_50_count=214_413), HOLDS),
    ("pop50", "long_tail", whole(ge_50_count=190_000), NOT),
    ("top10k", "long_tail", whole(ge_70_count=10_000), HOLDS),
    ("top10k", "long_tail", whole(ge_70_count=9_999), NOT),
    ("explicit-13", "explicit", {"explicit_share": 0.1351}, HOLDS),
    ("explicit-13", "explicit", {"explicit_share": 0.14}, NOT),
    ("tempo-120", "sound", shape(118, 0.68, 0.95), HOLDS),
    ("tempo-120", "sound", shape(118, 0.60, 0.95), IN_PART),
    ("tempo-120", "sound", shape(110, 0.68, 0.95), NOT),
    ("loud-energy", "sound", {"loudness_energy_correlation": 0.6}, HOLDS),
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
    ("tail-70", "long_tail", {"published_below_10_share": 0.6}, NOT),
    ("shorter", "duration", {"published_five_year_change": -0.02}, IN_PART),
    ("shorter", "duration", {"published_five_year_change": 0.02}, NOT),
    ("major-dance", "mood", {"published_major_share": 0.45}, NOT),
    ("heritage-gap", "releases", {"published_since_2020_share": 0.45}, NOT),
    ("tracks-256m", "data", {"published_tracks": 200_000_000}, NOT),
    ("files-37", "preservation", {"announced_of_tracks_share": 0.37}, HOLDS),
    ("pop50", "long_tail", {"published_ge_50_count": 100_000}, NOT),
    ("top10k", "long_tail", {"published_ge_70_count": 9_000}, NOT),
    ("explicit-13", "explicit", {"published_explicit_share": 0.2}, NOT),
    ("tempo-120", "sound", {"published_tempo_mean": 100}, NOT),
    ("opera-first", "genres", {"published_first_by_artists": "rock"}, NOT),
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


def with_facts(facts: dict, stem: str, changed: dict) -> AllFacts:
    """Facts with some of one finding changed, as certain as if chance moved nothing."""
    assert changed.keys() <= facts[stem].keys()
    certain = {f"{name}_standard_error": 0.0 for name in changed if f"{name}_standard_error" in facts[stem]}
    return AllFacts({**facts, stem: {**facts[stem], **certain, **changed}})


def texts(claim: Claim, facts: AllFacts, kind: str) -> str:
    found = asdict(judge(claim, facts, kind))
    text = "\n".join(str(value) for value in found.values() if not isinstance(value, bool))
    for word in ("None", "nan", "undefined", "{{", "{%", "  "):
        assert word not in text, text
    assert found["why"].strip().endswith(".")
    return text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("computed", [None, HOLDS, NOT, CHANCE])
@pytest.mark.parametrize("published", [None, IN_PART])
@pytest.mark.parametrize("external", [None, NOT])
class TestRule:
    def test_figures(
        self, kind: str, computed: str | Chance | None, published: str | None, external: str | None
    ) -> None:
        outcomes = {"computed": computed, "published": published, "external": external}
        if kind == "archive" and computed not in (None, CHANCE):
            expected = computed, "computed"
        elif published:
            expected = published, "published"
        elif external and kind != "archive":
            expected = external, "external"
        else:
            expected = UNTESTED, ""
        assert decide(kind, "waiting", outcomes) == expected

    def test_figures_that_a_claim_lacks(
        self, kind: str, computed: str | Chance | None, published: str | None, external: str | None
    ) -> None:
        """Where the archive could not test it either, what is external decides."""
        expected = (published, "published") if published else (external, "external") if external else (UNTESTED, "")
        assert decide(kind, "waiting", {"published": published, "external": external}) == expected

    @pytest.mark.parametrize(
        ("nature", "expected"), [("elsewhere", (ELSEWHERE, "external")), ("untestable", (UNTESTED, ""))]
    )
    def test_by_nature(
        self, kind: str, computed: object, published: str | None, external: str | None, nature: str, expected: tuple
    ) -> None:
        outcomes = {"computed": computed, "published": published, "external": external}
        assert decide(kind, nature, outcomes) == expected


class TestLedger:
    def test_all_claims_are_there_once_and_in_order(self) -> None:
        assert list(CLAIMS) == list(WITHOUT_ARCHIVE)
        assert len(CLAIMS) == 26

    def test_who_said_it_is_as_the_table_of_definitions_has_it(self) -> None:
        """The table is of the ledger that is to come; what both have is from the same source."""
        table = ROOT.parent / "shared/FINDINGS.md"
        if not table.is_file():
            pytest.skip("the table of definitions is not beside the project")
        rows = re.findall(r"^\| ([a-z0-9-]+) \| .*? \| (A|R|A, R) \|", table.read_text(encoding="utf-8"), re.MULTILINE)
        sources = {name: {"A": "article", "R": "release"}.get(source, "both") for name, source in rows}
        ours = {name: claim.source for name, claim in CLAIMS.items() if name in sources}
        assert len(ours) >= 24
        assert ours == {name: sources[name] for name in ours}

    @pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
    def test_page_and_figure_are_there(self, claim: Claim) -> None:
        assert not claim.finding or list((CONTENT / "findings").glob(f"{claim.finding}.*"))
        assert not claim.figure or (ROOT / f"queries/{claim.figure}.sql").is_file()
        assert claim.date == ("2025-12-23" if claim.source == "article" else "2025-12-20")

    @pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
    def test_stated_figures_are_named_as_such(self, claim: Claim) -> None:
        parts = [evidence for basis, evidence in claim.evidence.items() if basis != "computed"]
        parts += [claim.sentence, *([claim.outside] if claim.outside else [])]
        assert [fact for part in parts for fact in part.facts if not STATED.match(fact[1])] == []

    def test_every_outcome_of_every_claim_is_tried(self) -> None:
        tried = {(name, verdict, "computed") for name, _, _, verdict in COMPUTED}
        tried |= {(name, verdict, "published") for name, _, _, verdict in PUBLISHED}
        tried |= {(name, verdict, "published") for name, verdict in WITHOUT_ARCHIVE.items()}
        due = {
            (claim.id, verdict, basis)
            for claim in CLAIMS.values()
            for basis, evidence in claim.evidence.items()
            for verdict in evidence.sentences
            if basis != "external"
        }
        assert sorted(due - tried) == []


# What the sentence says in each outcome of a count, and says in no other of the same claim.
SAID = {
    ("tail-70", HOLDS): "agrees with the estimate", ("tail-70", IN_PART): "Fewer tracks than that",
    ("tail-70", NOT): "the share is another",
    ("pop-temporary", HOLDS): "Popular tracks are new ones", ("pop-temporary", IN_PART): "not by as much",
    ("pop-temporary", NOT): "no newer than the rest",
    ("homogenised", HOLDS): "are more alike than", ("homogenised", IN_PART): "depends on the mix",
    ("homogenised", NOT): "far apart",
    ("minute-peaks", HOLDS): "All three whole minutes stand", ("minute-peaks", IN_PART): "Not all three",
    ("minute-peaks", NOT): "Not one of the three",
    ("shorter", HOLDS): "falls by as much", ("shorter", IN_PART): "but by less", ("shorter", NOT): "is not under",
    ("major-dance", HOLDS): "More than half are both", ("major-dance", IN_PART): "but fewer than half",
    ("major-dance", NOT): "not even each by itself",
    ("positivity", HOLDS): "and valence has risen", ("positivity", IN_PART): ", but ",
    ("positivity", NOT): "and valence has not risen",
    ("heritage-gap", IN_PART): "Most dated albums are new", ("heritage-gap", NOT): "Not more than half",
    ("tracks-256m", HOLDS): "agrees", ("tracks-256m", NOT): "another number",
    ("isrc-186m", HOLDS): "The count agrees", ("isrc-186m", NOT): "The count is another",
    ("files-37", HOLDS): "agree with each other", ("files-37", NOT): "Not as stated",
    ("pop50", HOLDS): "inside the tolerance", ("pop50", NOT): "outside the tolerance",
    ("top10k", HOLDS): "is among them", ("top10k", NOT): "is not among them",
    ("explicit-13", HOLDS): "The count agrees", ("explicit-13", NOT): "outside the tolerance",
    ("tempo-120", HOLDS): "near those of a normal curve", ("tempo-120", IN_PART): "not that of a normal curve",
    ("tempo-120", NOT): "outside the limits",
    ("loud-energy", HOLDS): "The two go together. ", ("loud-energy", IN_PART): "more loosely",
    ("loud-energy", NOT): "go opposite ways",
    ("mostly-singles", HOLDS): "Most tracks are on singles", ("mostly-singles", IN_PART): "but most songs are not",
    ("mostly-singles", NOT): "neither of the tracks nor",
    ("opera-first", HOLDS): "by artists, by tracks and by followers", ("opera-first", IN_PART): "By artists only",
    ("opera-first", NOT): "By artists “pop” comes first",
    ("flat-markets", HOLDS): "popular ones less so", ("flat-markets", IN_PART): "but",
    ("flat-markets", NOT): "no less evenly than all",
}  # fmt: skip


class TestSentences:
    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), [case for case in COMPUTED if case[3] != UNTESTED])
    def test_the_sentence_fits_the_verdict(
        self, stated: dict, name: str, stem: str, changed: dict, verdict: str
    ) -> None:
        why = judge(CLAIMS[name], with_facts(stated, stem, changed), "archive").why
        assert SAID[name, verdict] in why
        assert [
            said for (claim, other), said in SAID.items() if claim == name and other != verdict and said in why
        ] == []

    def test_in_part_says_which_part(self, stated: dict) -> None:
        def why(name: str, stem: str, changed: dict) -> str:
            return judge(CLAIMS[name], with_facts(stated, stem, changed), "archive").why

        assert "Popular tracks are more positive" in why("positivity", "mood", valence(0.06, -0.01))
        assert "Valence has risen" in why("positivity", "mood", valence(0.01, 0.01))
        assert "only without holding" in why("homogenised", "similarity", spread(0.94, 0.97))
        assert "only with holding" in why("homogenised", "similarity", spread(0.97, 0.94))
        assert "or further" in why("homogenised", "similarity", spread(1.04, 1.01))
        assert "not by as much" in why("homogenised", "similarity", spread(0.96, 0.97))
        assert "hardly go together" in why("loud-energy", "sound", {"loudness_energy_correlation": 0.1})
        assert "but so are popular ones" in why("flat-markets", "markets", flat(0.04, 0.04))
        assert "not spread evenly either" in why("flat-markets", "markets", flat(0.2, 0.3))


class TestVerdicts:
    @pytest.mark.parametrize("kind", KINDS)
    def test_without_an_archive(self, stated: dict, kind: str) -> None:
        found = judged(CONTENT, AllFacts(stated), kind)
        # What is about something else decides nothing that the archive itself could.
        own = {"pop-temporary": UNTESTED} if kind == "archive" else {}
        assert {claim.id: claim.verdict for claim in found} == {**WITHOUT_ARCHIVE, **own}
        assert Counter(WITHOUT_ARCHIVE.values()) == {HOLDS: 5, IN_PART: 6, NOT: 1, ELSEWHERE: 3, UNTESTED: 11}
        assert not [claim.id for claim in found if claim.basis == "computed" or claim.is_illustration]

    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), COMPUTED)
    def test_computed(self, stated: dict, name: str, stem: str, changed: dict, verdict: str) -> None:
        facts = with_facts(stated, stem, changed)
        found = judge(CLAIMS[name], facts, "archive")
        assert (found.verdict, found.basis) == (verdict, "" if verdict == UNTESTED else "computed")
        texts(CLAIMS[name], facts, "archive")

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
        found = judge(CLAIMS[name], with_facts(stated, stem, changed), "archive")
        assert (found.verdict, found.basis) == (WITHOUT_ARCHIVE[name], "" if name == "isrc-186m" else "published")

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), PUBLISHED)
    def test_published(self, stated: dict, name: str, stem: str, changed: dict, verdict: str, kind: str) -> None:
        facts = with_facts(stated, stem, changed)
        found = judge(CLAIMS[name], facts, kind)
        assert (found.verdict, found.basis) == (verdict, "published")
        texts(CLAIMS[name], facts, kind)

    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), COMPUTED)
    def test_a_synthetic_edition_decides_and_shows_nothing(
        self, stated: dict, name: str, stem: str, changed: dict, verdict: str
    ) -> None:
        plain = judged(CONTENT, AllFacts(stated), "synthetic")
        assert judged(CONTENT, with_facts(stated, stem, changed), "synthetic") == plain

    @pytest.mark.parametrize(("name", "stem", "changed", "verdict"), COMPUTED)
    def test_a_table_illustrates_and_decides_nothing(
        self, stated: dict, name: str, stem: str, changed: dict, verdict: str
    ) -> None:
        facts = with_facts(stated, stem, changed)
        found, plain = judge(CLAIMS[name], facts, "selection"), judge(CLAIMS[name], AllFacts(stated), "selection")
        assert found.verdict == plain.verdict == WITHOUT_ARCHIVE[name]
        seen = judge(CLAIMS[name], facts, "archive")
        if verdict == UNTESTED or seen.observed == "—":
            assert found == plain
        elif found.is_illustration:
            assert (found.verdict, found.observed, found.basis) == (UNTESTED, seen.observed, "computed")
            assert "selection of tracks" in found.why
        else:
            assert found.observed == plain.observed
            assert "selection of tracks" in found.why
            assert seen.observed in found.why
        texts(CLAIMS[name], facts, "selection")

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("value", ["counted", None, 0, 0.05, 0.5, 0.95, 1])
    def test_whatever_is_known_it_reads(self, counted: dict, kind: str, value: object) -> None:
        facts = counted
        if value != "counted":
            facts = {
                stem: {name: value if value is None or name.endswith("_share") else old for name, old in known.items()}
                for stem, known in counted.items()
            }
        for claim in CLAIMS.values():
            texts(claim, AllFacts(facts), kind)

    def test_nothing_known_says_why(self, counted: dict) -> None:
        nothing = AllFacts({stem: dict.fromkeys(facts) for stem, facts in counted.items()})
        found = {claim.id: claim for claim in judged(CONTENT, nothing, "archive")}
        assert found["pop50"].verdict == UNTESTED
        assert found["pop50"].observed == "—"
        assert found["pop50"].why.split(". ") == [
            "The published figure that would decide it is missing",
            "This edition of the archive lacks what the test needs, or holds too few rows of it.",
        ]

    def test_values_are_shown_as_they_were_seen(self, stated: dict) -> None:
        found = {claim.id: claim for claim in judged(CONTENT, AllFacts(stated), "synthetic")}
        expected = {"tail-70": "95.1%", "files-37": "33.6%", "pop50": "214,413", "minute-peaks": "—", "ai-share": "—"}
        assert {name: found[name].observed for name in expected} == expected
        assert found["files-37"].why == (
            "Not as stated: of the 186 million recordings announced it is 46.2%. "
            "What “songs” are the announcement does not define."
        )
        assert found["coverage-999"].basis == "external"
