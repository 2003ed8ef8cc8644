"""Files that people write begin with a byte-order mark or not; CSVs of the site begin with one where Excel needs it."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

from report.core.queries import read_sql
from report.core.texts import for_spreadsheets, read_text
from report.results.tables import write_csv
from report.warehouse.markers import read_markers
from report.writing.page import read_page


def marked(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(BOM_UTF8 + text.encode())
    return path


def test_a_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    assert read_text(marked(tmp_path / "a.txt", "é\n")) == "é\n"
    page = read_page(marked(tmp_path / "a.md", "---\ntitle: A\n---\nB.\n"), tmp_path)
    assert page.slots["title"][0][0].text == "A"
    marked(tmp_path / "sql/a.sql", "select 1")
    assert read_sql(tmp_path / "sql") == {"a": "select 1"}
    marked(tmp_path / "markers.csv", "marker,pattern,note\nlive,live,a note\n")
    assert [marker.name for marker in read_markers(tmp_path / "markers.csv")] == ["live"]


def test_a_csv_has_a_mark_where_it_is_not_ascii() -> None:
    assert write_csv(["a"], [{"a": "b"}]) == b"a\nb\n"
    assert write_csv(["a"], [{"a": "é"}]) == BOM_UTF8 + "a\né\n".encode()
    assert for_spreadsheets(BOM_UTF8 + b"\xc3\xa9") == BOM_UTF8 + b"\xc3\xa9"
