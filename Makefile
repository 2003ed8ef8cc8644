# One command builds the site, one runs the tests; each makes .venv itself.
#   make report ARCHIVE=/data/archive          aggregate an archive or a flat table, then build the site of it
#   make aggregate ARCHIVE=… EDITION=NAME      only make the edition
#   make report EDITION=NAME                   build the site of an edition that is there
PYTHON ?= python3
BIN = .venv/bin
# The Nu validator of HTML. Its install script, which would fetch a Java of its own, is not run.
VALIDATOR = vnu-jar@26.9.27
# Validates CITATION.cff; by itself, since it needs a jsonschema that is older than the other validators'.
CFFCONVERT = cffconvert==2.0.0
# A DuckDB that reads over the network, as a reader has it; the extension is published for this version.
READER = duckdb==1.5.5 duckdb-extensions==1.5.5 duckdb-extension-httpfs==1.5.5
NONE = no validator of HTML: what asks for it is skipped. npm says why above; make validator tries again
OLD = "error: Python 3.11 or newer is needed\n  hint: name one: make $(MAKECMDGOALS) PYTHON=python3.11"

# Groups of tests begin in the order that tests/conftest.py puts them in.
BESIDE = --numprocesses auto --dist loadgroup --no-loadscope-reorder

GIVEN = $(if $(EDITION),--edition '$(EDITION)')

.PHONY: site report aggregate test test-fast serve check bench clean validator

site report: .venv/runtime
	$(BIN)/python build.py $(if $(ARCHIVE),--archive '$(ARCHIVE)') $(GIVEN)

aggregate: .venv/runtime
	$(BIN)/python build.py aggregate '$(ARCHIVE)' $(GIVEN)

test: .venv/development .venv/validator
	$(BIN)/python -m pytest $(BESIDE)

# For the loop: what needs no site.
test-fast: .venv/development
	$(BIN)/python -m pytest $(BESIDE) -m 'not dear'

serve: .venv/development
	$(BIN)/python build.py serve $(GIVEN)

check: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint queries

bench: .venv/development
	$(BIN)/python bench/build.py

clean: .venv/runtime
	$(BIN)/python build.py clean

.venv/runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and $(OLD))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/development: Makefile requirements-dev.txt requirements-spark.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --no-warn-conflicts --target .venv/cffconvert $(CFFCONVERT)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --no-warn-conflicts --target .venv/duckdb $(READER)
	touch $@

# Tried again each time until it is there.
.venv/validator: Makefile .venv/runtime
	@$(MAKE) --no-print-directory validator && touch $@ || echo "$(NONE)" >&2

validator:
	npm install --loglevel=error --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix .venv $(VALIDATOR)
