"""One module a command of build.py: `add` describes it to the parser, `run` carries it out."""
