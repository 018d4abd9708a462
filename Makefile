# LSTM Explorer: `make` alone lists what can be made. Everything is installed into .venv, nothing elsewhere
# (but for Debian's own packages, where root runs this and they are missing).

# The first of these that is Python 3.11 or newer makes the environment: make app PYTHON=python3.12
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11 python
# The first of these that runs drives the browser tests: make test CHROMIUM=/path/to/chromium
BROWSERS := $(if $(CHROMIUM),"$(CHROMIUM)",chromium chromium-browser google-chrome-stable google-chrome \
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
	/Applications/Chromium.app/Contents/MacOS/Chromium)

BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# At these sizes more threads of NumPy only get in each other's way.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

find_python = for p in $(PYTHON); do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo "$$p" && break; done | grep .
find_browser = for b in $(BROWSERS); do "$$b" --version >/dev/null 2>&1 && command -v "$$b" && break; done | grep .
debian = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && \
	DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends
sorry = { echo >&2; printf '%s\n' $(1) >&2; exit 1; }

NO_PYTHON := "No Python 3.11 or newer was found. Install one, or name one: make PYTHON=/path/to/python3"
NO_VENV := "This Python cannot make environments: its modules venv and ensurepip are missing." \
	"Install them (Debian, Ubuntu: sudo apt-get install python3-venv) and try again."
FAILED := "That did not work; the lines above say why. Run make again when it is mended."
NO_BROWSER := "The browser tests need Chromium or Chrome, and none that runs was found. Install one" \
	"(Debian, Ubuntu: sudo apt-get install chromium), or name one: make test CHROMIUM=/path/to/chromium"

.PHONY: help app test lint bench models papers clean browser

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

app: .venv/runtime  ## open the app in the browser
	@$(BIN)/python -m streamlit run app.py

test: .venv/development browser lint  ## everything that is checked: style, units, pages, the app in a browser
	CHROMIUM="$$($(find_browser))" $(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/development  ## style alone
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check

bench: .venv/development browser  ## measure speed; the results go to benchmarks/README.md
	CHROMIUM="$$($(find_browser))" $(BIN)/python -m benchmarks

models: .venv/runtime  ## train every model of assets/models anew
	$(BIN)/python -m lstm_viz train --all

papers: .venv/runtime  ## run the papers' experiments whose results are missing or stale
	$(BIN)/python -m lstm_viz papers

clean:  ## remove what make has made
	rm -rf .venv .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -prune -exec rm -rf {} +

browser:
	@$(find_browser) >/dev/null || { $(if $(CHROMIUM),false,$(debian) chromium && $(find_browser) >/dev/null); } \
		|| $(call sorry,$(NO_BROWSER))

.venv/bin/python:
	@p=$$($(find_python)) || $(call sorry,$(NO_PYTHON)); \
	"$$p" -c 'import venv, ensurepip' 2>/dev/null || { $(debian) python3-venv; } || $(call sorry,$(NO_VENV)); \
	echo "Making .venv with $$("$$p" --version)"; \
	"$$p" -m venv --clear .venv || { rm -rf .venv; $(call sorry,$(FAILED)); }

.venv/runtime: requirements.txt .venv/bin/python
	@echo "Installing what the app needs"
	@$(BIN)/python -m pip install -q -r requirements.txt || $(call sorry,$(FAILED))
	@touch $@

.venv/development: requirements-dev.txt .venv/runtime
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install -q -r requirements-dev.txt || $(call sorry,$(FAILED))
	@touch $@
