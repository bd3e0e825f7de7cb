# `make run` runs LeadEngine, `make test` tests it. Everything else is listed by `make help`.
# Only relative paths: the project may lie in any folder.

MAKEFLAGS += --no-print-directory
VERSIONS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
NAMES = python3.11 python3.12 python3.13 python3 python
PYTHON := $(shell for name in $(NAMES); do "$$name" -c '$(VERSIONS)' 2>/dev/null && echo "$$name" && break; done)
BOOTSTRAP = $(or $(PYTHON),$(error LeadEngine needs Python 3.11, 3.12 or 3.13, and none is on the PATH: install one, on Debian with apt-get install python3 python3-venv)) bootstrap.py

.PHONY: help run setup test test-fast lint bench worker stop password lock screenshots lighthouse

help:
	@echo "make run        database, sample, web server and worker; PORT=8010 pins the port"
	@echo "make test       all set-up and every test; make test-fast leaves out the slow ones"
	@echo "make lint       style, formatting, types"
	@echo "make bench      all benchmarks; NAME=... one of them"
	@echo "make setup      the virtual environment with everything for work on the code"
	@echo "make worker     one more worker"
	@echo "make stop       stops web server, worker and database"
	@echo "make password   new passwords for the three sample sign-ins"
	@echo "make screenshots  pictures of the running sample for docs/screenshots"
	@echo "make lighthouse   Lighthouse's scores of the running sample's main pages; needs Node and Chromium"
	@echo "make lock       pins anew what requirements.txt and requirements-dev.txt ask for"

run:
	@$(BOOTSTRAP) runtime manage.py up

setup:
	@$(BOOTSTRAP) dev

test:
	@$(BOOTSTRAP) dev tests

test-fast:
	@$(BOOTSTRAP) dev tests --fast

lint: setup
	@.venv/bin/python -m ruff check .
	@.venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy

bench:
	@$(BOOTSTRAP) dev benchmarks $(NAME)

worker:
	@$(BOOTSTRAP) runtime manage.py worker

stop:
	@$(BOOTSTRAP) runtime manage.py stop

password:
	@$(BOOTSTRAP) runtime manage.py password

screenshots: setup
	@.venv/bin/python -m tests.screenshots

lighthouse: setup
	@.venv/bin/python -m tests.lighthouse

LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	@$(LOCK) requirements.txt -o requirements.lock
	@$(LOCK) requirements-dev.txt -o requirements-dev.lock
