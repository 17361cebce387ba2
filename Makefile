# The two commands of the README are `go run ./cmd/deadyet serve --live` and `make test`.

.PHONY: help test bench bench-loss fuzz build screenshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

test: ## everything that must hold; installs what it needs where it can
	@scripts/test

bench: ## the figures of docs/performance.md, alternating in one run
	@scripts/bench

bench-loss: ## false answers under packet loss, and those of other scanners; needs root
	@scripts/bench-loss

fuzz: ## every fuzz target for FUZZTIME each (default 10m); keeps the corpus
	@FUZZTIME=$${FUZZTIME:-10m} scripts/fuzz

build: ## bin/deadyet
	go build -trimpath -o bin/deadyet ./cmd/deadyet

screenshots: ## pictures of the demo's page into docs/
	@scripts/screenshots

clean: ## what was built
	rm -rf bin node_modules
