"""`build.py say` and `build.py facts`, over an edition of two tracks."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, aggregated, settings_below

from report.cli import main


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options by which a command finds the edition."""
    folder: Path = tmp_path_factory.mktemp("words")
    aggregated(Archive(tracks=[{}, {}]).sqlite(folder / "archive"), "tiny", settings_below(folder))
    named = [part for name in ("editions", "cache") for part in (f"--{name}", str(folder / name))]
    return ["--edition", "tiny", *named]


def test_without_a_finding_all_words_are_checked(places: list[str], capsys: pytest.CaptureFixture) -> None:
    assert main(["say", *places], ROOT) == 0
    assert "pages are in order: " in capsys.readouterr().out


def test_every_case_is_said(places: list[str], capsys: pytest.CaptureFixture) -> None:
    assert main(["say", "duration", *places], ROOT) == 0
    out = capsys.readouterr().out
    assert "! [crowding: all]          Tracks crowd at 2:00, 3:00 and 4:00" in out
    assert "! [means: fell]            Tracks dated 2024 are on average 23% shorter than those dated 2010" in out


def test_facts_have_a_value_a_basis_and_a_meaning(places: list[str], capsys: pytest.CaptureFixture) -> None:
    assert main(["facts", "duration", *places], ROOT) == 0
    lines = [line.split(None, 3) for line in capsys.readouterr().out.replace("* ", "  ").splitlines()]
    assert ["tracks_in", "2", "computed", "how many"] in lines
    assert any(line[:1] == ["published_mean_change"] and "published" in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["say", "duratoin"], "did you mean `duration`?"),
        (["facts", "nothing"], "there is no page of `nothing`"),
        (["say", "duration", "--language", "xx"], "there is no language `xx`"),
    ],
)
def test_what_is_not_there_is_an_error(
    places: list[str], capsys: pytest.CaptureFixture, arguments: list[str], told: str
) -> None:
    assert main([*arguments, *places], ROOT) == 1
    assert told in capsys.readouterr().err
