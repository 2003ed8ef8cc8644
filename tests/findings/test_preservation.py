"""Files by status, and the announcement's arithmetic, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive, track_id


def test_status_by_tier(say) -> None:
    archive = Archive(
        tracks=[{"popularity": 0}, {"popularity": 0}, {"popularity": 60}],
        track_files=[
            {"status": "success"},
            {"status": "skipped_low_priority"},
            {"status": "success"},
            {"status": "eaten by moths", "track_id": track_id(9)},
        ],
    )
    said = say("preservation", archive)

    assert said.facts["listed_tracks"] == 3
    assert said.facts["success_share"] == 2 / 3
    assert {(row["popularity_tier"], row["status"]): row["status_share"] for row in said.rows["by_tier"]} == {
        ("0", "success"): 0.5,
        ("0", "skipped_low_priority"): 0.5,
        ("50–69", "success"): 1,
    }


def test_wider_and_narrower_denominators(say) -> None:
    statuses = ("success", "skipped_isrc_has_download", "error_not_available", "todo_unk", "eaten by moths")
    archive = Archive(tracks=[{}] * 5, track_files=[{"status": status} for status in statuses])
    facts = say("preservation", archive).facts

    assert facts["success_share"] == 1 / 4
    assert facts["success_of_listed_share"] == 1 / 5
    assert facts["success_of_available_share"] == 1 / 3
    assert facts["success_or_copy_share"] == 2 / 4


def test_the_announced_share_against_its_own_numbers(say) -> None:
    said = say("preservation", Archive())
    shares = {row["denominator"]: row["published_share"] for row in said.rows["arithmetic"]}

    assert shares["announced"] == 0.37
    assert shares["of all tracks"] == pytest.approx(86_000_000 / 256_039_007)
    assert shares["of announced recordings"] == pytest.approx(86 / 186)
    assert said.facts["success_share"] is None
