# The whole of daily work. Every target says what it does and shows its progress.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench lighthouse assets unit journeys tools release clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: assets ## Build everything and serve the demo town at http://localhost:8080
	@echo "==> Building the program and opening the demo town (the first build takes a few minutes)"
	cargo run --bin ocotillo -- serve --demo --listen 127.0.0.1:8080

assets: frontend/dist/manifest.json ## Build styles, scripts, fonts and icons into frontend/dist

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@echo "==> Fetching the front end's packages"
	cd frontend && npm ci --no-audit --no-fund

frontend/dist/manifest.json: frontend/node_modules/.package-lock.json $(shell find frontend/src frontend/css frontend/build frontend/build.mjs frontend/icons -type f 2>/dev/null) $(shell find engines town -name '*.css' 2>/dev/null)
	@echo "==> Building styles, scripts, fonts and icons"
	cd frontend && npm run build

test: tools assets unit journeys ## Install what the tests need and pass them all
	@echo "==> All tests passed"

tools: ## Install what tests and checks need and this machine lacks (chromium, PostgreSQL, Java, feedparser, an S3 server)
	@e2e/tools.sh

unit: assets ## The tests of every crate, on SQLite and PostgreSQL, and of the front end
	@echo "==> Tests of the crates, on SQLite and on PostgreSQL"
	cargo test --workspace
	@echo "==> Tests of the front end"
	cd frontend && npm test

e2e/node_modules/.package-lock.json: e2e/package-lock.json
	@echo "==> Fetching the journeys' packages"
	cd e2e && npm ci --no-audit --no-fund --ignore-scripts

journeys: assets e2e/node_modules/.package-lock.json ## Journeys through the real program in a real browser
	@echo "==> Building the program for the journeys"
	@# The build that the crates' tests use: another choice of packages would build every dependency a second time.
	cargo test --workspace --no-run
	@echo "==> Journeys in Chromium"
	cd e2e && npx playwright test

check: assets e2e/node_modules/.package-lock.json ## Formatting, lints, licences, types
	@echo "==> Formatting"
	cargo fmt --all --check
	@echo "==> Lints"
	cargo clippy --workspace --all-targets -- -D warnings
	@echo "==> Licences and sources of dependencies"
	@e2e/tools.sh cargo-deny
	cargo deny --log-level error check licenses bans sources
	@echo "==> Types and lints of the front end and the journeys"
	cd frontend && npm run check && npm run lint
	cd e2e && npm run check
	@echo "==> Sizes"
	@e2e/sizes.sh

bench: assets ## Load scenarios beside the limit, at 1,000 and 1,000,000 stories
	@echo "==> Building for measuring"
	cargo build --release --bin ocotillo
	cargo run --release -p bench -- $(BENCH)

lighthouse: assets e2e/node_modules/.package-lock.json ## Lighthouse's marks for the demo's front page and a story, on a phone
	@echo "==> Building for measuring"
	cargo build --release --bin ocotillo
	cd e2e && LIGHTHOUSE=1 OCOTILLO=$(CURDIR)/target/release/ocotillo npx playwright test journeys/lighthouse.spec.ts

release: assets ## One file to install: target/release/ocotillo
	cargo build --release --bin ocotillo

clean: ## Remove everything that was built
	cargo clean
	rm -rf frontend/dist frontend/node_modules e2e/node_modules
