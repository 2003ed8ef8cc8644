"""Albums of known years, types and artists, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive


def dated(*dates: str | None, **columns: object) -> Archive:
    return Archive(albums=[{"release_date": date, **columns} for date in dates])


def test_shares_are_of_albums_with_a_usable_year(say) -> None:
    facts = say("releases", dated("2019-12-31", "2020", "2024-05", "1899", "2026-01-01", "0000", "")).facts

    assert facts["albums_in"] == 7
    assert facts["albums_without_year"] == 4
    assert facts["since_2020_share"] == 2 / 3


def test_the_snapshots_own_year_is_the_last_usable_one(say) -> None:
    rows = say("releases", dated("2025-06-01", "2026")).rows["albums_by_year"]
    computed = {row["release_year"]: row["album_count"] for row in rows if row["album_count"]}

    assert computed == {2025: 1}
    assert [row["release_year"] for row in rows if row["is_partial"]] == [2025]


def test_tracks_on_singles(say) -> None:
    archive = Archive(
        albums=[{"album_type": "single"}, {"album_type": "album"}, {"album_type": "bootleg"}],
        tracks=[{"album_rowid": 1}, {"album_rowid": 2}, {"album_rowid": 2}, {"album_rowid": 2}, {"album_rowid": 3}],
    )
    facts = say("releases", archive).facts

    # The fifth track's album has no known type.
    assert facts["tracks_with_type"] == 4
    assert facts["single_track_share"] == 1 / 4


def test_doubling_time(say) -> None:
    # Eightfold in nine years: three doublings.
    facts = say("releases", dated(*["2015"] * 1, *["2024"] * 8)).facts

    assert facts["doubling_years"] == pytest.approx(3)


def test_releases_per_artist_count_own_albums_only(say) -> None:
    archive = Archive(
        albums=[{"release_date": "2020"}] * 3,
        artists=[{}, {}],
        artist_albums=[
            {"artist_rowid": 1, "album_rowid": 1},
            {"artist_rowid": 1, "album_rowid": 2},
            {"artist_rowid": 1, "album_rowid": 3, "is_appears_on": 1},
            {"artist_rowid": 2, "album_rowid": 3},
        ],
    )
    rows = say("releases", archive).rows["artists_by_releases"]

    assert [(row["release_year"], row["releases_band"], row["artist_count"]) for row in rows] == [
        (2020, "1", 1),
        (2020, "2–4", 1),
    ]


def test_an_album_of_two_artists_counts_once_among_the_prolific(say) -> None:
    count = 100
    archive = Archive(
        albums=[{"release_date": "2021"}] * count,
        artists=[{}, {}],
        artist_albums=[{"artist_rowid": 1, "album_rowid": album} for album in range(1, 51)]
        + [{"artist_rowid": 2, "album_rowid": album} for album in range(50, 60)],
    )
    rows = say("releases", archive).rows["prolific"]

    # 59 albums have an own artist: under the 100 that a year needs to be drawn.
    assert rows == []


def test_an_unknown_number_of_tracks_is_in_no_band(say) -> None:
    albums = [{"total_tracks": 1}, {"total_tracks": None}, {"total_tracks": 60}, {"total_tracks": 25}]
    rows = say("releases", Archive(albums=albums)).rows["albums_by_size"]

    assert {row["size_band"]: row["album_count"] for row in rows} == {"1": 1, "21–30": 1, "51+": 1}
