"""Liner Notes: a report on the metadata of a streaming archive, generated as a static site."""

VERSION = "0.1.0"
