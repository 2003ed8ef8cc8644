"""Pictures of figures: drawn once for what they depend on, then taken from the store.

A picture depends on its rows, the code that draws it (see `chartcode`), and the libraries. Altair is imported only
when one is really to be drawn.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from report.chartcode import code_by_figure
from report.errors import QueryError
from report.figures.figure import FigureData, Images
from report.progress import Progress
from report.store import Store, fingerprint

CHARTS = Path(__file__).parent / "charts"
LIBRARIES = ("altair", "vl-convert-python")
KINDS = {"wide": ".wide.svg", "narrow": ".narrow.svg", "plain": ".svg", "png": ".png"}


class Pictures:
    """Draws figures, through the store."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._code = code_by_figure(CHARTS, store)
        self._common = fingerprint(Path(__file__).read_bytes(), *(version(library) for library in LIBRARIES))

    def draw(self, data: FigureData) -> Images:
        """The pictures of a figure.

        Raises:
            QueryError: there is no chart function of the figure's name.
        """
        rows = json.dumps([list(data.columns), [list(row.values()) for row in data.rows]])
        code = self._code.get(data.id, "")
        year = _partial_year(data)
        key = fingerprint("picture", data.id, data.is_synthetic, data.basis, year, code, self._common, rows)
        paths = {kind: self._store.path(key, suffix) for kind, suffix in KINDS.items()}
        if not all(self._store.find(key, suffix) for suffix in KINDS.values()):
            drawn = self._render(data)
            for kind, suffix in KINDS.items():
                self._store.keep_bytes(key, suffix, lambda content=drawn[kind]: content, f"picture {data.id}")
        return Images(**paths)

    def _render(self, data: FigureData) -> dict[str, bytes]:
        import pyarrow as pa

        from report.charts import svg
        from report.charts.theme import Frame

        where = CHARTS / f"{data.finding}.py"
        if not where.exists():
            raise QueryError(f"figure `{data.id}` has no chart", where, "add the module, with a function a figure")
        chart = getattr(import_module(f"report.charts.{data.finding}"), data.name, None)
        if chart is None:
            raise QueryError(f"figure `{data.id}` has no chart", where, f"add `def {data.name}(rows, frame)`")
        with self._progress.stage(f"draw {data.id}"):
            rows = pa.Table.from_pylist([dict(row) for row in data.rows])
            rendered = {}
            for width in ("wide", "narrow"):
                is_synthetic = data.is_synthetic and "computed" in data.basis
                frame = Frame(width == "narrow", is_synthetic, _partial_year(data))
                rendered[width] = svg.draw(chart, rows, frame, data.id)
            plain = rendered["wide"].plain
            return {
                "wide": rendered["wide"].themed.encode(),
                "narrow": rendered["narrow"].themed.encode(),
                "plain": plain.encode(),
                "png": svg.png(plain),
            }


def _partial_year(data: FigureData) -> int | None:
    """The year that is not over, for a figure by release year whose rows do not say themselves which are partial."""
    is_yearly = "release_year" in data.columns and "is_partial" not in data.columns
    return data.partial_year if is_yearly else None
