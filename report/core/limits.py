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
