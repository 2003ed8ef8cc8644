"""Any value as text that tells it from all others: what a page was made from becomes part of its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from pathlib import PurePath
from types import FunctionType

OURS = "report."
# Their texts, and those of plain lists and dictionaries of them, are what Python prints.
SIMPLE = frozenset((str, int, float, bool, type(None)))


class NotAValue(TypeError):
    """Something that could give other results another time: a function that remembers things, an open file."""


class Values:
    """Tells values from each other. What cannot change is looked at once, however often it is met."""

    def __init__(self) -> None:
        # With the object itself, so that its number goes to no other.
        self._met: dict[int, tuple[object, str]] = {}

    def text(self, value: object) -> str:
        """The value in full: its types, what its containers hold, the fields of objects of this project.

        Raises:
            NotAValue: it, or something in it, is no plain value.
        """
        kind = type(value)
        if kind in SIMPLE:
            return repr(value)
        if kind is bytes:
            return f"bytes {sha256(value).hexdigest()}"
        if kind in (list, tuple) and SIMPLE.issuperset(map(type, value)):
            return repr(value)
        if kind is dict and SIMPLE.issuperset(map(type, value)) and SIMPLE.issuperset(map(type, value.values())):
            return repr(value)
        if isinstance(value, Mapping):
            pairs = ",".join(f"{self.text(key)}:{self.text(item)}" for key, item in value.items())
            return f"{kind.__name__}{{{pairs}}}"
        if isinstance(value, list | tuple):
            return f"{kind.__name__}[{','.join([self.text(item) for item in value])}]"
        if isinstance(value, set | frozenset):
            return f"{kind.__name__}{sorted(self.text(item) for item in value)}"
        if isinstance(value, str | Decimal | date):
            return f"{kind.__name__} {str(value)!r}"
        if isinstance(value, PurePath):
            # Where a file lies is no part of a page; what lies in the store is named by its content.
            return f"path {value.name!r}"
        if kind is FunctionType and value.__module__.startswith(OURS) and value.__closure__ is None:
            return f"{value.__module__}.{value.__qualname__}"
        if kind is re.Pattern:
            return f"pattern {value.pattern!r} {value.flags}"
        if kind is partial:
            return f"partial{self.text((value.func, value.args, value.keywords))}"
        if kind.__module__.startswith(OURS) and hasattr(value, "__dict__"):
            return self._object(value)
        raise NotAValue(f"a {kind.__name__} is no plain value")

    def _object(self, value: object) -> str:
        if id(value) in self._met:
            return self._met[id(value)][1]
        text = f"{type(value).__qualname__}({self.text(vars(value))})"
        if is_dataclass(value) and value.__dataclass_params__.frozen:
            # Short, as it may be met in many others.
            text = f"{type(value).__qualname__} {sha256(text.encode()).hexdigest()}"
            self._met[id(value)] = value, text
        return text
