"""Writing: the words of pages, in any language. A line stands or falls with its facts; outcomes are named cases."""
