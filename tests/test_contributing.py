"""CONTRIBUTING.md's promise: a finding is three small files and a test, and nothing else is touched."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from archives import Archive
from building import ROOT
from small_site import INDEX, PLAIN, site_definitions, write

FRONT = INDEX.partition("## Main points")[0] + "## Findings" + INDEX.partition("## Findings")[2]
FILES = {
    "queries/tempo_drift/facts.sql": """\
-- Facts of tempo drift.
select
    max(mean_tempo_bpm) as highest_mean_bpm,
    count(*) as year_count
from rows.by_year
""",
    "queries/tempo_drift/by_year.sql": """\
-- How fast are a year's tracks?
-- One row per release year.
-- Denominator: tracks of the year with a tempo.
--
-- unit: tracks
-- key: release_year
-- rows: 0..201
-- within: mean_tempo_bpm 0..300
select
    release_year,
    sum(tempo_sum) / sum(tempo_count) / 1000000 as mean_tempo_bpm
from features_by_year
where release_year is not null
group by release_year
having sum(tempo_count) > 0
order by release_year
""",
    "report/charts/tempo_drift.py": '''\
"""Charts of tempo drift."""

import altair as alt
import pyarrow as pa

from report.charts.toolkit.theme import Variant, config


def by_year(rows: pa.Table, variant: Variant) -> alt.Chart:
    """Mean tempo by release year."""
    return (
        alt.Chart(alt.Data(values=rows.to_pylist()))
        .mark_line(point=True)
        .encode(alt.X("release_year:Q"), alt.Y("mean_tempo_bpm:Q"))
        .properties(width=variant.width - 80, height=200, usermeta={"width": variant.width, "height": 260})
        .configure(**config())
    )
''',
    "content/findings/tempo_drift.toml": """\
order = 99
""",
    "content/en/findings/tempo_drift.md": """\
---
question: Does music get faster?
short: Tempo drift
title: Mean tempo by year
summary:
  A year’s mean tempo reaches {{ highest_mean_bpm | decimal: 1 }} beats a minute.
  ~ Whether music gets faster.
listing:
  A year’s mean tempo reaches {{ highest_mean_bpm | decimal: 1 }} beats a minute.
  ~ Whether music gets faster.
---
{{ Here }} {{ year_count | of: year, years }} {{ year_count | word: is, are }} asked.

![](by_year)
One point a year.
""",
    "content/en/figures/tempo_drift.md": """\
## by_year
title: Tempo by year
subtitle: Mean tempo, BPM, by release year.
alt: A line.
""",
}


def test_a_finding_is_three_small_files(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("report", "queries", "content", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "report.toml"):
        shutil.copy(ROOT / name, project)
    # Without the other findings, which take long to draw.
    for page in (project / "content/findings").iterdir():
        shutil.rmtree(project / "queries" / page.stem)
        page.unlink()
    for page in (project / "content/en").rglob("*.md"):
        if page.name != "site.md":
            page.unlink()
    for name in ("claims.toml", "claims.md", "en/definitions.toml", "en/glossary.toml"):
        (project / "content" / name).unlink(missing_ok=True)
    pages = {"index": FRONT, **dict.fromkeys(("method", "data", "about"), PLAIN)}
    words = {f"en/{name}.md": text for name, text in pages.items()}
    write(project / "content", {"en/definitions.toml": site_definitions(), **words})
    for name in ("index.md", "data.toml"):
        (project / "content" / name).unlink(missing_ok=True)
    for name, text in FILES.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    archive = Archive(tracks=[{}, {}]).sqlite(tmp_path / "archive")

    command = [sys.executable, "build.py", "--archive", str(archive), "--edition", "drift", "--no-demo"]
    built = subprocess.run(command, cwd=project, capture_output=True, text=True)

    assert built.returncode == 0, built.stderr
    site = project / "site"
    facts = json.loads((site / "data/facts.json").read_text(encoding="utf-8"))
    assert facts["tempo_drift"] == {"highest_mean_bpm": 120.5, "year_count": 1}
    # Two tracks are no archive: what they say of it is left open.
    assert "Whether music gets faster." in (site / "index.html").read_text(encoding="utf-8")
    assert "In this selection 1 year is asked." in (site / "tempo_drift.html").read_text(encoding="utf-8")
    assert (site / "data/tempo_drift/by_year.csv").read_text(encoding="utf-8").splitlines()[1] == "2020,120.5"
    assert (site / "figures/tempo_drift/by_year-narrow.svg").exists()
