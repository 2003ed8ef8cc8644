"""The page of changes in each of its states, over editions made by hand."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT
from small_site import HISTOGRAM, HOSTILE, SVG, small_site
from views import view

from report.compare.history import FACTS_SHOWN, Earlier, History, read_history
from report.core.kinds import KINDS
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.publication.outputs import render_site

ROWS = [{"duration_s": 1, "track_count": 1}]


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    """A small site with the page of changes, and limits for it."""
    site = small_site(tmp_path)
    for name in ("en/changes.md", "drift.toml"):
        shutil.copy(ROOT / "content" / name, site.content / name)
    limits = (site.content / "drift.toml").read_text().partition("# Of several")[0]
    (site.content / "drift.toml").write_text(limits)
    return site


def page(context: SiteContext, history: History, name: str = "changes.html") -> str:
    files = render_site(replace(context, history=history))
    return re.sub(r"\s+", " ", files[name].decode())


def history(context: SiteContext, before: dict, after: dict, **values: object) -> History:
    return read_history(view("new", **after), view("old", **before), context.content, **values)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("after", "headline"),
    [
        ({"a": "holds", "b": "holds"}, "No verdict has changed since edition old"),
        ({"a": "holds in part", "b": "holds"}, "One verdict has changed since edition old"),
        ({"a": "holds in part", "b": "does not hold"}, "Two verdicts have changed since edition old"),
    ],
)
def test_the_headline_counts_verdicts(context: SiteContext, kind: str, after: dict, headline: str) -> None:
    told = history(context, {"kind": kind, "verdicts": {"a": "holds", "b": "holds"}}, {"kind": kind, "verdicts": after})
    text = page(context, told)
    assert f"{headline}</h1>" in text
    assert text.count('<article class="flip wide"') == len(told.comparison.flips)
    assert ("has the verdict that it had" in text) == (after["a"] == "holds")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_known_reads_well(context: SiteContext, kind: str) -> None:
    facts = dict.fromkeys(("a_share", "b"))
    told = history(
        context, {"kind": kind, "as_of": None, "facts": facts}, {"kind": kind, "as_of": None, "facts": facts}
    )
    text = page(context, told)
    assert "No fact has changed" in text
    assert not re.search(r"None|nan\b|undefined", re.sub(r"<[^>]+>", " ", text))


def test_the_text_of_strangers_is_text(context: SiteContext) -> None:
    rows = [{"label": HOSTILE, "track_count": count} for count in (1, 2)]
    told = history(
        context,
        {"facts": {"label": "a"}, "rows": rows[:1], "key": "label"},
        {"facts": {"label": HOSTILE}, "rows": rows[1:], "key": "label"},
    )
    text = page(context, told)
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_the_largest_facts_only_and_all_in_the_data(context: SiteContext) -> None:
    before = {f"fact_{n:03}": 1000 for n in range(FACTS_SHOWN + 20)}
    told = history(context, {"facts": before}, {"facts": {name: 1000 + n for n, name in enumerate(before)}})
    text = page(context, told)
    assert f"The {FACTS_SHOWN} largest of {FACTS_SHOWN + 19} changes" in text
    assert text.count("<code>fact_") == FACTS_SHOWN
    assert text.index("<code>fact_049") < text.index("<code>fact_020")
    files = render_site(replace(context, history=told))
    assert files["data/changes.json"].count(b'"duration.fact_') == FACTS_SHOWN + 19


def test_a_figure_before_and_after(context: SiteContext) -> None:
    rows = [{"duration_s": 1, "track_count": 1}]
    told = history(context, {"rows": rows}, {"rows": [{"duration_s": 1, "track_count": 2}]})
    with_picture = replace(told, draw=lambda _: Images(SVG, SVG, SVG, b"png"))
    files = render_site(replace(context, history=with_picture))
    assert files[f"figures/{HISTOGRAM.id}-before.svg"] == SVG
    text = page(context, with_picture)
    assert f'src="figures/{HISTOGRAM.id}-before.svg" width="720" height="400"' in text
    assert "Duration, figure 1.</b> 1 of 1 row changed" in text
    assert "No rows." in page(context, told)


def test_corrections_and_earlier_reports(context: SiteContext) -> None:
    (context.content / "changes.toml").write_text(
        "[[correction]]\ndate = 2026-01-31\nwrong = 'A share was of albums.'\ndone = 'It is of tracks.'\n"
        "pages = ['duration', 'data']\n"
    )
    told = read_history(
        view(), None, context.content, earlier=[Earlier("old", "2025-01-31", "editions/old/index.html")]
    )
    text = page(context, told)
    assert "<dt>31 January 2026</dt><dd>A share was of albums. It is of tracks." in text
    assert '<a href="duration.html">Duration</a>, <a href="data.html">Data</a>.' in text
    assert '<a href="editions/old/index.html">Edition old</a>, as of 31 January 2025' in text
    assert "Nothing is compared here" in text
    said = "<strong>Corrected on 31 January 2026.</strong> A share was of albums. It is of tracks."
    assert [said in page(context, told, f"{stem}.html") for stem in ("duration", "data", "index")] == [
        True,
        True,
        False,
    ]
    assert "**Corrected on 31 January 2026.** A share was of albums." in page(context, told, "duration.md")


def test_the_markdown_says_the_same(context: SiteContext) -> None:
    (context.content / "changes.toml").write_text(
        "[[correction]]\ndate = 2026-01-31\nwrong = 'A share was of albums.'\ndone = 'It is of tracks.'\n"
        "pages = ['duration', 'data']\n"
    )
    told = history(
        context,
        {"verdicts": {"a": "holds"}, "facts": {"x_count": 1000, "y": None, "label": HOSTILE}, "rows": ROWS},
        {"verdicts": {"a": "holds in part"}, "facts": {"x_count": 2000, "y": 1, "label": "b"},
         "rows": [{"duration_s": 1, "track_count": 2}]},
        earlier=[Earlier("old", "2025-01-31", "editions/old/index.html")],
    )  # fmt: skip
    text = page(context, told, "changes.md")
    for part in (
        "[a](claims.html#a)", "Before: **Holds**", "After: **Holds in part**", "**Not yet acknowledged.**",
        "3 facts have changed", "1,000 | 2,000 |",
        "&lt;script&gt;alert(1)",
        "[Duration, figure 1](duration.html#histogram): 1 of 1 row changed.",
        "- 31 January 2026: A share was of albums. It is of tracks. [Duration](duration.html), [Data](data.html)",
        "[Edition old](editions/old/index.html), as of 31 January 2025",
    ):  # fmt: skip
        assert part in text
    assert "<" not in text


def test_an_earlier_report_leads_to_the_newest(context: SiteContext) -> None:
    told = History(current="new", newest="https://example.org/")
    text = page(context, told, "duration.html")
    assert '<link rel="canonical" href="https://example.org/duration.html">' in text
    assert '<a href="../../duration.html">go to its page</a>' in text
    files = render_site(replace(context, history=told))
    assert not {name for name in files if name.startswith("cards/")} | ({"404.html", "feed.xml"} & files.keys())
