"""Bound prose: no figure and no headline on a page or in a claim without a fact, a definition or a reason."""
