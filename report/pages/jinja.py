"""The language of templates: Jinja, with the filters of `numbers` and values that may be unknown."""

from __future__ import annotations

import re
from collections.abc import Callable

import jinja2
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_TESTS

from report.core.facts import is_known, suggest
from report.core.numbers import FILTERS

UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'")


def environment(**options: object) -> jinja2.Environment:
    """Jinja as the report speaks it; `options` are the environment's own.

    A name that is not there is an error; `x is known`, `x is none` and `known(x, y)` ask whether values are known.
    """
    made = jinja2.Environment(undefined=jinja2.StrictUndefined, **options)
    made.filters.update({name: _defined(function) for name, function in FILTERS.items()})
    made.tests["known"] = is_known
    made.tests["none"] = lambda value: not is_known(value)
    made.globals["known"] = is_known
    return made


def there_are(error: jinja2.TemplateError, environment: jinja2.Environment) -> str | None:
    """What there is in place of a filter or a test that there is not, if that is the error."""
    unknown = UNKNOWN.match(error.message or "")
    if not unknown:
        return None
    kind, name = unknown.groups()
    known = environment.filters if kind == "filter" else environment.tests
    own = sorted(known.keys() - (DEFAULT_FILTERS.keys() if kind == "filter" else DEFAULT_TESTS.keys()))
    there = f"the report's own {kind}s are {', '.join(own)}; others are Jinja's"
    near = suggest(name, known)
    return f"{near} {there}" if near else there


def _defined(function: Callable) -> Callable:
    # A strict undefined value fails with its own name only when it is used as Jinja uses it.
    def checked(value: object, *args: object, **options: object) -> str:
        if isinstance(value, jinja2.Undefined):
            str(value)
        return function(value, *args, **options)

    return checked
