# Two commands do everything: `make run` and `make test`. `make` alone lists the rest.

.DEFAULT_GOAL := help
.NOTPARALLEL:
ROWS ?= 100
SETS ?= $(or $(COMMUNIQUE_SHARED),../shared)/quality

.PHONY: help setup playground build run test check schema screenshots bench quality train-salience clean pages

# What to read and where to serve. The pages of this repository go into a database of their own, so that they never
# mix with yours.
PAGES ?= samples
LISTEN ?= 127.0.0.1:8000
ifeq ($(patsubst %/,%,$(PAGES:./%=%)),samples)
DATABASE_URL ?= sqlite://samples.db?mode=rwc
else
DATABASE_URL ?= sqlite://communique.db?mode=rwc
endif
export DATABASE_URL

BIN := $(or $(CARGO_TARGET_DIR),target)/release
PLAYGROUND := api/playground

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.* ## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16
	@echo 'make run PAGES=FOLDER reads your own pages; LISTEN=$(LISTEN) and DATABASE_URL=... say where to serve and store'

setup: ## check what is needed, fetch libtorch and the encoders once
	@setup/prerequisites run && setup/fetch.py

playground: $(PLAYGROUND)/dist/index.html ## bundle the GraphQL playground (needs node; goes on without)

$(PLAYGROUND)/dist/index.html: $(wildcard $(PLAYGROUND)/*.* $(PLAYGROUND)/src/* queries/*.graphql)
	@setup/playground $@

build: setup ## compile both programs
	cargo build --release --workspace --bins --locked
	@BIN=$(BIN) setup/models

run: pages playground build ## read PAGES, summarise them, serve them
	@exec env BIN=$(BIN) LISTEN=$(LISTEN) setup/run "$(PAGES)"

pages:
	@test -e "$(PAGES)" || { echo 'make run: there is no folder or file "$(PAGES)"; name yours: make run PAGES=FOLDER' >&2; exit 2; }

test: ## run all tests, on SQLite and on a PostgreSQL started for them
	@setup/prerequisites test && setup/fetch.py
	@BIN=$(BIN) setup/test

check: ## what must hold before a commit: format, lints, docs, house rules, schema
	@setup/prerequisites check && setup/fetch.py
	@BIN=$(BIN) setup/check

schema: build ## write api/schema.graphql
	$(BIN)/communique schema > api/schema.graphql

screenshots: build ## take the pictures of docs/images anew (needs chromium)
	cargo test --release --workspace --locked --test dashboard -- --ignored pictures

bench: setup ## measure: pages read, articles summarised, queries answered
	cargo bench --workspace --locked --bench '*'
	cargo bench --workspace --locked --bench searching -- 200000
	cargo build --release --workspace --locked --bins --example raw
	setup/with-postgresql bench/run.py $(BIN)/communique $(BIN)/examples/raw
	bench/growth.py $(BIN)/communique
	bench/readers.py $(BIN)/communique
	bench/instructions.py $(BIN)/communique
	bench/encoding.py $(BIN)/communique-summarizer

quality: build ## judge abstracts and labels beside other tools (SETS=FOLDER, ROWS=100)
	@BIN=$(BIN) setup/quality --rows $(ROWS) $(SETS)

train-salience: setup ## learn the weights of the ranker of sentences anew (SETS=FOLDER)
	cargo build --release --workspace --locked --example traits
	@BIN=$(BIN) setup/train-salience $(SETS)

clean: ## remove what was built and the samples' database with its index; your own database and the cache stay
	cargo clean --quiet
	rm -rf $(PLAYGROUND)/dist/[!.]* $(PLAYGROUND)/node_modules samples.db samples.db-shm samples.db-wal samples.db.index
