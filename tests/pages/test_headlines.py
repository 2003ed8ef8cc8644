"""Headlines are chosen by facts: with facts that say the opposite, the page does, too; unknown, it asserts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

import pytest
from building import ROOT

from report.claims.tally import no_facts
from report.pages.placed import OF_FINDINGS
from report.writing.book import Book
from report.writing.voice import Voice, say_blocks

CONTENT = ROOT / "content"
WRITTEN = sorted(path.stem for path in (CONTENT / "en/findings").glob("*.md"))
STEMS = sorted({*WRITTEN, *(path.stem for path in (CONTENT / "findings").glob("*.md"))})
STATED = re.compile(r"published_|announced_|in_\w+_2025|(before|after)_end_")
LINES = ("title", "summary", "listing")
# What a headline says of numbers, and must not say where none is known.
ASSERTS = re.compile(
    r"\b(majority|more than|younger|older|closer|further|crowd at|fallen|shorter|less|rises?|falls?|\d+(\.\d+)?%)\b"
)


@dataclass
class Read:
    """The words of a page: its headlines by name, and titles by figure."""

    lines: dict[str, str]
    figures: dict[str, str] = field(default_factory=dict)
    text: str = ""


def given_facts(stem: str) -> list[str]:
    """The facts that facts.sql gives, without asking it."""
    text = (ROOT / f"queries/{stem}/facts.sql").read_text()
    _, _, last = text.rpartition("\nselect\n")
    chosen = last.partition("\nfrom ")[0]
    for part in re.findall(r"(\w+)\.\*", chosen):
        chosen += "\n" + text.partition(f"\n{part} as (\n")[2].partition("\n    from ")[0]
    return re.findall(r"(\w+),?$", chosen, re.MULTILINE)


def read(stem: str, kind: str = "archive", **facts: object) -> Read:
    """A finding's page over these facts; every other fact that it names is unknown."""
    names = dict.fromkeys(given_facts(stem))
    assert facts.keys() <= names.keys(), facts.keys() - names.keys()
    certain = {name: 0.0 for name in names if name.removesuffix("_standard_error") in facts.keys() - {name}}
    every = {**{each: dict.fromkeys(given_facts(each)) for each in STEMS}, stem: {**names, **certain, **facts}}
    book = Book(CONTENT, ROOT / "queries", "en", {**every, "totals": {"tracks": None}, "site": SITE})
    page, words = book.page(stem), book.figures(stem)
    placed = [block.name for block in page.blocks if block.kind == "figure"]
    voice = Voice(book.language, book.ground(kind), stem, {name: at for at, name in enumerate(placed, 1)})
    found = Read({key: unescape(voice.slot(page, key)) for key in LINES})
    found.figures = {f"{stem}/{name}": unescape(voice.slot(words, f"{name}.title")) for name in placed}
    found.text = " ".join(unescape(text) for said in say_blocks(page, voice) for text in said.texts)
    return found


def front(kind: str = "archive", **facts: object) -> Read:
    """The front page over the facts of claims and findings that are given; all others are unknown."""
    values = {stem: dict.fromkeys(given_facts(stem)) for stem in STEMS}
    site = dict.fromkeys((*SITE, *no_facts(), *OF_FINDINGS, "observed", "observed_of"))
    for name, value in facts.items():
        stem, _, own = name.rpartition("__")
        (values[stem] if stem else site)[own] = value
    totals = dict.fromkeys(("tracks", "albums", "artists"))
    book = Book(CONTENT, ROOT / "queries", "en", {**values, "totals": totals, "site": site})
    voice, page, figures = Voice(book.language, book.ground(kind), "site"), book.page("index"), book.figures("index")
    found = Read({key: unescape(voice.slot(page, key)) for key in ("title", "subtitle")})
    found.figures = {"duration/by_year": unescape(voice.slot(figures, "duration/by_year.title"))}
    found.text = " ".join(unescape(text) for each in say_blocks(page, voice) for text in each.texts)
    return found


def peaks(over: int, under: int) -> dict[str, int]:
    return {"minutes_over_threshold": over, "minutes_under_threshold": under}


def ages(popular: float, all_tracks: float) -> dict[str, float]:
    return {"grouped_median_age_ge_50_years": popular, "grouped_median_age_years": all_tracks}


# What several cases start from.
SITE = dict.fromkeys(
    (
        "as_of",
        "partial_year",
        "partial_decade",
        "fetch_days",
        "fetched_first",
        "fetched_median",
        "fetched_last",
        "is_part",
        "flipped_count",
    )
)
EARLY_AND_LATE = {"early_years": 5, "late_years": 5}
FLAGGED = {"explicit_share": 0.6, "explicit_tracks": 5}
SPREADS = {"popular_middle_spread": 0.3, "middle_spread": 0.2}
VALENCES = {"popular_valence": 0.5, "rest_valence": 0.4}
# finding, where, facts, and what is said there: on one side, on the other, and on the edge.
FLIPS = [
    ("long_tail", "title", {"below_10_share": 0.951}, "Nineteen tracks in twenty score below 10 out of 100"),
    ("long_tail", "title", {"below_10_share": 0.3}, "30.0% of tracks score below 10 out of 100"),
    ("long_tail", "title", {"published_below_10_share": 0.955}, "95.5% of tracks score below 10 out of 100"),
    ("long_tail", "listing", {"below_10_share": 0.3, "ge_50_share": 0.2},
     "30.0% of tracks score below 10 out of 100; 20.0% score 50"),
    ("long_tail", "summary", {"ge_50_count": 40, "tracks": 4000, "tracks_per_ge_50_track": 100},
     "40 are at 50 or more, one in 100."),
    ("long_tail", "summary", {"ge_50_count": 3000, "tracks": 4000}, "3,000 are at 50 or more. How many"),
    ("long_tail", "popularity", {"zero_share": 0.7}, "Most tracks, 70.0%, stand at 0"),
    ("long_tail", "popularity", {"zero_share": 0.5}, "50.0% of tracks stand at 0"),
    ("long_tail", "lorenz", {"gini_followers_difference": 0.1}, "Followers are spread more unequally"),
    ("long_tail", "lorenz", {"gini_followers_difference": -0.1}, "Popularity is spread more unequally"),
    ("duration", "title", peaks(3, 0), "Tracks crowd at 2:00, 3:00 and 4:00"),
    ("duration", "title", peaks(1, 0), "Tracks crowd at one of the minutes"),
    ("duration", "title", peaks(0, 3), "Tracks do not crowd at"),
    ("duration", "title", peaks(0, 2),
     "Tracks at 2:00, 3:00 and 4:00, and in the seconds around them"),
    ("duration", "title", {"published_mean_change": 0.03}, "no shorter than those dated 2010"),
    ("duration", "title", {"published_mean_change": -0.23}, "23% shorter than those dated 2010"),
    ("duration", "summary", {"index_180": 0.9}, "At 3:00 there are 0.90 tracks for each one"),
    ("duration", "listing", {"index_180": 0.9, "index_120": 1.2, "index_240": 1.0},
     "1.20 at 2:00, 0.90 at 3:00 and 1.00 at 4:00"),
    ("duration", "histogram", {"index_180": 1.2}, "Lengths have a peak at 3:00"),
    ("duration", "histogram", {"index_180": 1.09}, "Lengths have no clear peak at 3:00"),
    ("duration", "histogram", {"index_180": 1.2, "index_180_standard_error": 0.06}, "Tracks at each second"),
    ("duration", "heaping", peaks(3, 0), "The index reaches 1.10 at 2:00, 3:00 and 4:00"),
    ("duration", "heaping", peaks(0, 3), "The index reaches 1.10 at none of"),
    ("duration", "heaping_by_year", {"heaping_first_year": 1990, "heaping_years_over_threshold": 9,
        "heaping_year_count": 9}, "in every full year"),
    ("duration", "heaping_by_year", {"heaping_first_year": 1990, "heaping_years_over_threshold": 0,
        "heaping_year_count": 9}, "in no full year"),
    ("duration", "heaping_by_year", {"heaping_first_year": 1990, "heaping_years_over_threshold": 4,
        "heaping_year_count": 9}, "in 4 of 9 full years"),
    ("duration", "by_year", {"median_change_since_peak": -0.2, "peak_median_s": 240, "peak_median_year": 1990,
        "latest_median_s": 190, "latest_median_year": 2024}, "has fallen from 4:00 (1990) to 3:10 (2024)"),
    ("duration", "by_year", {"median_change_since_peak": -0.2, "median_change_since_peak_standard_error": 0.1,
        "peak_median_s": 240, "peak_median_year": 1990, "latest_median_s": 190, "latest_median_year": 2024},
     "Median length 4:00 for tracks dated 1990, 3:10 for 2024"),
    ("mood", "title", {"danceable_major_share": 0.501}, "50.1% of the music: a majority"),
    ("mood", "title", {"danceable_major_share": 0.49}, "49.0% of the music, not a majority"),
    ("mood", "summary", {"danceable_major_share": 0.5, "independent_danceable_major_share": 0.31},
     "the share would be 31.0%"),
    ("mood", "listing", {"danceable_major_share": 0.2, "independent_danceable_major_share": 0.3},
     "20.0% of music-like tracks are both"),
    ("mood", "danceability_by_mode", {"danceable_by_mode_difference": 0.1},
     "more often than those in minor"),
    ("mood", "danceability_by_mode", {"danceable_by_mode_difference": -0.1},
     "less often than those in minor"),
    ("mood", "danceability_by_mode",
     {"danceable_by_mode_difference": 0.1, "danceable_by_mode_difference_standard_error": 0.06},
     "Danceability of tracks in major and in minor"),
    ("mood", "danceable_major_by_tier", {"tiers_over_half_count": 0, "tier_count": 6, "lowest_tier": "0"},
     "pass one half in none of six"),
    ("mood", "danceable_major_by_tier", {"tiers_over_half_count": 4, "tier_count": 6, "lowest_tier": "0"},
     "pass one half in four of six"),
    ("mood", "popular_and_rest", {**VALENCES, "popular_valence_difference": 0.06}, "are more positive than"),
    ("mood", "popular_and_rest", {**VALENCES, "popular_valence_difference": 0.01}, "are hardly more positive than"),
    ("mood", "popular_and_rest", {**VALENCES, "popular_valence_difference": -0.2}, "are less positive than"),
    ("sound", "title", {"loudness_energy_correlation": 0.7, "tempo_mean": 118}, "Loud tracks are energetic ones"),
    ("sound", "title", {"loudness_energy_correlation": 0.4, "tempo_mean": 118}, "go together, but loosely"),
    ("sound", "title", {"loudness_energy_correlation": -0.7, "tempo_mean": 90},
     "do not go together; the mean tempo is 90"),
    ("sound", "summary", {"loudness_energy_correlation": -0.7, "tempo_within_1_sd_share": 0.5},
     "correlate at −0.70. 50.0% of tempi"),
    ("sound", "listing", {"loudness_energy_correlation": -0.7, "tempo_mean": 90}, "the mean tempo is 90.0 beats"),
    ("sound", "tempo", {"tempo_peak_bpm": 120, "round_tempo_ratio": 1.2}, "round tempi are over-full"),
    ("sound", "tempo", {"tempo_peak_bpm": 120, "round_tempo_ratio": 1.0}, "Tempo is most often 120 BPM$"),
    ("sound", "loudness_energy", {"loudness_energy_correlation": 0.7}, "Louder tracks score higher on energy"),
    ("sound", "loudness_energy", {"loudness_energy_correlation": 0.0}, "do not go together"),
    ("releases", "title", {"since_2020_share": 0.765}, "More than three albums in four are dated 2020"),
    ("releases", "title", {"since_2020_share": 0.2}, "20.0% of albums are dated 2020 or later"),
    ("releases", "summary", {"doubling_years": 3.1}, "doubled every 3.1 years"),
    ("releases", "summary", {"doubling_years": -3.1}, "fell from 2015 to 2024"),
    ("releases", "listing", {"albums_2015": 9000, "albums_2024": 800},
     "9,000 albums are dated 2015 and 800 are dated 2024"),
    ("releases", "albums_by_size", {"one_track_album_share": 0.51}, "More than half of all releases hold one track"),
    ("releases", "albums_by_size", {"one_track_album_share": 0.5}, "50.0% of releases hold one track"),
    ("popularity", "title", {**ages(2, 6), "ge_50_age_ratio": 0.3}, "tracks are younger: a median of 2.0 years"),
    ("popularity", "title", {**ages(3, 3), "ge_50_age_ratio": 0.9, "ge_50_age_ratio_standard_error": 0.06},
     "Median age of popular tracks 3.0 years, of all tracks 3.0"),
    ("popularity", "title", {**ages(9, 6), "ge_50_age_ratio": 1.5}, "Popular tracks are older"),
    ("popularity", "summary", {"ge_50_up_to_one_year_share": 0.1, "up_to_one_year_share": 0.4}, "10.0% are dated to"),
    ("popularity", "listing", ages(9, 6), "is 9.0 years, of all tracks 6.0"),
    ("similarity", "title", {"tested_ratio": 0.9, "tested_change": -0.1}, "10.0% closer in sound"),
    ("similarity", "title", {"tested_ratio": 1.1, "tested_change": 0.1}, "10.0% further apart in sound"),
    ("similarity", "title", {"tested_ratio": 1.0, "tested_change": 0.0}, "as far apart in sound"),
    ("similarity", "title", {"dispersion_ratio": 0.9, "early_years": 4, "late_years": 5},
     "How far apart two tracks of a year are"),
    ("similarity", "listing", {"tested_ratio": 1.1}, "is 1.10 times that of 2000 to 2004"),
    ("similarity", "features", {**EARLY_AND_LATE, "narrower_feature_count": 0,
        "compared_feature_count": 8}, "Of eight features none vary less"),
    ("similarity", "features", {**EARLY_AND_LATE, "narrower_feature_count": 7,
        "compared_feature_count": 8}, "Seven of eight features vary less"),
    ("ai_flood", "growth", {"latest_growth_year": 2024, "latest_growth": -0.3}, "against the year before: −30%"),
    ("ai_flood", "growth", {"latest_growth_year": 2024, "latest_growth": 0.3}, "against the year before: +30%"),
    ("ai_flood", "summary", {"in_november_2025_share": 0.34}, "The 34% in the article is about deliveries to Deezer"),
    ("ai_flood", "listing", {"before_end_share": 0.18, "after_end_share": 0.28,
        "before_end_month": "2025-04-01", "after_end_month": "2025-09-01"}, "18% in April 2025 and 28% in September"),
    ("heritage", "title", {"before_2000_share": 0.1, "before_2000_ge_50_share": 0.3},
     "10.0% of tracks are dated before 2000, and 30.0% of the popular"),
    ("heritage", "title", {"before_2000_share": 0.7, "before_2000_ge_50_share": 0.2},
     "70.0% of tracks are dated before 2000, and 20.0%"),
    ("heritage", "summary", {"before_1980_share": 0.4}, "40.0% of tracks are dated before 1980"),
    ("heritage", "listing", {"before_2000_share": 0.7, "before_1980_share": 0.4},
     "70.0% of tracks are dated before 2000, 40.0%"),
    ("versions", "title", {"tracks_per_recording": 2, "recordings": 1000, "tracks": 2000},
     "2,000 tracks are 1,000 recordings"),
    ("versions", "title", {"tracks_per_recording": 1, "recordings": 2000, "tracks": 2000},
     "2,000 tracks are 2,000 recordings"),
    ("versions", "summary", {"tracks_per_recording": 1}, "That is 1.00 tracks for each recording"),
    ("versions", "listing", {"tracks_per_recording": 1, "surplus_track_share": 0}, "0% of tracks repeat a recording"),
    ("genres", "title", {"first_by_artists": "opera", "first_by_tracks": "opera"},
     "“opera” comes first, by artists and by tracks"),
    ("genres", "title", {"first_by_artists": "opera", "first_by_tracks": "pop"},
     "By artists “opera” comes first, by tracks “pop”"),
    ("genres", "summary", {"artists_without_genre_share": 0.2, "first_by_artists": "a", "first_by_tracks": "b"},
     "depends on what is counted"),
    ("genres", "summary", {"artists_without_genre_share": 0.2, "first_by_artists": "a", "first_by_tracks": "a"},
     "20.0% of artists have none. The same genre comes first by artists and by tracks.$"),
    ("genres", "listing", {"first_by_artists": "pop", "first_by_tracks": "rock", "largest_genre_artists": 9,
        "artists_without_genre_share": 0.2}, "“pop” has the most artists"),
    ("genres", "ranks", {"ranking_count": 3, "first_ten_by_all_count": 0}, "No genre is among the first ten"),
    ("genres", "ranks", {"ranking_count": 3, "first_ten_by_all_count": 1}, "One genre is among the first ten"),
    ("genres", "ranks", {"ranking_count": 2, "first_ten_by_all_count": 1},
     "One genre is among the first ten by artists and by tracks$"),
    ("markets", "title", {"ge_180_markets_share": 0.1, "available_tracks": 5, "no_market_share": 0.8},
     "10.0% of tracks can be heard in 180 markets or more, 80.0% in none"),
    ("markets", "listing", {"one_market_share": 0.6, "no_market_share": 0.1, "available_tracks": 5},
     "10.0% of tracks can be heard in no market, 60.0% in one"),
    ("markets", "summary", {"share_spread": 0.5, "median_share": 0.4},
     "40.0%; the best and the least served are 50.0 percentage points apart"),
    ("markets", "by_market", {**SPREADS, "middle_spread_difference": 0.1}, "availability is less even"),
    ("markets", "by_market", {**SPREADS, "middle_spread_difference": -0.1}, "availability is more even"),
    ("markets", "by_market", {**SPREADS, "middle_spread_difference": 0.1,
        "middle_spread_difference_standard_error": 0.06},
     "Shares of popular and of all tracks"),
    ("explicit", "title", {**FLAGGED}, "60.0% of tracks are flagged explicit"),
    ("explicit", "summary", {**FLAGGED, "in_2015_share": 0.3, "in_2024_share": 0.1},
     "dated 2015 it is 30.0%, of those dated 2024 10.0%"),
    ("explicit", "listing", {**FLAGGED}, "60.00% of tracks are flagged explicit"),
    ("explicit", "by_decade_and_tier", {**FLAGGED, "decade_count": 6, "decades_popular_higher_count": 0},
     "more often in none of six decades"),
    ("explicit", "by_decade_and_tier", {**FLAGGED, "decade_count": 1, "decades_popular_higher_count": 1},
     "more often in the one decade"),
    ("explicit", "by_decade_and_tier", {**FLAGGED, "decade_count": 1, "decades_popular_higher_count": 0},
     "Tracks flagged explicit, by decade and popularity"),
    ("labels", "title", {"top_10_share": 0.9, "label_count": 400}, "Ten label names stand on 90.0% of tracks"),
    ("labels", "title", {"top_10_share": 1, "label_count": 4}, "Label names are strings, not companies"),
    ("labels", "summary", {"top_100_share": 0.2, "label_count": 40000}, "a hundred of them stand on 20.0% of tracks"),
    ("labels", "listing", {"top_10_share": 0.1, "top_100_share": 0.2, "label_count": 40000},
     "stand on 10.0% of tracks, the hundred commonest on 20.0%"),
    ("labels", "hhi", {"latest_year": 2024, "latest_even_label_count": 1}, "as if 1 name held them all"),
    ("labels", "hhi", {"latest_year": 2024, "latest_even_label_count": 1000}, "as if 1,000 names shared them evenly"),
    ("playlists", "title", {"no_playlist_share": 0.01}, "1.0% of tracks are on no playlist"),
    ("playlists", "summary", {"no_playlist_share": 0.01, "popularity_0_no_playlist_share": 0.1,
        "ge_50_no_playlist_share": 0.9}, "At popularity 0 the share on no playlist is 10.0%, at 50 or more 90.0%"),
    ("playlists", "listing", {"no_playlist_share": 0.01, "playlists": 5}, "1.0% of tracks are on none of 5 playlists"),
    ("preservation", "title", {"success_share": 0.9}, "90.0% of listed tracks are marked as preserved"),
    ("preservation", "title", {"announced_of_tracks_share": 0.336, "announced_share": 0.37,
        "announced_of_tracks_difference": -0.034}, "33.6% of tracks, not 37%"),
    ("preservation", "title", {"announced_of_tracks_share": 0.37, "announced_share": 0.37,
        "announced_of_tracks_difference": 0.0}, "What the announced number of files is a share of"),
    ("preservation", "listing", {"success_share": 0.9}, "90.0% of listed tracks are marked as preserved"),
]  # fmt: skip


class TestFlips:
    @pytest.mark.parametrize(("stem", "where", "facts", "said"), FLIPS)
    def test_the_headline_says_what_the_facts_say(self, stem: str, where: str, facts: dict, said: str) -> None:
        page = read(stem, **facts)
        # A dollar sign stands for the end.
        words = f"{page.lines[where] if where in LINES else page.figures[f'{stem}/{where}']}$"
        assert said in words
        others = {other for name, place, _, other in FLIPS if (name, place) == (stem, where) and other not in said}
        assert [other for other in others if other in words and said not in other] == []

    def test_every_finding_is_turned(self) -> None:
        tried = {(stem, where) for stem, where, *_ in FLIPS}
        assert {stem for stem, _ in tried} == set(STEMS)
        assert {(stem, "listing") for stem in STEMS} <= tried
        # Whatever the facts, the data has no field for how a track was made.
        assert {stem for stem in STEMS if (stem, "title") not in tried} == {"ai_flood"}

    @pytest.mark.parametrize("kind", ["archive", "selection", "synthetic"])
    @pytest.mark.parametrize("stem", STEMS)
    def test_unknown_asserts_nothing(self, stem: str, kind: str) -> None:
        page = read(stem, kind)
        said = {**page.lines, **page.figures}
        assert {
            name: words for name, words in said.items() if ASSERTS.search(words) and "whether" not in words.lower()
        } == {}

    @pytest.mark.parametrize("kind", ["selection", "synthetic"])
    @pytest.mark.parametrize("stem", STEMS)
    def test_what_another_kind_computes_makes_no_headline(self, stem: str, kind: str) -> None:
        cases = [facts for name, _, facts, _ in FLIPS if name == stem and not STATED.search(" ".join(facts))]
        plain = read(stem, kind)
        for facts in cases:
            page = read(stem, kind, **facts)
            assert page.figures == plain.figures
            assert {**page.lines, "summary": ""} == {**plain.lines, "summary": ""}
            # A table’s summary may say that there is something to see.
            assert kind == "selection" or page.lines == plain.lines


# finding, facts, and what the page says of other definitions: that the answer survives, or that it does not.
SURVIVES, FAILS = "archive the answer survives", "archive the answer does not survive"
DEFINITIONS = [
    ("long_tail", {"below_10_share": 0.9, "recording_below_10_share": 0.8, "nonzero_below_10_share": 0.7}, SURVIVES),
    ("long_tail", {"below_10_share": 0.4, "recording_below_10_share": 0.4, "nonzero_below_10_share": 0.3}, SURVIVES),
    ("long_tail", {"below_10_share": 0.9, "recording_below_10_share": 0.8, "nonzero_below_10_share": 0.3}, FAILS),
    ("popularity", {"ge_50_age_ratio": 0.3, "ge_50_mean_age_ratio": 0.4}, "Both are under one half"),
    ("popularity", {"ge_50_age_ratio": 0.7, "ge_50_mean_age_ratio": 0.6}, "Neither is under one half"),
    ("popularity", {"ge_50_age_ratio": 0.3, "ge_50_mean_age_ratio": 0.6}, "One is under one half"),
    (
        "popularity",
        {"ge_50_age_ratio": 0.3, "ge_50_mean_age_ratio": 0.45, "ge_50_mean_age_ratio_standard_error": 0.03},
        "cannot be told from chance",
    ),
    (
        "long_tail",
        {
            "below_10_share": 0.9,
            "recording_below_10_share": 0.8,
            "nonzero_below_10_share": 0.52,
            "nonzero_below_10_share_standard_error": 0.02,
        },
        "cannot be told from chance",
    ),
    ("duration", {"definitions_compared_count": 3, "definitions_agreeing_count": 3}, SURVIVES),
    ("duration", {"definitions_compared_count": 3, "definitions_agreeing_count": 1}, FAILS),
    (
        "mood",
        {"major_share": 0.6, "major_share_all": 0.6, "danceable_major_share": 0.51, "danceable_major_share_all": 0.52},
        SURVIVES,
    ),
    (
        "mood",
        {"major_share": 0.6, "major_share_all": 0.6, "danceable_major_share": 0.51, "danceable_major_share_all": 0.49},
        FAILS,
    ),
    ("releases", {"since_2020_share": 0.8, "tracks_since_2020_share": 0.6}, SURVIVES),
    ("releases", {"since_2020_share": 0.8, "tracks_since_2020_share": 0.4}, FAILS),
    ("heritage", {"before_1980_ratio": 2, "before_2000_ratio": 1.5, "before_2020_ratio": 1.1}, SURVIVES),
    ("heritage", {"before_1980_ratio": 0.2, "before_2000_ratio": 0.5, "before_2020_ratio": 0.9}, SURVIVES),
    ("heritage", {"before_1980_ratio": 2, "before_2000_ratio": 1.5, "before_2020_ratio": 0.9}, FAILS),
    (
        "versions",
        {"surplus_track_share": 0.2, "same_duration_surplus_share": 0.15, "untimed_surplus_share": 0},
        SURVIVES,
    ),
    (
        "versions",
        {"surplus_track_share": 0.2, "same_duration_surplus_share": 0.05, "untimed_surplus_share": 0.01},
        FAILS,
    ),
    (
        "similarity",
        {"tested_ratio": 0.9, "same_mix_ratio": 0.9, "popular_ratio": 0.9},
        SURVIVES,
    ),
    (
        "similarity",
        {"tested_ratio": 0.9, "same_mix_ratio": 0.97, "popular_ratio": 0.9},
        FAILS,
    ),
    ("sound", {"tempo_mean": 118, "tempo_mean_found": 119}, SURVIVES),
    ("sound", {"tempo_mean": 114, "tempo_mean_found": 119}, FAILS),
]


class TestDefinitionChecks:
    @pytest.mark.parametrize(("stem", "facts", "said"), DEFINITIONS)
    def test_the_page_says_whether_the_answer_survives(self, stem: str, facts: dict, said: str) -> None:
        text = read(stem, **facts).text
        assert said in text
        assert [other for other in (SURVIVES, FAILS) if other != said and other in text] == []

    @pytest.mark.parametrize("stem", sorted({stem for stem, *_ in DEFINITIONS}))
    def test_unknown_it_says_neither(self, stem: str) -> None:
        text = read(stem).text
        assert SURVIVES not in text and FAILS not in text


class TestFrontPage:
    def test_the_headline_counts(self) -> None:
        counts = {"post_claims": 17, "post_claims_part": 2}
        one = front(**counts, post_claims_holds=1).lines["title"]
        other = front(**counts, post_claims_holds=0).lines["title"]
        assert "17 claims about the Spotify archive one holds and two hold in part" in one
        assert "17 claims about the Spotify archive none hold and two hold in part" in other

    def test_the_figure_says_what_it_shows(self) -> None:
        figures = front(duration__published_mean_2010_s=200, duration__published_mean_2024_s=250).figures
        assert figures["duration/by_year"] == "Tracks dated 2024 last 4:10 on average, those dated 2010 3:20"

    @pytest.mark.parametrize("kind", ["archive", "selection", "synthetic", "published"])
    def test_unknown_asserts_nothing(self, kind: str) -> None:
        page = front(kind)
        assert [words for words in (*page.figures.values(), *page.lines.values()) if ASSERTS.search(words)] == []
        assert "None" not in page.text and "—" not in page.text

    def test_it_says_what_each_kind_of_edition_rests_on(self) -> None:
        pages = {kind: front(kind).text for kind in ("archive", "selection", "synthetic", "published")}
        assert "We counted the archive" in pages["archive"]
        assert "a selection of tracks stands beside them" in pages["selection"]
        assert "on an invented archive" in pages["synthetic"]
        assert "We have not read the archive ourselves" in pages["published"]
