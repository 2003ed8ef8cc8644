"""Build the report; `python build.py --help` says how."""

import sys

if sys.version_info < (3, 11):
    sys.exit("error: Python 3.11 or newer is needed\n  hint: run it with python3.11, or `make site`")

try:
    from report.cli import main
except ModuleNotFoundError as error:
    sys.exit(f"error: the package {error.name} is not installed\n  hint: run `make site`, which installs it")

if __name__ == "__main__":
    sys.exit(main())
