# One command builds the site, one runs the tests; each makes .venv itself.
PYTHON ?= python3
BIN = .venv/bin
# The Nu validator of HTML. Its install script, which would fetch a Java of its own, is not run.
VALIDATOR = vnu-jar@26.9.27

.PHONY: site test serve check bench clean validator

site: .venv/runtime
	$(BIN)/python build.py

test: .venv/development
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

serve: .venv/development
	$(BIN)/python build.py serve

check: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint queries

bench: .venv/development
	$(BIN)/python bench/build.py

clean: .venv/runtime
	$(BIN)/python build.py clean

.venv/runtime: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/development: requirements-dev.txt .venv/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(MAKE) validator || echo "no validator of HTML: what asks for it will be skipped" >&2
	touch $@

validator:
	npm install --silent --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --prefix .venv $(VALIDATOR)
