"""Pictures of figures: drawn once for what they depend on, then taken from the store.

A picture depends on its rows, the code that draws it, and the libraries. Altair is imported only
when one is really to be drawn.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from report.cache.code import CodeError, code_of, environment
from report.cache.store import Store, fingerprint
from report.core.errors import COMMAND, ChartError, ReportError
from report.core.progress import Progress, Stage
from report.figures.ahead import WORTH, Ahead
from report.figures.figure import Images
from report.results.figure_data import FigureData

CHARTS = Path(__file__).parents[1] / "charts"
DRAWN_BY = "report.figures.pictures:Pictures._render"
# Altair explains what it refuses at length.
MOST_SAID = 300
# What stands for a picture where nothing is drawn.
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
UNDRAWN = Images(BLANK, BLANK, BLANK, b"")
SUFFIXES = {"wide": ".wide.svg", "narrow": ".narrow.svg", "plain": ".svg", "png": ".png"}


class Pictures:
    """Draws figures, through the store; as a context, with the progress of all that are to be drawn.

    Args:
        total: how many figures there are.
        words: those that a figure draws, by its id.
        figures: gives those that are likely to be asked for; `processes` draw them ahead where many are missing.
    """

    def __init__(
        self,
        store: Store,
        progress: Progress,
        total: int | None = None,
        figures: Callable[[], Iterable[FigureData]] = tuple,
        processes: int = 1,
        words: Callable[[str], Mapping[str, str]] = lambda _: {},
    ) -> None:
        self._store = store
        self._progress = progress
        self._total = total
        self._met: set[str] = set()
        self._stage: Stage | None = None
        self._open = ExitStack()
        self._figures, self._processes = figures, processes
        # Asked for the key, and the same when drawn.
        self._words = cache(words)
        self._ahead: Ahead | None = None

    def __enter__(self) -> Pictures:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.__exit__(*error)

    def draw(self, data: FigureData) -> Images:
        """The pictures of a figure.

        Raises:
            ChartError: there is no chart function of the figure's name, or it fails.
        """
        key = self._key(data)
        is_new = data.id not in self._met
        self._met.add(data.id)
        if not self._is_kept(key):
            if self._stage is None:
                stage = self._progress.stage("draw the figures", self._total, unit="figures")
                self._stage = self._open.enter_context(stage)
                self._stage.find(len(self._met) - 1)
            drawn = self._render(data)
            self._progress.detail(f"drew {data.id}")
            for kind, suffix in SUFFIXES.items():
                self._store.keep_bytes(key, suffix, lambda content=drawn[kind]: content, f"picture {data.id}")
        if self._stage is not None and is_new:
            self._stage.advance(1)
        return Images(**{kind: self._store.path(key, suffix) for kind, suffix in SUFFIXES.items()})

    def _key(self, data: FigureData) -> str:
        rows = json.dumps([list(data.columns), [list(row.values()) for row in data.rows]])
        code = _code_of_chart(data, self._store)
        given = data.id, data.is_synthetic, data.basis, _partial_year(data), rows
        words = json.dumps(self._words(data.id), sort_keys=True)
        return fingerprint("picture", code, environment(), *given, words)

    def _is_kept(self, key: str) -> bool:
        return all(self._store.find(key, suffix) for suffix in SUFFIXES.values())

    def _render(self, data: FigureData) -> dict[str, bytes]:
        if self._processes > 1:
            likely = {self._key(other): other for other in self._figures() if other.rows and not other.absent}
            missing = {key: (other, self._words(other.id)) for key, other in likely.items() if not self._is_kept(key)}
            if len(missing) >= WORTH:
                self._ahead = Ahead(missing, self._processes)
                self._open.callback(self._ahead.close)
            self._processes = 1
        return (self._ahead and self._ahead.take(self._key(data))) or drawn(data, self._words(data.id))


def drawn(data: FigureData, words: Mapping[str, str]) -> dict[str, bytes]:
    """The pictures of a figure, by kind, with these words in them.

    Raises:
        ChartError: there is no chart function of the figure's name, or it fails.
    """
    import pyarrow as pa

    from report.charts.toolkit import svg
    from report.charts.toolkit.theme import Variant

    where = CHARTS / f"{data.finding}.py"
    if not where.exists():
        raise ChartError(f"figure `{data.id}` has no chart", where, "add the module, with a function a figure")
    with _located(where, data.id):
        chart = getattr(import_module(f"report.charts.{data.finding}"), data.name, None)
    if chart is None:
        raise ChartError(f"figure `{data.id}` has no chart", where, f"add `def {data.name}(rows, variant)`")
    rows = pa.Table.from_pylist([dict(row) for row in data.rows])
    rendered = {}
    for width in ("wide", "narrow"):
        is_synthetic = data.is_synthetic and "computed" in data.basis
        variant = Variant(width == "narrow", is_synthetic, _partial_year(data), words)
        with _located(where, data.id):
            rendered[width] = svg.draw(chart, rows, variant, data.id)
    plain = rendered["wide"].plain
    return {
        "wide": rendered["wide"].themed.encode(),
        "narrow": rendered["narrow"].themed.encode(),
        "plain": plain.encode(),
        "png": svg.png(plain),
    }


@contextmanager
def _located(module: Path, figure: str) -> Iterator[None]:
    """Make what a chart's module raises a ChartError that says where in it: its last line on the way to the error."""
    try:
        yield
    except ReportError:
        raise
    except SyntaxError as error:
        where = f"{error.filename}:{error.lineno}"
        raise ChartError(f"this is not Python: {error.msg}", where, excerpt=[(error.text or "").rstrip()]) from error
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == module]
        where, lines = (f"{module}:{frames[-1].lineno}", [frames[-1].line]) if frames else (module, [])
        said = " ".join(f"{type(error).__name__}: {error}".split())
        message = f"figure `{figure}` cannot be drawn: {said[:MOST_SAID]}{'…' * (len(said) > MOST_SAID)}"
        raise ChartError(message, where, f"the whole traceback: {COMMAND} --debug", lines) from error


def _code_of_chart(data: FigureData, store: Store) -> str:
    # A chart that cannot be read or is not there cannot be drawn either, and that says where.
    with suppress(CodeError, SyntaxError):
        return code_of(store, f"report.charts.{data.finding}:{data.name}", DRAWN_BY)
    return ""


def _partial_year(data: FigureData) -> int | None:
    """The year that is not over, for a figure by release year whose rows do not say themselves which are partial."""
    is_yearly = "release_year" in data.columns and "is_partial" not in data.columns
    return data.partial_year if is_yearly else None
