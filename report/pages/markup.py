"""Markdown and templates to HTML; every error of a template knows its file and line."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from types import TracebackType

import jinja2
from markdown import Markdown
from markupsafe import Markup, escape

from report.cache.store import Store
from report.core.errors import ContentError, ReportError
from report.pages.blocks import Block
from report.pages.compiled import CompiledTemplates, TemplateFiles
from report.pages.jinja import environment, there_are
from report.writing.words import Words

# Where Markdown has something to do.
MARKED = re.compile(r"[*\[`]")
# How Markdown aligns a table's column; the site's security policy lets no style stand in an attribute.
ALIGNED = re.compile(r' style="text-align: (\w+);"')


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

    def markdown(self, text: str) -> Markup:
        """Markdown to HTML; tables and code can be scrolled sideways."""
        converted = self._markdown.reset().convert(dedent(str(text))).replace("<pre>", '<pre tabindex="0">')
        converted = ALIGNED.sub(r' class="\1"', converted).replace(
            "<table>", '<div class="across" tabindex="0"><table>'
        )
        return Markup(converted.replace("</table>", "</table></div>"))

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
                error.where = places[-1]
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
        """`file:line` of every template in a traceback, outermost first."""
        places = []
        while trace:
            name = trace.tb_frame.f_code.co_filename
            if name.endswith(".html"):
                places.append(f"{name}:{trace.tb_lineno}")
            trace = trace.tb_next
        return places


def _is_in_template(trace: TracebackType) -> bool:
    """Whether an error arose in an expression of a template, or in what Jinja itself does for one."""
    while trace.tb_next:
        trace = trace.tb_next
    name = trace.tb_frame.f_code.co_filename
    return name.endswith(".html") or Path(name).is_relative_to(Path(jinja2.__file__).parent)
