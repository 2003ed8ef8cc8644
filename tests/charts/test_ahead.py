"""Pictures drawn in processes beside the build: the same bytes, and nothing is left running."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from drawing import LANGUAGE
from rows import ROWS

from report.cache.store import Store, is_running
from report.core.errors import ChartError
from report.core.progress import Progress
from report.figures import pictures
from report.figures.ahead import Ahead
from report.figures.pictures import Pictures, drawn
from report.results.figure_data import FigureData

WORDS = partial(LANGUAGE.labels_of, "charts")


def data_of(figure: str) -> FigureData:
    return FigureData(figure, "", list(ROWS[figure][0]), ROWS[figure], ["computed"])


FIGURES = [data_of(figure) for figure in list(ROWS)[:3]]
WRONG = FigureData("duration/no_such_figure", "", ["a"], [{"a": 1}], [])


def test_they_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WORTH", 2)
    begun: list[Ahead] = []
    monkeypatch.setattr(pictures, "Ahead", lambda *given: begun.append(Ahead(*given)) or begun[0])
    with Pictures(Store(tmp_path / "two"), Progress(), 3, lambda: FIGURES, 2, WORDS) as two:
        images = [two.draw(data) for data in FIGURES]
        running = [str(process.pid) for process in begun[0]._begun]
        assert len(running) == 2 and all(map(is_running, running))
    with Pictures(Store(tmp_path / "one"), Progress(), 3, lambda: FIGURES, 1, WORDS) as one:
        for data, image in zip(FIGURES, images, strict=True):
            assert {kind: path.read_bytes() for kind, path in vars(one.draw(data)).items()} == {
                kind: path.read_bytes() for kind, path in vars(image).items()
            }
    assert len(begun) == 1
    assert not any(map(is_running, running))


def test_what_cannot_be_drawn_there_is_drawn_here_and_says_why() -> None:
    ahead = Ahead({"wrong": (WRONG, {}), "right": (FIGURES[0], WORDS(FIGURES[0].id))}, 1)
    assert ahead.take("wrong") is None and ahead.take("another") is None
    assert ahead.take("right") == drawn(FIGURES[0], WORDS(FIGURES[0].id))
    ahead.close()
    with pytest.raises(ChartError, match="has no chart"):
        drawn(WRONG, WORDS(WRONG.id))


def test_a_process_that_is_gone_keeps_nobody_waiting() -> None:
    ahead = Ahead({str(at): (data, WORDS(data.id)) for at, data in enumerate(FIGURES)}, 1)
    ahead._begun[0].kill()
    assert [ahead.take(str(at)) for at in range(3)][1:] == [None, None]
    ahead.close()
