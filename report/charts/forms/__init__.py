"""Whole forms that several findings use."""
