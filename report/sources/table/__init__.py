"""Flat tables of tracks, under the names and in the shapes that public data sets have."""
