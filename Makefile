# Bám Sát. Needed: make and Python 3.11 or newer; the rest is fetched into .venv.

PYTHON ?= python3
PORT ?= 8000
# What `make setup` installs: dev (with the tools for tests), base (enough to run) or s3 (base, and what
# keeps evidence in a bucket).
LOCK ?= dev
# More arguments for pytest, for example: make test ARGS="-k plan"
ARGS ?=
# What `make bench` measures: papers, pages, start; otherwise all of them
PART ?=

VENV := .venv
BIN := $(VENV)/bin
VAR := $(or $(VAR_DIR),var)
PO := locale/vi/LC_MESSAGES/django.po
MO := $(PO:.po=.mo)

# A stamp is named after its lock's checksum, so a changed lock is installed at the next call.
stamp = $(VENV)/.$(1)-$(shell cksum < requirements/$(1).txt | cut -d' ' -f1)
BASE := $(call stamp,base)
S3 := $(call stamp,s3)
DEV := $(call stamp,dev)
LIBRARIES := $(VENV)/.libraries
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

COMPILE := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run test bench lint texts lock

help:
	@echo "make run     start Bám Sát with sample data on http://127.0.0.1:$(PORT) (PORT=8001: another port)"
	@echo "make test    run every test (ARGS=... for pytest)"
	@echo "make bench   how long papers and pages take beside others (some minutes; PART=pages: only these)"
	@echo "make lint    check style, templates and types"
	@echo "make setup   only install (LOCK=base, LOCK=s3: without the tools for tests)"
	@echo "make texts   bring the Vietnamese catalogue up to date, list what has no translation"
	@echo "make lock    compile requirements/*.txt from pyproject.toml again (needs uv)"

setup: $(or $(if $(filter base,$(LOCK)),$(BASE)),$(if $(filter s3,$(LOCK)),$(S3)),$(DEV)) $(LIBRARIES) $(MO)
	@echo "Ready: make run, make test"

run: $(BASE) $(LIBRARIES) $(MO)
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null \
		|| { echo "Port $(PORT) is taken or no port. Choose another: make run PORT=8001"; exit 1; }
	@echo "Preparing the database (in $(VAR)/, unless DATABASE_URL says otherwise)"
	@test -e $(VAR)/bam-sat.sqlite3 || rm -f $(VAR)/sample-loaded
	@$(BIN)/python manage.py migrate --verbosity 0
	@test -n "$$SECRET_KEY$$DATABASE_URL" -o -e $(VAR)/sample-loaded \
		|| { $(BIN)/python manage.py load_sample || echo "Going on without the sample."; touch $(VAR)/sample-loaded; }
	@echo "Bám Sát is at http://127.0.0.1:$(PORT) (Ctrl+C stops it)"
	@# Browsers open connections that they do not use yet; with one thread a worker would wait on one of them.
	@exec $(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--no-control-socket --log-level warning

test: $(DEV) $(LIBRARIES) $(MO)
	@$(BIN)/pytest -n 2 $(ARGS)

bench: $(DEV) $(LIBRARIES) $(MO)
	@$(BIN)/python -m tests.bench $(PART)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z 'templates/*.html' | xargs -0r $(BIN)/djade --check --target-version 5.2
	$(BIN)/mypy .

texts: $(BASE)
	@$(BIN)/python -m config.catalogue update

lock:
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --extra s3 --constraint requirements/base.txt --output-file requirements/s3.txt
	$(COMPILE) --extra s3 --group dev --constraint requirements/s3.txt --output-file requirements/dev.txt

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed, $(PYTHON) is older. With another: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The lock for development holds all of the others, and both hold all of the base lock.
$(DEV): | $(BIN)/python
	$(call install,dev)
	@touch $@ $(S3) $(BASE)

$(S3): | $(BIN)/python
	$(call install,s3)
	@touch $@ $(BASE)

$(BASE): | $(BIN)/python
	$(call install,base)
	@touch $@

define install
@echo "Installing requirements/$(1).txt into $(VENV) (once; the first time takes about half a minute)"
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/$(1).txt
endef

# WeasyPrint makes the PDFs with these; everything else works without them.
$(LIBRARIES): | $(BASE)
	@if ! $(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 && test "$$(id -u)" = 0; then \
		echo "Installing $(PACKAGES)"; \
		{ apt-get update -q && apt-get install -qy --no-install-recommends $(PACKAGES); } >/dev/null || true; \
	fi
	@if $(BIN)/python -c 'import weasyprint' >/dev/null 2>&1; then touch $@; \
	else echo "No PDFs until this is done: sudo apt-get install $(PACKAGES)"; fi

$(MO): $(PO) | $(BASE)
	@$(BIN)/python -m config.catalogue compile
