"""Build the report; `.venv/bin/python build.py --help` says how."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("error: Python 3.11 or newer is needed\n  hint: run it with one, such as: make site PYTHON=python3.11")

try:
    from report.cli import main
except ModuleNotFoundError as error:
    VENV = Path(__file__).resolve().parent / ".venv"
    IS_THERE = (VENV / "bin/python").exists() and not VENV.samefile(sys.prefix)
    HINT = ".venv/bin/python build.py has it" if IS_THERE else "run `make site`, which installs it"
    sys.exit(f"error: the package {error.name} is not installed\n  hint: {HINT}")

if __name__ == "__main__":
    sys.exit(main())
