"""Checks of a built site. One module a check: `check(site)` gives the faults it finds, and counts what it looked at."""
