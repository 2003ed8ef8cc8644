"""The stylesheet: sent without what only helps an author, and small; no page has styles or scripts of its own."""

from __future__ import annotations

import re
from pathlib import Path

from small_site import TEMPLATES, small_site

from report.publication.outputs import render_site


def test_has_every_rule_and_is_small(tmp_path: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "static/style.css").read_text("utf-8"), flags=re.DOTALL)
    sent = render_site(small_site(tmp_path))["static/style.css"].decode()
    assert sent.count("{") == source.count("{") == sent.count("}")
    assert len(sent.encode()) < 25_000


def test_no_template_has_styles_or_scripts_of_its_own() -> None:
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text), template.name
