"""How many rows a number needs to be stated, and how far it has to be from a limit to be told from chance.

Queries have the same values as macros of these names, `fewest_in_year()` and so on; queries/macros.sql computes with
them.
"""

from __future__ import annotations

# The seconds 3 to 10 away on both sides of a whole minute; a standard error of an index of 1 is then a third.
FEWEST_AROUND_MINUTE = 160
# A year, or another period, of which an average, a median or a share is compared with that of another.
FEWEST_IN_YEAR = 1000
# Any other group of which a median or a ratio is stated.
FEWEST_IN_GROUP = 100
# A difference that chance alone makes about one time in twenty.
STANDARD_ERRORS = 2

MACROS = {
    "fewest_around_minute": FEWEST_AROUND_MINUTE,
    "fewest_in_year": FEWEST_IN_YEAR,
    "fewest_in_group": FEWEST_IN_GROUP,
    "standard_errors": STANDARD_ERRORS,
}


class Estimate(float):
    """A number that chance could have made another, with its standard error.

    A fact `x` is one where the same query gives `x_standard_error`. Counts of the whole archive, and shares of all that
    it holds, are none: nothing was drawn, so they are what they are.
    """

    standard_error: float

    def __new__(cls, value: float, standard_error: float) -> Estimate:
        made = super().__new__(cls, value)
        made.standard_error = standard_error
        return made

    def __neg__(self) -> Estimate:
        return Estimate(-float(self), self.standard_error)


def within_chance(left: object, right: object) -> bool:
    """Whether chance alone could have put two numbers on either side of each other."""
    errors = [value.standard_error for value in (left, right) if isinstance(value, Estimate)]
    spread = sum(error**2 for error in errors) ** 0.5
    return spread > 0 and abs(left - right) <= STANDARD_ERRORS * spread


def is_above(value: object, limit: float) -> bool:
    """Whether a known number is above a limit, and not by chance."""
    return isinstance(value, int | float) and value > limit and not within_chance(value, limit)


def is_below(value: object, limit: float) -> bool:
    """Whether a known number is below a limit, and not by chance."""
    return isinstance(value, int | float) and value < limit and not within_chance(value, limit)
