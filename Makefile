# Every target sets up what it needs: a fresh machine has python3 (3.11 or later), make and a package index.

PYTHON ?= python3
BIN := .venv/bin
# Older versions of Anki that learners have, each tested in an environment of its own.
BACKENDS := anki-23.10.1 anki-25.09.2
# How many random histories `make torture` lives through.
HISTORIES ?= 3000
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help build-decks extract preview check schemas test test-backends $(BACKENDS:%=test-%) torture score screenshots preview-speed format pins clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

.venv/run: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("python 3.11 or later is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/run
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

build-decks: .venv/run ## compile cards/ into decks/*.apkg and *.csv
	$(BIN)/cardwright build

extract: .venv/run ## bring what is new in seeds/ to cards/
	$(BIN)/cardwright extract

preview: .venv/run ## cards and documents as a web page
	$(BIN)/cardwright preview

check: .venv/dev ## format, lint, types, layers, and the project's own files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@for name in cards rules vocabulary glossary deck sources; do \
	  $(BIN)/cardwright schema $$name | cmp -s - schemas/$$name.json \
	    || { echo "schemas/$$name.json is stale: run 'make schemas'"; exit 1; }; done
	$(BIN)/cardwright check

schemas: .venv/dev ## write schemas/ and the page of codes anew
	$(BIN)/cardwright schema --write
	PYTHONPATH=tests $(BIN)/python -m codes_page

test: .venv/dev ## all tests
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile -rs

score: .venv/dev ## how much of what good decks ask the rules find, in each set of documents
	PYTHONPATH=tests $(BIN)/python -m corpus

screenshots: .venv/dev ## the pictures of the README; needs chromium
	PYTHONPATH=tests $(BIN)/python -m preview.screenshots

preview-speed: .venv/dev ## how quick the page is with ten thousand cards; needs chromium
	PYTHONPATH=tests $(BIN)/python -m preview.speed

# The same versions as everywhere, but for Anki itself.
$(BACKENDS:%=.venv-%/run): .venv-%/run: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-$*
	{ grep -v '^anki==' constraints.txt; echo '$(subst anki-,anki==,$*)'; } > .venv-$*/constraints.txt
	PIP_CONSTRAINT=$(CURDIR)/.venv-$*/constraints.txt .venv-$*/bin/python -m pip install --quiet anki hypothesis pytest pytest-xdist --editable .
	@touch $@

$(BACKENDS:%=test-%): test-%: .venv-%/run
	.venv-$*/bin/python -m pytest tests/decks tests/promises tests/histories --numprocesses=auto --dist=loadfile

test-backends: $(BACKENDS:%=test-%) ## what is promised to learners with older versions of Anki

torture: .venv/dev ## thousands of random histories; HISTORIES=N for another number
	HISTORIES=$(HISTORIES) $(BIN)/python -m pytest tests/histories tests/cards/test_hand_edits.py --log-cli-level=INFO

format: .venv/dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pins: .venv/dev ## write constraints.txt anew from what is installed
	{ head -n 1 constraints.txt; $(BIN)/python -m pip freeze --exclude-editable; grep '^setuptools==' constraints.txt; } > constraints.new
	mv constraints.new constraints.txt

clean: ## remove what was built, not what was written
	rm -rf .venv .venv-anki-* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist src/*.egg-info
	rm -f decks/*.apkg decks/*.csv decks/*.anki.txt
