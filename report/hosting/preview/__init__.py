"""The preview: a local server that builds again when a file is saved, and tells the pages that are open."""
