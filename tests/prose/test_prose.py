"""Bound prose: a figure typed by hand fails the build, wherever it stands; so does a headline that asserts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import jinja2
import pytest
from building import ROOT

from report.cache.store import Store
from report.core.errors import ContentError
from report.core.numbers import FILTERS
from report.prose.binding import Reading
from report.prose.check import check_prose
from report.prose.definitions import read_definitions

ENVIRONMENT = jinja2.Environment()
ENVIRONMENT.filters.update(FILTERS)


def check(content: Path, store: Store | None = None) -> None:
    """Check the old pages; the phrases that those written by language need are not idle."""
    paths = [path for path in (content / "en").rglob("*.*") if path.name != "definitions.toml"]
    words = " ".join(" ".join(path.read_text().split()) for path in paths).lower()
    phrases = [phrase for known in read_definitions(content) for phrase in known.phrases]
    check_prose(content, store, [phrase for phrase in phrases if phrase.lower() in words])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Keeps which pages are in order, so that a test reads the one page that it changes."""
    kept = Store(tmp_path_factory.mktemp("store"))
    check(ROOT / "content", kept)
    return kept


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def faults(template: str, is_headline: bool = False) -> list[str]:
    return [fault.kind for fault in Reading(["below 10"]).read(ENVIRONMENT.parse(template), is_headline)]


def test_the_content_is_in_order() -> None:
    check(ROOT / "content")


class TestReading:
    @pytest.mark.parametrize(
        "template",
        [
            "{{ facts.share | percent }} of tracks",
            "{{ facts.share | percent(2) }}",
            "{{ (1 - facts.share) | percent(1 if facts.share > 0.5 else 3) }}",
            "{% if facts.share > 0.73 %}a lot{% endif %}",
            "{{ 'x' if facts.n == 73 else 'y' }}",
            "{{ facts.rows[0] }}",
            "{% if facts.share > 0.5 %}More than half{% else %}less than half{% endif %}",
            "{{ 'doubled' if facts.ratio >= 2 else 'did not double' if facts.ratio > 1 }}",
            "{{ figure('duration/by_73', title='x', alt='y') }}",
            "{# 73 #}",
            "{{ 'two' | given('the texts named above') }} texts",
            "below 10",
            "{{ findings.a.rows | sort(attribute='1') }}",
        ],
    )
    def test_what_facts_give_is_let_through(self, template: str) -> None:
        assert faults(template) == []

    @pytest.mark.parametrize(
        "template",
        [
            "{{ 73 }}",
            "{{ 73 | count }}",
            "{{ (60 + 13) | count }}",
            "{{ '73' ~ facts.unit }}",
            "{{ 'two' if has('genres') else 'three' }}",
            "{% if has('genres') %}73{% endif %}",
            "{% if facts.share > 0.5 %}More than a third{% endif %}",
            "{{ facts.share | default(73) }}",
            "{{ facts.share or 73 }}",
            "{{ '{} of {}'.format(73, facts.n) }}",
            "{{ {'a': 73}[facts.x] }}",
            "{% for n in [73] %}{{ n }}{% endfor %}",
            "{% macro m(n=73) %}{{ n }}{% endmacro %}",
            "{% set n %}73{% endset %}",
            "{% with n = 73 %}{{ n }}{% endwith %}",
            "{% filter upper %}two{% endfilter %}",
            "{% raw %}73{% endraw %}",
            "{{ figure('a/b', n=73) }}",
            "{{ figure('a/b', denominator=[('in', 73)]) }}",
            "{{ figure('a/b', columns={'a': 'Of 73'}) }}",
            "{% call aside() %}73{% endcall %}",
            "below 10 million",
        ],
    )
    def test_what_they_do_not_give_is_found(self, template: str) -> None:
        assert "figure" in faults(template)

    @pytest.mark.parametrize(
        ("template", "kind"),
        [
            ("{{ 'two' | given('') }}", "reason"),
            ("{{ 'two' | given }}", "reason"),
            ("{{ 'two' | given('why') }}", "reason"),
            ("{{ 'texts' | given('the texts named above') }}", "needless"),
            ("{{ 'below 10' | given('the texts named above') }}", "needless"),
            ("{{ 'most' | given('the texts named above') }}", "needless"),
            ("{{ 73 | given('the texts named above') }}", "unquoted"),
            ("{{ facts.n | given('the texts named above') }}", "unquoted"),
        ],
    )
    def test_an_allowance_has_words_a_reason_and_a_need(self, template: str, kind: str) -> None:
        assert faults(template) == [kind]


class TestHeadlines:
    @pytest.mark.parametrize(
        "template",
        [
            "Most tracks are new",
            "{{ facts.share | percent }} of tracks dominate",
            "{% if known(facts.share) %}Most tracks are new{% endif %}",
            "{% if facts.share is known %}Most{% endif %}",
            "{% if edition.kind == 'archive' %}Most tracks are new{% endif %}",
            "{{ 'rises' if has('genres') else 'x' }}",
            "{% set word = 'rises' %}It {{ word }}",
            "{% set one = facts.a %}{% if known(one) %}It rises{% endif %}",
        ],
    )
    def test_a_headline_that_asserts_by_itself_is_found(self, template: str) -> None:
        assert faults(template, is_headline=True) == ["comparison"]

    @pytest.mark.parametrize(
        "template",
        [
            "{% if known(facts.share) and facts.share > 0.5 %}Most tracks are new{% else %}Few, not most{% endif %}",
            "{% if facts.is_rising %}It rises{% endif %}",
            "{% set share = facts.a if has('x') else facts.b %}{% if share > 0.5 %}Most{% endif %}",
            "It {{ 'rises' if facts.x > 0 else 'falls' }}",
            "{% set word = 'rises' if facts.x > 0 else 'falls' %}It {{ word }}",
            "{{ {true: 'rises', false: 'falls'}[facts.is_rising] }}",
            "{{ {true: 'rises', false: 'falls'}.get(facts.is_rising) }}",
            "Do tracks crowd?",
            "{{ 'the most' | given('the genre is the one that ranks first') }}",
        ],
    )
    def test_one_that_facts_choose_is_let_through(self, template: str) -> None:
        assert faults(template, is_headline=True) == []

    def test_body_text_may_compare(self) -> None:
        assert faults("Most tracks are new.") == []

    @pytest.mark.parametrize(
        "template",
        [
            "{% call figure('a/b', title='Most tracks are new', alt='x') %}{% endcall %}",
            "{{ figure('a/b', title='x', neutral_title='Most tracks are new', alt='x') }}",
            "{{ lead_figure('a/b', title='It rises', alt='x') }}",
            "{% call point(lead=facts.x, basis='computed', to='a') %}of tracks, and rising{% endcall %}",
        ],
    )
    def test_titles_and_points_in_a_text_may_not(self, template: str) -> None:
        assert faults(template) == ["comparison"]


class TestDefinitions:
    @pytest.mark.parametrize(
        ("table", "message"),
        [
            ('meaning = "a b c"\nphrases = ["73"]', "no word beside"),
            ('meaning = "a b c"\nphrases = ["some words"]', "no figure in it"),
            ('meaning = "a b c"\nphrases = ["0 to 100"]', "defined twice"),
            ('meaning = "x"\nphrases = ["of 73 kinds"]', "has a `meaning`"),
            ('meaning = "a b c"\nphrases = ["of 73 kinds"]\npages = ["nowhere"]', "no page `nowhere`"),
            ('meaning = "a b c"\nphrases = ["of 73 kinds"]\nwhy = "x"', "`why` is not a key"),
            ('meaning = "a b c"\nphrases = ["of 73 kinds"]', "stands on no page"),
        ],
    )
    def test_a_definition_is_checked(self, content: Path, store: Store, table: str, message: str) -> None:
        path = content / "en/definitions.toml"
        path.write_text(f"{path.read_text()}\n[[definition]]\n{table}\n")
        with pytest.raises(ContentError, match=re.escape(message)):
            check(content, store)


def test_a_page_in_order_is_read_once(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    check(content, store)
    monkeypatch.setattr(Reading, "read", lambda *_, **__: pytest.fail("read again"))
    check(content, store)
