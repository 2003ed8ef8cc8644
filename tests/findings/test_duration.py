"""Durations around the whole minutes, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive


def lasting(*durations_ms: int) -> Archive:
    return Archive(tracks=[{"duration_ms": duration_ms} for duration_ms in durations_ms])


def test_the_heaping_index_of_three_minutes(say) -> None:
    # Ten tracks at each of the 16 seconds 3 to 10 away, 25 at 3:00 itself, and one at 2:58, which counts nowhere.
    around = [180 + sign * away for away in range(3, 11) for sign in (-1, 1)]
    durations = [second * 1000 for second in around * 10] + [180_000] * 25 + [178_000]
    facts = say("duration", lasting(*durations)).facts

    assert facts["index_180"] == pytest.approx(25 / 10)
    # Both counts vary by their roots, 5 of 25 and 12.65 of 160.
    assert facts["index_180_standard_error"] == pytest.approx(2.5 * (1 / 25 + 1 / 160) ** 0.5)
    assert facts["index_120"] is None
    assert facts["minutes_over_threshold"] is None
    assert facts["tracks_around_minutes"] == 0


@pytest.mark.parametrize(("at_each", "over", "under"), [(25, 3, 0), (15, 0, 0), (2, 0, 3)])
def test_a_minute_is_over_the_threshold_beyond_chance(say, at_each: int, over: int, under: int) -> None:
    # 160 tracks around each; the standard errors of 2.5, 1.5 and 0.2 are 0.54, 0.41 and 0.14.
    around = [60 * minute + sign * away for minute in (2, 3, 4) for away in range(3, 11) for sign in (-1, 1)]
    durations = around * 10 + [120, 180, 240] * at_each
    facts = say("duration", lasting(*[second * 1000 for second in durations])).facts

    assert facts["index_120"] == at_each / 10
    assert (facts["minutes_over_threshold"], facts["minutes_under_threshold"]) == (over, under)


def test_under_160_tracks_around_a_minute_there_is_no_index(say) -> None:
    around = [180 + sign * away for away in range(3, 11) for sign in (-1, 1)]
    facts = say("duration", lasting(*[second * 1000 for second in around * 9] + [180_000])).facts

    assert facts["index_180"] is None


def dated(*lasting_in: tuple[int, list[int]]) -> Archive:
    """Tracks of some lengths in seconds by release year."""
    tracks = [
        {"album_rowid": number, "duration_ms": second * 1000}
        for number, (_, seconds) in enumerate(lasting_in, 1)
        for second in seconds
    ]
    return Archive(albums=[{"release_date": str(year)} for year, _ in lasting_in], tracks=tracks)


def test_the_change_of_the_median_has_a_standard_error(say) -> None:
    # 1,600 tracks, so that a standard error is 20 places either way: those 780th and 820th last 180 and 220 s.
    early = [180] * 790 + [200] * 20 + [220] * 790
    facts = say("duration", dated((2012, early), (2022, [160] * 1000))).facts

    assert (facts["median_2010_to_2014_s"], facts["median_2020_to_2024_s"]) == (200, 160)
    assert facts["median_five_year_change"] == pytest.approx(-0.2)
    # 20 s of 200 s, and half a second of 160 s, which is as near as whole seconds tell.
    expected = 0.8 * ((20 / 200) ** 2 + (0.5 / 160) ** 2) ** 0.5
    assert facts["median_five_year_change_standard_error"] == pytest.approx(expected)


def test_a_median_of_under_1000_tracks_is_not_stated(say) -> None:
    facts = say("duration", dated((2012, [200] * 999), (2022, [160] * 1000))).facts

    assert facts["median_2010_to_2014_s"] is None
    assert facts["median_five_year_change"] is None
    assert (facts["tracks_from_2010_to_2014"], facts["tracks_from_2020_to_2024"]) == (999, 1000)


def test_the_index_of_other_choices_of_tracks(say) -> None:
    # Ten tracks at each second 3 to 10 away from 2:00, 3:00 and 4:00: 160 around each. At 3:00 there are 20, popular or
    # not, and at 4:00 another 20 that all are at popularity 0.
    around = [60 * minute + sign * away for minute in (2, 3, 4) for away in range(3, 11) for sign in (-1, 1)]
    durations = [(second, popularity) for second in around for popularity in [40] * 10]
    durations += [(180, 40)] * 20 + [(240, 0)] * 20 + [(120, 40)] * 10
    tracks = [{"duration_ms": second * 1000, "popularity": popularity} for second, popularity in durations]
    facts = say("duration", Archive(tracks=tracks, albums=[{"release_date": "2010"}])).facts

    assert [facts[f"index_{second}"] for second in (120, 180, 240)] == [1, 2, 2]
    assert [facts[f"ge_30_index_{second}"] for second in (120, 180, 240)] == [1, 2, 0]
    assert [facts[f"above_zero_index_{second}"] for second in (120, 180, 240)] == [1, 2, 0]
    # Of tracks dated 2020 or later there are too few.
    assert facts["since_2020_index_180"] is None
    assert (facts["definitions_compared_count"], facts["definitions_agreeing_count"]) == (2, 0)


def test_seconds_are_rounded_with_halves_up(say) -> None:
    rows = say("duration", lasting(179_499, 179_500, 180_499, 180_500)).rows["histogram"]
    counts = {row["duration_s"]: row["track_count"] for row in rows if row["track_count"]}

    assert counts == {179: 1, 180: 2, 181: 1}


def test_median_and_mean(say) -> None:
    facts = say("duration", lasting(100_000, 200_000, 201_000, 1_000_400)).facts

    # The middle two are 200 s and 201 s: 200.5, rounded up.
    assert facts["median_s"] == 201
    assert facts["mean_s"] == pytest.approx((100 + 200 + 201 + 1000.4) / 4)


def test_a_duration_of_zero_is_in_no_measure(say) -> None:
    facts = say("duration", lasting(0, 240_000, 240_000)).facts

    assert facts["tracks_in"] == 3
    assert facts["tracks_without_duration"] == 1
    assert facts["mean_s"] == 240


def test_whole_minutes_hold_every_track(say) -> None:
    rows = say("duration", lasting(59_499, 59_500, 239_000, 600_000, 5_000_000)).rows["by_minute"]
    counts = {row["duration_minute"]: row["computed_count"] for row in rows if row["computed_count"]}

    assert counts == {"0": 1, "1": 1, "3": 1, "10+": 2}
    assert sum(row["computed_share"] for row in rows) == pytest.approx(1)


def test_the_median_of_a_year_stands_beside_the_published_mean(say) -> None:
    tracks = [{"duration_ms": 150_000 + 1000 * number} for number in range(101)]
    rows = say("duration", Archive(tracks=tracks, albums=[{"release_date": "2010"}])).rows["by_year"]
    (year,) = [row for row in rows if row["release_year"] == 2010]

    assert year["median_s"] == 200
    assert year["mean_s"] == 200
    assert year["published_mean_s"] == 251.99
    assert year["track_count"] == 101
