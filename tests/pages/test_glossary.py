"""The glossary: the first use of a term on a page is linked, and nothing else is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from small_site import small_site, write

from report.core.errors import ContentError
from report.pages.context import SiteContext
from report.pages.glossary import Glossary, Term, read_glossary
from report.pages.layout import Row, Section
from report.pages.rendering import render_pages
from report.publication.outputs import render_site

TERMS = """
[popularity]
name = "Popularity"
definition = "A score. It is not a count."
forms = ["popularity"]

[popularity-tier]
name = "Popularity tier"
definition = 'Groups by popularity, "<b>" to others.'
forms = ["popularity tier", "popularity tiers", "tier"]
section = "measures"

[basis]
name = "Basis"
definition = "Where a number comes from."
forms = []
"""


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    context = small_site(tmp_path)
    pages = {
        "en/glossary.toml": TERMS,
        "en/glossary.md": "---\nnav: Glossary\ntitle: Glossary\nsummary: Terms.\n---\n\nWords.\n",
        "en/method.md": "---\nnav: Method\ntitle: Method\nsummary: How.\n---\n\n## Measures {#measures}\n\nCounts.\n",
    }
    write(context.content, pages)
    return context


@pytest.fixture
def glossary(context: SiteContext) -> Glossary:
    return read_glossary(context.content / "en/glossary.toml")


def linked(glossary: Glossary, *texts: str) -> list[str]:
    """(anchor, words) of the links in rows of prose, as "anchor:words"."""
    rows = [Row("prose", Markup(text)) for text in texts]
    glossary.link([Section(rows=rows)], "a.html")
    found = [
        re.findall(r'<a class="term" href="glossary.html#([^"]*)"[^>]*>(.*?)</a>', row.content, re.DOTALL)
        for row in rows
    ]
    return [f"{anchor}:{words}" for links in found for anchor, words in links]


class TestLinks:
    def test_the_first_use_only(self, glossary: Glossary) -> None:
        assert linked(glossary, "<p>Popularity and popularity.</p>", "<p>popularity</p>") == ["popularity:Popularity"]

    def test_the_longest_form_counts(self, glossary: Glossary) -> None:
        texts = "<p>A popularity tier, then a tier, then popularity.</p>"
        assert linked(glossary, texts) == ["popularity-tier:popularity tier", "popularity:popularity"]

    def test_a_later_longer_form_is_not_linked_in_part(self, glossary: Glossary) -> None:
        assert linked(glossary, "<p>tier; popularity tier</p>") == ["popularity-tier:tier"]

    @pytest.mark.parametrize("word", ["unpopularity", "popularity-wise", "half-popularity", "populariti", "frontier"])
    def test_whole_words_only(self, glossary: Glossary, word: str) -> None:
        assert linked(glossary, f"<p>{word}</p>") == []

    def test_over_a_line_break(self, glossary: Glossary) -> None:
        assert linked(glossary, "<p>popularity\ntiers</p>") == ["popularity-tier:popularity\ntiers"]

    @pytest.mark.parametrize("tag", ["a", "code", "pre", "h2", "h3", "blockquote", "table", "dfn"])
    def test_not_within(self, glossary: Glossary, tag: str) -> None:
        assert linked(glossary, f"<{tag}><em>popularity</em> popularity</{tag}>") == []

    def test_what_stands_after_such_is_linked(self, glossary: Glossary) -> None:
        assert linked(glossary, "<p><a href='x'>popularity</a> popularity</p>") == ["popularity:popularity"]

    def test_markup_stays_as_it_was(self, glossary: Glossary) -> None:
        text = '<p title="popularity > tier">a &lt;popularity&#39; <br/>&amp; <!-- tier --><em>b</em></p>'
        row = Row("prose", Markup(text))
        glossary.link([Section(rows=[row])], "a.html")
        assert re.sub(r"</?a\b[^>]*>", "", row.content) == text
        assert row.content.count("<a ") == 1

    def test_asides_come_after_their_prose(self, glossary: Glossary) -> None:
        row = Row("prose", Markup("<p>popularity</p>"), [Markup("<p>popularity and tier</p>")])
        glossary.link([Section(rows=[row])], "a.html")
        assert "<a" in row.content
        assert re.findall(r">([^<]+)</a>", row.asides[0]) == ["tier"]

    def test_a_definition_is_escaped(self, glossary: Glossary) -> None:
        assert 'title="Groups by popularity, &#34;&lt;b&gt;&#34; to others."' in glossary.reference("tier")

    def test_no_terms_no_links(self) -> None:
        assert linked(Glossary([]), "<p>popularity</p>") == []


class TestReferences:
    def test_count_as_the_first_use(self, glossary: Glossary) -> None:
        assert linked(glossary, f"<p>{glossary.reference('Popularity', 'the score')} popularity</p>") == [
            "popularity:the score"
        ]
        assert glossary.used[glossary.terms[1]] == ["a.html"]


class TestPage:
    def test_lists_terms_with_where_they_are_used(self, context: SiteContext) -> None:
        page = context.content / "en/findings/duration.md"
        page.write_text(page.read_text().replace("More prose.", "More popularity tiers, [basis](glossary.html#basis)."))
        site = render_pages(context)
        page = next(page for page in site.pages if page.kind == "text" and page.path == "glossary.html")
        assert (page.path, [section.heading.id for section in page.sections if section.heading]) == (
            "glossary.html",
            ["basis", "popularity", "popularity-tier"],
        )
        assert '<div class="row" id="popularity-tier"><dt class="in-rail"><dfn>Popularity tier</dfn></dt>' in page.html
        assert page.html.count('<a href="duration.html">Duration</a>') == 2
        assert '<a href="method.html#measures">How it is applied</a>' in page.html
        assert {term.name for term, paths in site.glossary.used.items() if not paths} == {"Popularity"}

    def test_is_in_the_menu_only_if_it_is_there(self, context: SiteContext, tmp_path: Path) -> None:
        assert "glossary.html" in render_site(context)["about.html"].decode()
        bare = render_site(replace(context, content=small_site(tmp_path / "bare").content))
        assert "glossary.html" not in bare
        assert "glossary.html" not in bare["about.html"].decode()


class TestMistakes:
    @pytest.mark.parametrize(
        ("before", "after", "message"),
        [
            ('name = "Basis"', 'names = "Basis"', "`names` is not a key of a term"),
            ('definition = "Where a number comes from."', "", "`definition` is missing"),
            ("forms = []", "forms = 'basis'", "`forms` must be a list"),
            ("forms = []", "forms = [1]", "`forms` must be a list of words"),
            ("forms = []", 'forms = ["Tier"]', "the form `tier` is in the glossary twice"),
            ("[basis]", "[Basis]", "this is no term"),
            ("[basis]", "[popularity]", "this is not TOML"),
            ("forms = []", "forms = ", "this is not TOML"),
        ],
    )
    def test_are_told(self, context: SiteContext, before: str, after: str, message: str) -> None:
        (context.content / "en/glossary.toml").write_text(TERMS.replace(before, after))
        with pytest.raises(ContentError, match=message) as error:
            read_glossary(context.content / "en/glossary.toml")
        assert error.value.where.startswith("content/en/glossary.toml")


def test_a_term_s_gist_is_its_first_sentence() -> None:
    assert Term("a", "A", "One. Two.", ()).gist == "One."
    assert Term("a", "A", "One", ()).gist == "One."
