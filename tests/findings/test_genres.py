"""Genres of three artists, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive


@pytest.fixture(scope="module")
def said(say):
    return say(
        "genres",
        Archive(
            artists=[
                {"followers_total": 10, "popularity": 20},
                {"followers_total": 90, "popularity": 40},
                {"followers_total": 100, "popularity": 60},
                {"followers_total": 0},
            ],
            artist_genres=[
                {"artist_rowid": 1, "genre": "polka"},
                {"artist_rowid": 2, "genre": "polka"},
                {"artist_rowid": 2, "genre": "opera"},
                {"artist_rowid": 2, "genre": "opera"},
            ],
            tracks=[{}] * 4,
            track_artists=[
                {"track_rowid": 1, "artist_rowid": 1},
                {"track_rowid": 1, "artist_rowid": 2},
                {"track_rowid": 2, "artist_rowid": 2},
                {"track_rowid": 3, "artist_rowid": 3},
            ],
        ),
    )


def test_coverage(said) -> None:
    assert said.facts["genre_count"] == 2
    assert said.facts["artists_without_genre_share"] == 2 / 4
    # The third track's artist has none, the fourth track has no artist.
    assert said.facts["tracks_without_genre_share"] == 2 / 4
    assert said.facts["followers_without_genre_share"] == 100 / 200


def test_an_artist_counts_once_in_each_of_its_genres(said) -> None:
    counts = {row["genre"]: row["computed_count"] for row in said.rows["by_artists"] if row["computed_count"]}

    assert counts == {"polka": 2, "opera": 1}


def test_a_track_counts_once_in_each_genre_of_its_artists(said) -> None:
    counts = {row["genre"]: row["computed_count"] for row in said.rows["by_tracks"] if row["computed_count"]}

    assert counts == {"polka": 2, "opera": 2}


def test_the_ranks_of_opera_by_each_count(said) -> None:
    """By tracks it is level with polka, and its name comes first; two genres fill no first ten."""
    facts = said.facts

    assert [facts[f"opera_rank_by_{counted}"] for counted in ("artists", "tracks", "followers")] == [2, 1, 2]
    assert (facts["opera_first_ten_count"], facts["ranking_count"]) == (3, 3)
    assert (facts["first_ten_by_any_count"], facts["genres_in_no_first_ten"]) == (2, 0)
    assert (facts["published_opera_rank_by_artists"], facts["published_opera_rank_by_tracks"]) == (1, 4)


def test_a_tie_has_no_first(said) -> None:
    assert said.facts["first_by_artists"] == "polka"
    assert said.facts["first_by_tracks"] is None


def test_followers_by_genre(said) -> None:
    assert {row["genre"]: row["followers_count"] for row in said.rows["by_followers"]} == {"polka": 100, "opera": 90}


def test_the_median_popularity_of_a_genres_artists(said) -> None:
    assert {row["genre"]: row["median_popularity"] for row in said.rows["popularity"]} == {"polka": 20, "opera": 40}


def test_published_counts_stand_beside_the_computed(said) -> None:
    (opera,) = [row for row in said.rows["by_artists"] if row["genre"] == "opera"]

    assert opera["published_count"] == 22_822


def test_more_than_a_thousand_genres_are_counted_as_many_as_they_are(say) -> None:
    genres = [{"artist_rowid": 1 + n % 2, "genre": f"genre {n:04}"} for n in range(1_100)] + [
        {"artist_rowid": n, "genre": "other"} for n in (1, 2)
    ]
    archive = Archive(artists=[{"popularity": 7}, {"popularity": 9}], artist_genres=genres)
    said = say("genres", archive)
    assert said.facts["genre_count"] == 1_101
    # A genre of that name is one as any other.
    assert "other" in {row["genre"] for row in said.rows["by_artists"]}
    assert said.facts["first_by_artists"] == "other"
    assert say("data", archive).facts["distinct_genres"] == 1_101


def test_genres_that_tie_have_one_rank(said) -> None:
    ranks = {(row["counted"], row["genre"]): row["genre_rank"] for row in said.rows["ranks"]}

    assert ranks == {
        ("artists", "polka"): 1, ("artists", "opera"): 2, ("tracks", "opera"): 1, ("tracks", "polka"): 1,
        ("followers", "polka"): 1, ("followers", "opera"): 2,
    }  # fmt: skip
    assert (said.facts["first_by_tracks"], said.facts["opera_rank_by_tracks"]) == (None, 1)


def test_of_many_that_tie_ten_are_shown(say) -> None:
    genres = [{"artist_rowid": 1, "genre": f"genre {n:02}"} for n in range(30)]
    said = say("genres", Archive(artist_genres=genres))

    assert {row["genre"] for row in said.rows["ranks"]} == {f"genre {n:02}" for n in range(10)}
    assert {row["genre_rank"] for row in said.rows["ranks"]} == {1}
    assert (said.facts["first_by_artists"], said.facts["highest_median_genre"]) == (None, None)
