# make demo and make test work on a fresh machine with Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEV := $(VENV)/.ready-dev
RUN := $(VENV)/.ready-run
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: docs check-docs gallery screenshots pages long-pages long-lab demo test check check-style format lab coverage simulate-claims long-speed long-scale long-kills long-fuzz audit sbom long-attack long-canaries long-hostile clean lock

demo: $(RUN) ## the sample trust, end to end
	$(BIN)/writinggaps demo

test: $(DEV) ## every test that CI runs
	@$(BIN)/python -m compileall -q src # else each process that a test starts may compile it again
	$(BIN)/python -m pytest -q -n auto --dist worksteal

check: test check-style check-docs ## what CI runs

check-style: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lab: $(DEV) ## JupyterLab with the notebooks
	$(BIN)/jupyter lab notebooks

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --quiet

lock: ## renew both lock files (needs uv)
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev --all-extras -o requirements-dev.lock

GALLERY := site/reports/2025-26-autumn

docs: $(DEV) gallery ## the documentation site, in site/
	$(BIN)/sphinx-build -q -W -j auto docs site/html

check-docs: $(DEV) ## every page of the site but the gallery, warnings being errors
	$(BIN)/sphinx-build -q -W -b dummy -t quick docs site/check

gallery: $(DEV)
	$(BIN)/writinggaps run docs/gallery.toml
	$(BIN)/python docs/make_gallery.py $(GALLERY)

screenshots: gallery ## the pictures in docs/screenshots (needs Chromium)
	$(BIN)/python docs/make_screenshots.py $(GALLERY)

PAGES := site/pages/2025-26-autumn
PARTS ?= "**/*"

long-pages: pages ## every page in a real browser, at three sizes (long; PARTS="'S01/*'" for some)
	$(BIN)/python tests/browser/page_checks.py $(PAGES) $(PARTS)
	$(BIN)/python tests/browser/shapes.py $(PAGES)

pages: $(DEV)
	$(BIN)/writinggaps run tests/browser/plan.toml

audit: $(DEV) ## packages with known faults in the locks (asks online where it can)
	$(BIN)/python tests/supply/lock.py audit

sbom: $(DEV) ## the bill of materials of a release (CycloneDX)
	$(BIN)/python tests/supply/lock.py sbom > writinggaps.cdx.json

long-attack: $(DEV) ## work out small numbers from a thousand schools' releases (half an hour)
	$(BIN)/python tests/disclosure/attack.py --schools 1000
	$(BIN)/python tests/disclosure/pages.py

long-canaries: $(DEV) ## look for fifty canary pupils in every shared byte (three minutes)
	$(BIN)/python tests/disclosure/canaries.py

long-hostile: $(DEV) ## hostile texts in every input file, into a real browser (needs Chromium)
	$(BIN)/python tests/disclosure/hostile.py

long-lab: pages ## every notebook, opened and run in JupyterLab (needs Chromium)
	$(BIN)/python tests/browser/lab.py $(PAGES)

coverage: $(DEV) ## how often intervals hold the truth (long)
	$(BIN)/python tests/estimates/coverage.py 4000 > docs/coverage.md

long-speed: $(DEV) ## forty reports against a loop of papermill and nbconvert (about ten minutes)
	$(BIN)/python benchmarks/report_vs_shell.py

long-scale: $(DEV) ## a thousand schools' reports: memory, reports a minute (about half an hour)
	$(BIN)/python benchmarks/report_vs_shell.py --memory 1000

long-kills: $(DEV) ## kill -9 at 2,000 moments of stub runs and at 200 of real ones (twenty minutes)
	$(BIN)/python tests/run/stubs/kill_points.py 2000
	$(BIN)/python tests/run/stubs/kill_points.py 200 --real

long-fuzz: $(DEV) ## ten thousand schools' files changed at random (about six minutes)
	$(BIN)/python tests/readers/fuzz.py 10000

long-plan-pages: $(DEV) ## the length of every sample school's plan and SENDCO's report, printed (five minutes)
	$(BIN)/python tests/notebooks/plan_pages.py

# Long targets, some minutes each: what is claimed where nothing is true.
simulate-claims: $(DEV) ## false claims and power of gaps and trusts; writes docs/gate.md
	$(BIN)/python tests/claims/simulate.py

simulate-gaming: $(DEV) ## how far looking inclusive raises the index; writes docs/inclusion-index.md
	$(BIN)/python tests/gaming/strategies.py

simulate-index: $(DEV) ## does the index find what is true, and who gets the mark by chance
	$(BIN)/python tests/estimates/index_simulation.py 100

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "writinggaps needs Python 3.11 or newer; set PYTHON=..., as in: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "This Python cannot make environments: install its venv package (Debian: python3-venv)."; exit 1; }

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up (once, a minute or two) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Setting up with the tools for tests (once, a few minutes) ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(RUN)
