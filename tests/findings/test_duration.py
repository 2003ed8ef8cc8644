"""Durations around the whole minutes, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive


def lasting(*durations_ms: int) -> Archive:
    return Archive(tracks=[{"duration_ms": duration_ms} for duration_ms in durations_ms])


def test_the_heaping_index_of_three_minutes(say) -> None:
    # Two tracks at each of the 16 seconds 3 to 10 away, five at 3:00 itself, and one at 2:58, which counts nowhere.
    around = [180 + sign * away for away in range(3, 11) for sign in (-1, 1)]
    durations = [second * 1000 for second in around * 2] + [180_000] * 5 + [178_000]
    facts = say("duration", lasting(*durations)).facts

    assert facts["index_180"] == pytest.approx(5 / 2)
    assert facts["index_120"] is None


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
