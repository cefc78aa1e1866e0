# Each target sets itself up from a bare machine that has only python3 and make.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
DATA_DIR ?= var/touchline
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

.PHONY: help install demo run test check bench docs format schema migration snippet lock clean

help:  ## Show what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY)  ## Make .venv with exactly what the lock says, and touchline in it

$(READY): requirements-dev.lock pyproject.toml scripts/install.sh
	@scripts/install.sh $(VENV)
	@touch $@

demo: $(READY)  ## Fill DATA_DIR with a believable year of customers
	@$(BIN)/touchline demo --data-dir $(DATA_DIR) $(ARGS)
	@printf '\n%s\n' "In this folder, \"make run\" serves it on http://$(HOST):$(PORT)/graphql"

run: $(READY)  ## Serve DATA_DIR on HOST:PORT
	@$(BIN)/touchline serve --host $(HOST) --port $(PORT) --data-dir $(DATA_DIR) $(ARGS)

test: $(READY)  ## Run every test on SQLite, PostgreSQL and Redis (ARGS go to pytest)
	@$(BIN)/python scripts/servers.py
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal $(ARGS)

check: $(READY)  ## Format, lint, types, import contracts, schema, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/touchline schema --check schema.graphql --check-docs docs/reference/schema.md
	$(BIN)/python -m pytest -q tests/architecture tests/docs

bench: $(READY)  ## Ask the workloads of hand-written SQL and other servers too (ARGS="--help" shows more)
	@$(BIN)/python -m bench $(or $(ARGS),queries)

docs: $(READY)  ## Build the documentation as a site into site/
	$(BIN)/mkdocs build --strict --quiet

format: $(READY)  ## Rewrite the tree as the formatter and the lint want it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(READY)  ## Write schema.graphql and its reference page from the code
	$(BIN)/touchline schema --write schema.graphql --docs docs/reference/schema.md

migration: $(READY)  ## Write the next migration, called NAME, from the models
	@$(BIN)/python -m scripts.migration $(NAME)

snippet: $(READY)  ## Write what browsers load of touchline/api/static/snippet.js
	@$(BIN)/python -m scripts.snippet

lock: $(READY)  ## Pin every dependency anew (ARGS=--upgrade takes newer versions)
	@scripts/lock.sh $(BIN) $(ARGS)

clean:  ## Remove all that the other targets made
	rm -rf $(VENV) build dist site var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
