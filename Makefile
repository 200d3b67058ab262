# The commands of a newcomer, of CI and of the operator of one machine. Needs make and Python 3.11.

VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements.lock requirements-dev.lock requirements-build.lock requirements-uv.lock \
  requirements-audit.lock
# Tried in this order, unless PYTHON names one.
PYTHONS := python3.14 python3.13 python3.12 python3.11 python3 python
# The fraction of their full size at which the long tests run.
LONG_SHARE ?= 1

# Stamps: a lock is installed again only when it has changed. DEV holds all of RUN.
RUN := $(VENV)/installed-run
DEV := $(VENV)/installed-dev
# The audit tools live in an environment of their own, so that they never meet the product's versions.
TOOLS := $(VENV)/audit/installed

PYTEST := $(BIN)/python -m pytest
# One worker more than cores, at most eight: the tests also wait, for timers and sockets.
WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); \
  [ "$$n" -ge 7 ] && echo 8 || echo $$((n + 1)))
QUICK := -m "not slow and not long"
PARALLEL := --numprocesses $(WORKERS) --dist worksteal

# Otherwise every worker and every child process compiles all modules again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test cover test-slow test-postgresql test-long check fix sbom audit bench lock \
  pictures image slow-tools

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: $(RUN) ## Serve on http://127.0.0.1:8000 (MONITOR_PORT for another port)
	@exec $(BIN)/entity-monitor serve

test: $(DEV) ## The quick tests (T=tests/test_poll.py for one file, slow tests included)
	@$(PYTEST) $(if $(T),$(T),$(QUICK) $(PARALLEL))

cover: $(DEV) ## The quick tests, and which lines of monitor/ they never reach
	@$(PYTEST) $(QUICK) $(PARALLEL) --cov --cov-report=term-missing:skip-covered

test-slow: slow-tools $(DEV) ## Browser, PostgreSQL, fresh clones
	@$(PYTEST) -m "slow and not long" --numprocesses 3 --dist worksteal --durations 12

# tests/ops runs over both databases anyway.
test-postgresql: slow-tools $(DEV) ## The quick tests that use a ledger, over PostgreSQL
	@TEST_DATABASE=postgresql $(PYTEST) $(QUICK) $(PARALLEL) \
	  tests/test_*.py tests/cli tests/ledger tests/web

test-long: $(DEV) ## Fuzzing, soak, every mutation: hours (LONG_SHARE=0.02 for a sample)
	@LONG_SHARE=$(LONG_SHARE) $(PYTEST) -m long --numprocesses 2 --dist loadfile --durations 8

check: $(DEV) ## Format, lint, types, import rules, schemas, catalogs, locks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@fresh=$$(mktemp -d) && $(BIN)/python -m monitor.settings.schema $$fresh && \
	  diff -r config/schema $$fresh && rm -r $$fresh && echo "config/schema is fresh"
	$(BIN)/python -m tests.catalog --check
	@! grep -nE '://|--(extra-)?index-url|--find-links' $(LOCKS)

fix: $(DEV) ## Apply the fixes that ruff knows, format, write schemas and catalogs anew
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/python -m monitor.settings.schema config/schema
	$(BIN)/python -m monitor.replay.schema config/schema
	$(BIN)/python -m tests.catalog

# pyproject.toml leaves its version to hatch, which the tool does not ask.
VERSION := $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' monitor/__init__.py)

sbom: $(TOOLS) ## The bill of materials, CycloneDX JSON on stdout (OUT=sbom.json for a file)
	@project=$$(mktemp) && trap 'rm -f "$$project"' EXIT && \
	sed 's/^dynamic = .*/version = "$(VERSION)"/' pyproject.toml >"$$project" && \
	PYTHONWARNINGS=ignore $(VENV)/audit/bin/cyclonedx-py requirements --pyproject "$$project" \
	  --output-reproducible --output-file "$(or $(OUT),-)" requirements.lock

ASK = $(VENV)/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip \
  --progress-spinner off

# Its exit code is 1 for a finding and for a failure alike; a table is written for a finding, and
# with exit code 0 for packages that the service does not know.
audit: $(TOOLS) ## Known vulnerabilities of requirements.lock (AUDIT_MAY_SKIP=1: pass if it cannot be asked)
	@[ "$$AUDIT_MAY_SKIP" = 1 ] || exec $(ASK) --strict; \
	table=$$(mktemp) || exit; trap 'rm -f "$$table"' EXIT; \
	$(ASK) --output "$$table"; code=$$?; cat "$$table"; \
	if [ $$code != 0 ] && [ -s "$$table" ]; then exit 1; fi; \
	if [ $$code != 0 ] || [ -s "$$table" ]; then \
	  echo "NOT AUDITED (see above); passed because of AUDIT_MAY_SKIP=1" >&2; \
	fi

bench: $(DEV) ## The figures of speed and memory, as ratios
	@$(BIN)/python -m benchmarks

pictures: slow-tools $(DEV) ## Draw the pictures of README and docs anew (needs Chromium)
	@$(BIN)/python -m tests.pictures

# UPGRADE=--upgrade takes the newest versions; without it only what pyproject.toml asks for moves.
# A lock names no index, so that a mirror serves as well.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)

lock: $(RUN) ## Write the locks anew from pyproject.toml
	$(COMPILE) pyproject.toml --extra postgresql -o requirements.lock
	$(COMPILE) pyproject.toml --extra postgresql --group dev \
	  -c requirements.lock -o requirements-dev.lock
	printf 'hatchling>=1.27\neditables\n' | \
	  $(COMPILE) - -c requirements-dev.lock -o requirements-build.lock
	echo 'uv' | $(COMPILE) - -o requirements-uv.lock
	printf 'cyclonedx-bom\npip-audit\n' | \
	  $(COMPILE) - -c requirements-dev.lock -o requirements-audit.lock

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
	@# By itself: what one test needs must not keep the others from theirs.
	@[ -n "$$PGBOUNCER" ] || command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ] || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends pgbouncer; \
	  } || echo "could not be installed: pgbouncer"

# $(call install,ENVIRONMENT,ARGUMENTS): uv where it could be installed, as it takes seconds; else pip.
# Both check every hash and trust the certificates of the system.
export UV_SYSTEM_CERTS := 1
install = { [ -x $(BIN)/uv ] && \
  $(BIN)/uv pip install --quiet --compile-bytecode --python $(1)/bin/python $(2); } || \
  $(1)/bin/python -m pip install --quiet --disable-pip-version-check $(2)

$(RUN): requirements.lock requirements-build.lock requirements-uv.lock pyproject.toml $(BIN)/python
	@echo "Installing into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
	  --require-hashes -r requirements-uv.lock || echo "uv cannot be installed; pip takes longer"
	@$(call install,$(VENV),--require-hashes -r requirements.lock)
	@$(call install,$(VENV),--require-hashes -r requirements-build.lock)
	@$(call install,$(VENV),--no-deps --no-build-isolation --editable .)
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@$(call install,$(VENV),--require-hashes -r requirements-dev.lock)
	@touch $@

$(TOOLS): requirements-audit.lock $(BIN)/python
	@$(BIN)/python -m venv --clear $(VENV)/audit
	@$(call install,$(VENV)/audit,--require-hashes -r requirements-audit.lock)
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
