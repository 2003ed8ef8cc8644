"""A site over budget is refused before it is put in place, and the largest files are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT

from report.core.errors import SiteError
from report.core.settings import read_settings
from report.hosting.budgets import check_budgets

SETTINGS = replace(read_settings(ROOT), site_budget=1000, file_budget=400)


def test_within_budget() -> None:
    check_budgets({"a.html": b"x" * 400, "b.html": b"x" * 400, "c.html": b"x" * 200}, SETTINGS)
    check_budgets({}, SETTINGS)


def test_a_file_too_large(tmp_path: Path) -> None:
    copied = tmp_path / "stored"
    copied.write_bytes(b"x" * 401)
    with pytest.raises(SiteError, match=r"^b.svg has 401 B, over the budget of 400 B") as refused:
        check_budgets({"a.html": b"x" * 400, "b.svg": copied}, SETTINGS)
    assert refused.value.hint.startswith("the largest files are b.svg (401 B), a.html (400 B)")
    assert "file_budget" in refused.value.hint


def test_a_site_too_large() -> None:
    files = {f"{number}.html": b"x" * 251 for number in range(4)}
    with pytest.raises(SiteError, match=r"^the site has 1 kB, over the budget") as refused:
        check_budgets(files, SETTINGS)
    assert "0.html (251 B), 1.html (251 B), 2.html (251 B)" in refused.value.hint
    assert "site_budget" in refused.value.hint
