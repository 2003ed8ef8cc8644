"""What a page may load and run: nothing from elsewhere, no script, no style of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import ROOT
from small_site import small_site

from report.publication.outputs import render_site

TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
PAGES_WITH_SCRIPT = {"search.html"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_style_or_a_script_of_its_own(template: Path) -> None:
    # What is data is not run.
    data = r'<script type="application/ld\+json">.*?</script>'
    text = re.sub(data, "", template.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:", text, re.IGNORECASE)
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL | re.IGNORECASE)
    assert not any(script.strip() for script in scripts)
    assert not scripts or template.name in PAGES_WITH_SCRIPT


def test_every_page_has_the_policy_before_it_loads_anything(tmp_path: Path) -> None:
    pages = {name: page.decode() for name, page in render_site(small_site(tmp_path)).items() if name.endswith(".html")}
    assert "404.html" in pages
    for name, page in pages.items():
        head, _, loaded = page.partition('<meta http-equiv="Content-Security-Policy" content="')
        policy = loaded.partition('"')[0]
        assert "<link" not in head and "<script" not in head
        assert policy.startswith("default-src 'none'; img-src 'self'; style-src 'self'; ")
        assert "base-uri 'none'; form-action 'none'" in policy
        assert "unsafe-inline" not in policy
        assert ("script-src" in policy) == (name in PAGES_WITH_SCRIPT)
