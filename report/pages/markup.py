"""Words with facts in them: Jinja first, then Markdown; every error knows its file and line.

Blocks (figures, margin notes, main points …) are calls in the text. Each leaves a token that Markdown carries
through as a paragraph of its own, and comes back as a `Block` between pieces of prose.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from types import CodeType, TracebackType

import jinja2
from markdown import Markdown
from markupsafe import Markup, escape

from report.cache.store import Store, fingerprint
from report.core.errors import ContentError, ReportError
from report.pages.blocks import CLOSE, OPEN, Block, Source
from report.pages.compiled import CompiledTemplates, TemplateFiles
from report.prose.frontmatter import Page
from report.prose.language import environment, there_are
from report.writing.words import Words

# Where Markdown has something to do.
MARKED = re.compile(r"[*\[`]")
PIECES = re.compile(rf"<p>{OPEN}(\d+){CLOSE}</p>|<h2>(.*?)</h2>", re.DOTALL)
# Ids that templates give; a heading takes another, as it does beside a figure of its name.
RESERVED = ("main", "claims")
# How Markdown aligns a table's column; the site's security policy lets no style stand in an attribute.
ALIGNED = re.compile(r' style="text-align: (\w+);"')
# What Markdown would read as markup. In a value it is text, typed by strangers.
MARKDOWN_SIGNS = re.compile(rf"[\\`*_{{}}\[\]()#+!|~<>&\"'{OPEN}{CLOSE}\n\r]")


@dataclass(frozen=True)
class Heading:
    """A `##` line: opens a section."""

    title: Markup
    id: str


@dataclass(frozen=True)
class Prose:
    html: Markup


Piece = Block | Heading | Prose


class Press:
    """Renders templates and pages.

    Args:
        templates: folder of the HTML templates; errors name files from this folder's name on.
        names: what every page and template can use.
        words: those of the site; templates say them by `say`, and by `label` where no link can stand.
        store: where compiled templates are kept, or None to compile them each time.
    """

    def __init__(self, templates: Path, names: Mapping[str, object], words: Words, store: Store | None = None) -> None:
        loader = TemplateFiles(templates)
        self._compiled = CompiledTemplates(store) if store else None
        files = {"loader": loader, "trim_blocks": True, "lstrip_blocks": True, "bytecode_cache": self._compiled}
        self._html = environment(autoescape=True, **files)
        self._phrase = environment(autoescape=True)
        self._text = environment(autoescape=True, finalize=_markdown_text)
        said = {"say": self.say, "label": words.plain, "kind": words.kind, "language": words.language.code}
        self.words = words
        self._html.globals.update(said)
        self._names = names
        self._markdown = Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="html")

    def say(self, slot: str, **facts: object) -> Markup:
        """Words of the site as HTML, with their links and marks."""
        text = self.words(slot, **facts)
        if not MARKED.search(text):
            return Markup(escape(html.unescape(text)))
        return Markup(str(self.markdown(text)).strip().removeprefix("<p>").removesuffix("</p>"))

    def template(self, name: str, **values: object) -> str:
        """Render a file of the templates folder.

        Raises:
            ContentError: a mistake in the template, with its file and line.
        """

        with self._located():
            return self._html.get_template(name).render(self._names, **values)

    def phrase(self, page: Page, *path: object, **values: object) -> Markup:
        """Render one front matter value, as text: what it holds of HTML or Markdown is shown, not applied.

        Raises:
            ContentError: with the value's file and line.
        """
        value = page.values
        for part in path:
            value = value[part]
        source = "\n" * (page.lines.get(path, 1) - 1) + str(value)
        return Markup(" ".join(self._render(self._phrase, source, page.name, values).split()))

    def source(self, page: Page, blocks: list[Block], **values: object) -> Source:
        """Render a page's body into Markdown.

        Args:
            page: the page.
            blocks: filled by the calls in the text (see `token`).
            values: what this page can use beyond the common names.

        Raises:
            ContentError: with file and line.
        """
        return Source(self._render(self._text, page.body, page.name, values), blocks)

    def pieces(self, source: Source, page: Page) -> list[Piece]:
        """Turn a page's body into prose, headings and blocks, in order.

        Raises:
            ContentError: a block that stands inside other text.
        """
        blocks = source.blocks
        found: list[Piece] = []
        ids = {*RESERVED, *(block.content.anchor for block in blocks if hasattr(block.content, "anchor"))}
        converted = self.markdown(source.text)
        at = 0
        for match in PIECES.finditer(converted):
            _add_prose(found, converted[at : match.start()], page)
            at = match.end()
            if match[1]:
                found.append(blocks[int(match[1])])
            else:
                found.append(Heading(Markup(match[2]), _slug(match[2], ids)))
        _add_prose(found, converted[at:], page)
        return found

    def markdown(self, text: str) -> Markup:
        """Markdown to HTML; tables and code can be scrolled sideways."""
        converted = self._markdown.reset().convert(dedent(str(text))).replace("<pre>", '<pre tabindex="0">')
        converted = ALIGNED.sub(r' class="\1"', converted).replace(
            "<table>", '<div class="across" tabindex="0"><table>'
        )
        return Markup(converted.replace("</table>", "</table></div>"))

    def _render(self, environment: jinja2.Environment, source: str, name: str, values: Mapping) -> str:
        with self._located():
            code = self._compile(environment, source, name)
            template = jinja2.Template.from_code(environment, code, environment.make_globals(self._names))
            return template.render(**values)

    def _compile(self, environment: jinja2.Environment, source: str, name: str) -> CodeType:
        if self._compiled is None:
            return environment.compile(source, name, name)
        # A page has many sources; what finalizes values is compiled in.
        key = fingerprint(name, source, environment is self._text)
        bucket = self._compiled.get_bucket(environment, key, name, source)
        if bucket.code is None:
            bucket.code = environment.compile(source, name, name)
            self._compiled.set_bucket(bucket)
        return bucket.code

    @contextmanager
    def _located(self):
        """Make what an author can cause a ContentError with file and line; leave our bugs alone."""
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            raise ContentError(
                f"template syntax: {error.message}",
                f"{error.filename or error.name}:{error.lineno}",
                there_are(error, self._html),
            ) from None
        except jinja2.TemplateNotFound as error:
            raise ContentError(f"there is no template `{error.name}`") from None
        except ReportError as error:
            places = self._places(error.__traceback__)
            if error.where is None and places:
                pages = [place for place in places if place.partition(":")[0].endswith(".md")]
                error.where = (pages or places)[-1]
            raise
        except (jinja2.UndefinedError, jinja2.TemplateRuntimeError) as error:
            places = self._places(error.__traceback__)
            hint = there_are(error, self._html)
            raise ContentError(str(error.message), places[-1] if places else None, hint) from None
        except (TypeError, ValueError, ArithmeticError) as error:
            places = self._places(error.__traceback__)
            if not places or not _is_in_template(error.__traceback__):
                raise
            raise ContentError(f"cannot be evaluated: {error}", places[-1]) from None

    def _places(self, trace: TracebackType | None) -> list[str]:
        """`file:line` of every page and template in a traceback, outermost first."""
        places = []
        while trace:
            name = trace.tb_frame.f_code.co_filename
            if name.endswith((".md", ".html")):
                places.append(f"{name}:{trace.tb_lineno}")
            trace = trace.tb_next
        return places


def _is_in_template(trace: TracebackType) -> bool:
    """Whether an error arose in an expression of a page, or in what Jinja itself does for one."""
    while trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_code.co_filename
    return name.endswith((".md", ".html")) or Path(name).is_relative_to(Path(jinja2.__file__).parent)


def _markdown_text(value: object) -> object:
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    return Markup(MARKDOWN_SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", str(value)))


def _add_prose(found: list[Piece], part: str, page: Page) -> None:
    if not part.strip():
        return
    if OPEN in part:
        raise ContentError(
            "a figure, aside or point stands inside a list, quotation or table",
            page.name,
            "give its call a place of its own, at the left edge",
        )
    found.append(Prose(Markup(part.strip())))


def _slug(heading: str, taken: set[str]) -> str:
    text = html.unescape(re.sub(r"<[^>]*>", "", heading)).lower().replace("’", "")
    plain = unicodedata.normalize("NFKD", text)
    slug = base = re.sub(r"[^\w]+", "-", plain).strip("-") or "section"
    at = 1
    while slug in taken:
        at += 1
        slug = f"{base}-{at}"
    taken.add(slug)
    return slug
