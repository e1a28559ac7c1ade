# caicach. Two commands matter: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run install test test-faults check lock reset messages

run: install ## Start web and worker with the sample ministry
	@$(BIN)/caicach run

install: $(VENV)/.installed ## Install the product only

$(VENV)/.python: requirements/build.txt requirements/runtime.txt
	@test -x $(BIN)/python || { echo "Creating $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing Python packages"
	@$(PIP) install --require-hashes -r requirements/build.txt 2>&1 | { grep -v '^WARNING: Location' || true; }
	@$(PIP) install --require-hashes -r requirements/runtime.txt 2>&1 | { grep -v '^WARNING: Location' || true; }
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.node: package.json package-lock.json requirements/node.txt | $(VENV)/.python
	@echo "Installing front-end packages"
	@bash scripts/npm.sh ci
	@touch $@

$(VENV)/.installed: $(VENV)/.python $(VENV)/.node $(wildcard locale/*.po) $(shell find src -name '*.po') src/caicach/kernel/ui/assets.py
	@$(BIN)/caicach assets build
	@$(BIN)/caicach messages compile
	@touch $@

$(VENV)/.test: requirements/test.txt | $(VENV)/.installed
	@$(PIP) install --require-hashes -r requirements/test.txt 2>&1 | { grep -v '^WARNING: Location' || true; }
	@touch $@

test: install $(VENV)/.test ## Install what tests need and run the whole suite
	@bash scripts/test.sh

test-faults: install $(VENV)/.test ## kill -9, two writers, disk full, bad files
	@$(BIN)/python -m pytest tests/faults -m faults

check: install $(VENV)/.test ## The checks of CI without the tests
	@bash scripts/check.sh

lock: ## Compile requirements/*.in to pinned files with hashes
	@bash scripts/lock.sh

messages: ## Extract messages into every room's catalogue
	@$(BIN)/caicach messages extract

reset: install ## Start anew, after asking
	@$(BIN)/caicach reset
