"""Checks of a built site. One module a check: `check(site)` gives the faults it finds, and counts what it looked at.

A module here that has it is a check, called as its file. One that has `NEEDS`, the programs it cannot do without, runs
after those that need none.
"""
