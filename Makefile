# What a newcomer, CI and the operator of one machine type. Needs make and Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements.lock requirements-dev.lock requirements-slow.lock \
  requirements-build.lock requirements-uv.lock requirements-audit.lock
# Tried in this order, unless PYTHON names one.
PYTHONS := python3.14 python3.13 python3.12 python3.11 python3 python
# The share of their full size to which the long tests go.
LONG_SHARE ?= 1

# Stamps: a lock is installed again only when it has changed. Each set holds the one before.
RUN := $(VENV)/installed-run
DEV := $(VENV)/installed-dev
SLOW := $(VENV)/installed-slow

PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-slow test-postgresql test-long check sbom audit bench lock image slow-tools

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: $(RUN) ## Serve on http://127.0.0.1:8000 (MONITOR_PORT for another port)
	@exec $(BIN)/entity-monitor serve

test: $(DEV) ## The quick tests
	@$(PYTEST) -m "not slow and not long" --numprocesses auto --maxprocesses 8

test-slow: slow-tools $(SLOW) ## Browser, PostgreSQL, fresh clones
	@$(PYTEST) -m slow --numprocesses auto --maxprocesses 2 --dist loadfile

# tests/ops asks both databases by itself.
test-postgresql: slow-tools $(SLOW) ## The quick tests of all that keeps a ledger, over PostgreSQL
	@TEST_DATABASE=postgresql $(PYTEST) -m "not slow and not long" --numprocesses auto \
	  --maxprocesses 8 tests/test_*.py tests/cli tests/ledger tests/web

test-long: $(SLOW) ## Fuzzing, soak, every mutation: hours (LONG_SHARE=0.02 for a taste of them)
	@LONG_SHARE=$(LONG_SHARE) $(PYTEST) -m long

check: $(DEV) ## Format, lint, types, import rules, schemas, locks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@fresh=$$(mktemp -d) && $(BIN)/python -m monitor.settings.schema $$fresh && \
	  diff -r config/schema $$fresh && rm -r $$fresh && echo "config/schema is fresh"
	@! grep -nE '://|--(extra-)?index-url|--find-links' $(LOCKS)

sbom: $(RUN) ## The bill of materials, CycloneDX JSON on stdout (OUT=sbom.json for a file)
	@$(BIN)/python -m deploy.sbom $(if $(OUT),--out "$(OUT)")

audit: $(BIN)/python ## Ask whether anything is known against what is locked
	@$(BIN)/python -m deploy.audit

bench: $(DEV) ## The figures of speed and memory, as ratios
	@$(BIN)/python -m benchmarks

# UPGRADE=--upgrade takes the newest versions; without it only what pyproject.toml asks for moves.
# Nobody's index belongs in a lock: none is emitted.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)

lock: $(RUN) ## Write the locks anew from pyproject.toml
	$(COMPILE) pyproject.toml --extra postgresql -o requirements.lock
	$(COMPILE) pyproject.toml --extra postgresql --group dev \
	  -c requirements.lock -o requirements-dev.lock
	$(COMPILE) pyproject.toml --extra postgresql --group dev --group slow \
	  -c requirements-dev.lock -o requirements-slow.lock
	printf 'hatchling>=1.27\neditables\n' | \
	  $(COMPILE) - -c requirements-dev.lock -o requirements-build.lock
	echo 'uv' | $(COMPILE) - -o requirements-uv.lock
	echo 'pip-audit' | $(COMPILE) - -c requirements-dev.lock -o requirements-audit.lock

image: ## Build the container image
	docker build --tag entity-list-monitor .

# Without them the slow tests that need them skip, and say so.
slow-tools:
	@missing=; \
	command -v chromium >/dev/null || missing="chromium"; \
	[ -n "$$PG_BINDIR" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	  missing="$$missing postgresql"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -qq --yes --no-install-recommends $$missing; \
	fi || echo "could not be installed: $$missing"

# uv where it can be had, for it takes seconds; else pip. Both hold every file to its hash and trust
# whom the machine trusts.
export UV_SYSTEM_CERTS := 1
install = { [ -x $(BIN)/uv ] && $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(1); } || \
  $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1)

$(RUN): requirements.lock requirements-build.lock requirements-uv.lock pyproject.toml $(BIN)/python
	@echo "Installing into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	  --require-hashes -r requirements-uv.lock || echo "uv cannot be had here; pip takes longer"
	@$(call install,--require-hashes -r requirements.lock)
	@$(call install,--require-hashes -r requirements-build.lock)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@$(call install,--require-hashes -r requirements-dev.lock)
	@touch $@

$(SLOW): requirements-slow.lock $(DEV)
	@$(call install,--require-hashes -r requirements-slow.lock)
	@touch $@

$(BIN)/python:
	@for python in $(or $(PYTHON),$(PYTHONS)); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	    exec "$$python" -m venv --clear $(VENV); \
	  fi; \
	  bare="$$python"; \
	done; \
	if [ -n "$$bare" ]; then \
	  echo "$$bare cannot make virtual environments." \
	    "On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	else \
	  echo "Python 3.11 or newer is needed and was not found." \
	    "Name one with: make PYTHON=/path/to/python3.11" >&2; \
	fi; exit 1
