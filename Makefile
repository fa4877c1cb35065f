# The house's own commands. `make demo` is the one to start with.
SHELL := /bin/bash
PYTHON ?=
BIN := .venv/bin
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q

.PHONY: demo env test check bench docs lock clean

demo: env ## a living hub with demonstration data, and how to sign in
	@$(BIN)/grandunion demo

env: .venv/.ready ## the environment, from the lock, every file checked by its hash

.venv/.ready: requirements/dev.lock pyproject.toml
	@bash .ci/environment $(PYTHON)
	@touch $@

test: env ## every test, on SQLite and, where its programs are to be had, on PostgreSQL
	@bash .ci/test

check: env ## style, floors and columns, architecture, tables, pages and pack
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@cd src && ../$(BIN)/lint-imports --config ../pyproject.toml --no-cache
	$(BIN)/pytest tests/architecture -q
	$(BIN)/python -m django makemigrations --check --dry-run --settings grandunion.config.settings
	$(BIN)/grandunion pack check packs/hefei

bench: env ## what is fast, against what, in one run
	@$(BIN)/python -m benchmarks $(ARGS)

docs: env ## write docs/generated anew
	@$(BIN)/grandunion docs

lock: ## choose versions anew within pyproject.toml (needs uv; everybody else only installs)
	$(LOCK) --extra postgresql -o requirements/run.lock $(ARGS)
	$(LOCK) --extra postgresql --group dev -o requirements/dev.lock $(ARGS)

clean: ## everything that can be made again; the hub's own records in var/ stay
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
