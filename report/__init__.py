"""Liner Notes: a report on the metadata of a streaming archive, generated as a static site."""

VERSION = "0.1.0"


def __getattr__(name: str) -> object:
    """`from report import numbers`: how figures are printed, for scripts; imported when it is asked for."""
    if name == "numbers":
        from report.core import numbers

        return numbers
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
