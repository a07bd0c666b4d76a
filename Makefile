# Wellserved: every command a person needs. Only python3 (3.11 or newer), make and a network for the first run.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run
DEV_STAMP := $(VENV)/.dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
HOST ?= 127.0.0.1
PORT ?= 8000
export WELLSERVED_URL ?= http://$(HOST):$(PORT)

.PHONY: help run demo test quick check bench soak screenshots lock clean

help: ## Show these lines
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Wellserved needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make $(or $(MAKECMDGOALS),run) PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "'$(PYTHON) -m venv' failed. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(RUN_STAMP): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_STAMP): requirements-dev.lock pyproject.toml $(RUN_STAMP) | $(BIN)/python
	@echo "Installing the locked packages for tests ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

run: $(RUN_STAMP) ## Make everything ready, load the sample service and serve http://127.0.0.1:8000
	@$(BIN)/wellserved migrate --verbosity 0
	@$(BIN)/wellserved demo load --if-empty
	@$(BIN)/wellserved demo sign-in
	@exec $(BIN)/wellserved serve --host $(HOST) --port $(PORT)

demo: $(RUN_STAMP) ## Load the sample service, unless it is there
	@$(BIN)/wellserved migrate --verbosity 0
	@$(BIN)/wellserved demo load --if-empty

test: $(DEV_STAMP) ## Run the whole suite
	@# Side by side first, then whatever measures time by itself; pytest says 5 when ARGS left one of the two nothing.
	@beside=0; alone=0; \
	  $(BIN)/python -m pytest -n 2 --dist loadgroup -m "not alone" $(ARGS) || beside=$$?; \
	  $(BIN)/python -m pytest -m alone $(ARGS) || alone=$$?; \
	  $(if $(strip $(ARGS)),if [[ $$beside != $$alone ]]; then beside=$${beside/#5/0}; alone=$${alone/#5/0}; fi; )\
	  exit $$((beside ? beside : alone))

quick: $(DEV_STAMP) ## Run the part of the suite that needs no database (under 30 seconds)
	@$(BIN)/python -m pytest -q -n 2 -m "not slow and not postgres and not browser" tests/architecture \
	  $(wildcard tests/science) src/wellserved/science $(ARGS)

check: $(DEV_STAMP) ## Lint, types, import contracts, templates, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src --extension html
	DJANGO_SETTINGS_MODULE=wellserved.config.settings_test $(BIN)/wellserved django makemigrations --check --dry-run

screenshots: $(DEV_STAMP) ## Draw every screen into screenshots/
	@$(BIN)/python tools/screenshots.py $(ARGS)

bench: $(DEV_STAMP) ## Run every benchmark; each prints JSON
	@for file in benchmarks/[a-z]*.py; do echo "# $$file" >&2; $(BIN)/python "$$file"; done

soak: $(DEV_STAMP) ## Run the long batteries: crash trials, random calendars, writers in competition
	@WELLSERVED_SOAK=1 $(BIN)/python -m pytest -m slow --timeout 3600 $(ARGS)

lock: ## Write the lock files anew (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	uv pip compile --quiet --universal --no-annotate --no-header --generate-hashes --python-version 3.11 --extra build --extra postgres --extra analytics pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --no-annotate --no-header --generate-hashes --python-version 3.11 --all-extras pyproject.toml -o requirements-dev.lock

clean: ## Remove the environment; the data in var/ stays
	rm -rf $(VENV)
