"""Figures: rows with their table, their denominator and their origin, as a page places them."""
