# The verbs of this project; CI calls the same ones. Everything installs itself into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2
ROUNDS ?= 3
SECONDS ?= 300
ATHERIS := atheris==3.0.0

.DEFAULT_GOAL := help
.PHONY: help demo test lint types quality bench fuzz kafka chaos lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsfold needs Python 3.11 or newer; say make PYTHON=python3.11")'
	@echo "Installing Newsfold into $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --disable-pip-version-check --progress-bar off --no-deps -r requirements.lock \
	  | awk -v all=$$(grep -c == requirements.lock) '/^Collecting/ { printf "\r  package %d of %d ", ++n, all; fflush() } \
	    /^Installing/ { printf "\r  unpacking %d packages ", all; fflush() } END { print "" }'
	@$(BIN)/pip install --disable-pip-version-check --quiet --no-deps -e .
	@touch $@

demo: $(READY) ## an invented news world is scraped live and folded into stories, in under a minute
	@$(BIN)/python -m samples.demo

test: $(READY) ## all tests
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: $(READY) ## style, format and the arrows between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(READY) ## mypy --strict
	$(BIN)/mypy

quality: $(READY) ## how good the stories are, against pinned floors
	$(BIN)/python -m bench.quality

bench: $(READY) ## how fast each stage and the whole way is
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.assign_speed --stories 1000 4000
	$(BIN)/python -m bench.fold_growth --sizes 10,100
	$(BIN)/python -m bench.log_speed
	$(BIN)/python -m bench.web_speed
	$(BIN)/python -m bench.kafka --quick

fuzz: $(READY) ## clean and extract are fed odd bytes, led by coverage: make fuzz SECONDS=60
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/pip install --disable-pip-version-check --quiet $(ATHERIS)
	$(BIN)/python tests/articles/fuzz_articles.py -max_total_time=$(SECONDS)

kafka: $(READY) ## a real Apache Kafka on 127.0.0.1:19092, until Ctrl-C
	@$(BIN)/newsfold broker

chaos: $(READY) ## workers and brokers on Kafka are killed at random and all is checked: make chaos ROUNDS=10
	$(BIN)/python -m bench.chaos --rounds $(ROUNDS)

lock: ## renew requirements.lock from pyproject.toml
	rm -rf .lock-venv && $(PYTHON) -m venv .lock-venv
	.lock-venv/bin/pip install --quiet -e '.[dev]'
	.lock-venv/bin/pip freeze --exclude-editable > requirements.lock
	rm -rf .lock-venv

clean: ## remove what was made here
	rm -rf $(VENV) .lock-venv .newsfold build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
