# Two words do everything: `make` builds the figures, `make test` checks the code. `make help` lists the rest.
# Works from any folder: make -C path/to/repository

.DEFAULT_GOAL := all
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

all: data figures documents  ## clean the data, make every figure and the committed documents (the default)

data: $(READY)  ## clean data/raw into data/tidy, through every check
	@$(BIN)/stats data

figures: data  ## run the notebooks and write every figure
	@$(BIN)/stats run

documents: figures  ## write the committed documents, from the figures and claims
	@$(BIN)/stats document

notebooks: data  ## run the committed notebooks and store their outputs in them
	@$(BIN)/stats notebooks

methods: $(READY)  ## write docs/methods.md from the code and the register of methods
	@$(BIN)/stats methods

claims: data  ## write docs/claims.md: every registered claim with its verdict
	@$(BIN)/stats claims --page

proofread: $(READY)  ## check a draft: make proofread DRAFT=press-release.docx (AS_AT=2022-11-25 WRITTEN=2022-11-25)
	@test -n "$$DRAFT" || { echo 'Say which draft: make proofread DRAFT=press-release.docx' >&2; exit 2; }
	@name=$$(basename -- "$$DRAFT"); $(BIN)/stats check --out "build/check/$${name%.*}.html" $${AS_AT:+--as-at "$$AS_AT"} \
	    $${WRITTEN:+--written "$$WRITTEN"} -- "$$DRAFT" || test $$? -eq 1

document: data  ## make a document in every format: make document DOC=briefing
	@test -n "$$DOC" || { echo 'Say which: make document DOC=briefing. Templates lie in briefings.' >&2; exit 2; }
	@$(BIN)/stats document "$$DOC"

force: data  ## make the page of a police force: make force FORCE="lincs"
	@test -n "$$FORCE" || { echo 'Say which police force: make force FORCE="lincs"' >&2; exit 2; }
	@$(BIN)/stats document force area="$$FORCE"

pack: data  ## write the evidence pack of a document: make pack DOC=annex (OUT=FOLDER)
	@test -n "$$DOC" || { echo 'Say which document: make pack DOC=annex. Templates lie in briefings.' >&2; exit 2; }
	@$(BIN)/stats pack "$$DOC" $${OUT:+--out "$$OUT"}

quarter: $(READY)  ## add a release: make quarter FILE=~/Downloads/tables.ods (PUBLISHED=2026-07-23 URL=https://... TOTALS='a = 1; b = 2; c = 3')
	@test -n "$$FILE" || { echo 'Say which file was downloaded: make quarter FILE=~/Downloads/tables.ods' >&2; exit 2; }
	@$(BIN)/stats release add "$$FILE" $${PUBLISHED:+--published "$$PUBLISHED"} $${URL:+--url "$$URL"} \
	    $${TOTALS:+--total "$$TOTALS"}

test: data  ## run every test, and nbval on the committed notebooks
	@$(BIN)/pytest

check: lint types test reproduce  ## everything CI checks

lint: $(READY)  ## style, names and imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)  ## the types of the library
	@$(BIN)/mypy

reproduce: $(READY)  ## rebuild everything from nothing and compare it with what is committed
	@$(BIN)/stats reproduce

format: $(READY)  ## put the code into shape
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format .

bench: $(READY)  ## measure ratios side by side in one run (FAST=1: parts of it)
	@$(BIN)/python bench/bench.py $(if $(FAST),--fast)

score: $(READY)  ## how much of what is known the checker of drafts gets right (MISSES=1: what it gets wrong; JSON=FILE)
	@$(BIN)/python bench/score.py $(if $(MISSES),--misses) $(if $(JSON),--json "$(JSON)")

lab: data  ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks

lock: $(READY)  ## choose the newest versions that pyproject.toml allows, and write environment.yml
	@$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-emit-index-url --no-header \
	    --all-extras --output-file requirements.lock pyproject.toml && $(BIN)/stats environment

clean:  ## remove what was built, and keep what is committed
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

# uv makes the installation quick; it is itself installed from the lock, by its hash. Packages are compiled once here:
# where Python may not write bytecode, each command would compile pandas anew, which takes longer than its work.
$(READY): requirements.lock pyproject.toml src/stats/kernels/spec/kernel.json
	@echo "Preparing .venv (once; a minute or so) ..."
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/^[[:space:]]*# via/p' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: all data figures documents notebooks methods claims proofread document force pack quarter test check lint types reproduce format bench score lab lock clean help
