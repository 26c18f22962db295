# Every target sets up what it needs: a fresh machine has python3 (3.11 or later), make and a package index.

PYTHON ?= python3
BIN := .venv/bin
# Older versions of Anki that learners have, each tested in an environment of its own.
BACKENDS := anki-23.10.1 anki-25.09.2
# How many random histories `make torture` lives through.
HISTORIES ?= 3000
# The last release is the newest tag below this commit's own; PREVIOUS=PATH names its packages instead.
LAST = $(shell git describe --tags --abbrev=0 $(addprefix --exclude=,$(shell git tag --points-at HEAD 2>/dev/null)) 2>/dev/null)
PREVIOUS ?= $(if $(LAST),build/last-release/decks)
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help build-decks release build/last-release/decks extract preview check schemas test test-backends $(BACKENDS:%=test-%) torture score screenshots preview-speed format pins clean

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

# What learners have is built anew from the tag of the last release, by the program that the tag has.
build/last-release/decks: .venv/run
	rm -rf build/last-release && mkdir -p build/last-release
	git archive --format=tar $(LAST) | tar -xf - -C build/last-release
	PYTHONPATH=build/last-release/src $(BIN)/python -m cardwright -C build/last-release build --locked --quiet >/dev/null \
	  || { echo "the packages of $(LAST) cannot be built any more; name them: make release PREVIOUS=PATH"; exit 1; }

release: .venv/run $(filter build/last-release/decks,$(PREVIOUS)) ## dist/: packages, tables, what is new, checksums; PREVIOUS=PATH for another last release than the last tag
	@test -n '$(PREVIOUS)' || test "$$(git rev-parse --is-shallow-repository 2>/dev/null)" != true \
	  || { echo "this clone is cut off before the last release: git fetch --unshallow --tags"; exit 1; }
	$(BIN)/cardwright release $(addprefix --since ,$(PREVIOUS))

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

schemas: .venv/dev ## write schemas/ and the pages of codes and of lint rules anew
	$(BIN)/cardwright schema --write
	PYTHONPATH=tests $(BIN)/python -m codes_page
	PYTHONPATH=tests $(BIN)/python -m lint_page

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
