# onrecord: `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# One more than the two cores of continuous integration: tests wait for browsers and servers, too.
WORKERS ?= 3
SIZE ?= 1000000
KILLS ?= 200
CHECKED := src tests quality benchmarks training docs examples

export PYTHON ORT_DISABLE_TELEMETRY := 1

.PHONY: help demo serve test check format quality bench bench-ledger bench-serve kill docs picture screenshots audit .venv

help: ## list these targets
	@grep -hE '^[a-z.-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | \
		while IFS='|' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

.venv: .venv/.ready ## set up the virtual environment (quick when it is up to date)

.venv/.ready: pyproject.toml
	@.ci/venv
	@touch $@

demo: .venv ## read the example articles (a table, a report), then keep, settle and score them
	@mkdir -p out
	@$(BIN)/onrecord read examples/articles
	@$(BIN)/onrecord read examples/articles --format html --output out/report.html --quiet
	@echo "The same as a page to read in a browser: $(CURDIR)/out/report.html"
	@examples/ledger.sh
	@echo && echo "The ledger is $(CURDIR)/out/record.db. To see it in a browser: make serve"

serve: .venv ## show the demo's ledger in a browser (open the link that is printed; Ctrl-C ends it)
	@test -f out/record.db || $(MAKE) --no-print-directory demo
	@$(BIN)/onrecord serve --db out/record.db --quiet

test: .venv ## all checks and all tests (what continuous integration runs)
	@.ci/chromium
	@.ci/postgresql
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 15

check: .venv ## format, lint, types and import contracts
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv ## put the code into its format
	$(BIN)/ruff check --fix $(CHECKED)
	$(BIN)/ruff format $(CHECKED)

docs: .venv ## write the generated pages of docs/reference again
	$(BIN)/python docs/generate.py

picture: .venv ## draw the README's pictures again: a table, and the reading room with the demo's ledger
	@test -f out/record.db || $(MAKE) --no-print-directory demo
	$(BIN)/python docs/picture.py
	$(BIN)/python docs/rooms.py

quality: .venv ## measure the reader and compare with quality/floors.json
	$(BIN)/python quality/gate.py

bench: .venv ## measure speed and memory on this machine
	$(BIN)/python benchmarks/run.py

bench-ledger: .venv ## measure the ledger with a million statements (SIZE=100000 for fewer), on both databases
	$(BIN)/python benchmarks/ledger.py --statements $(SIZE)

bench-serve: .venv ## measure the reading room with a million statements (SIZE=100000 for fewer; needs wrk)
	$(BIN)/python benchmarks/serve.py --statements $(SIZE)

kill: .venv ## kill `onrecord add` at 200 random moments (KILLS=20 for fewer), on both databases
	$(BIN)/python benchmarks/kill.py --kills $(KILLS)

screenshots: .venv ## take pictures of every page of the reading room, light and dark, wide and narrow: out/screenshots
	@.ci/chromium
	$(BIN)/python tests/serve/browser/screenshots.py

audit: .venv ## look up the installed packages among known vulnerabilities (needs the network)
	$(BIN)/python -m pip freeze --exclude-editable > .venv/audited.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r .venv/audited.txt
