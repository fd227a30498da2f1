# Everything that is done with this project. `make demo` shows it, `make test` tests it.

GO ?= go
FUZZTIME ?= 20s
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
export CGO_ENABLED = 0

.PHONY: build demo docs test check bench fuzz conformance clean

build: ## the program, in bin/weft
	$(GO) build -o bin/weft .

demo: build ## the tour, live, and as a notebook and a page
	@mkdir -p build/demo
	bin/weft run notebooks/tour.ipynb -o build/demo/tour.ipynb --html build/demo/tour.html

docs: build ## the reference, from the docstrings, in build/reference
	bin/weft docs/reference.jl build/reference

test: ## all tests: Go with the race detector, then real Jupyter clients
	$(GO) run ./tests/run

check: ## format, vet, staticcheck, go.mod, and all platforms
	@echo "gofmt"; out=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "not formatted:"; echo "$$out"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) mod tidy -diff
	@for p in $(PLATFORMS); do \
		echo "build $$p"; \
		GOOS=$${p%/*} GOARCH=$${p#*/} $(GO) build -o build/cross/$$p/ . || exit 1; \
	done

bench: build ## weft beside Go, Julia and Python; then the benchmarks of all packages
	$(GO) run ./tests/bench
	$(GO) test -run '^$$' -bench . -benchmem ./...

conformance: build ## Julia's own test files and docstring examples, from an installed Julia 1.5: make conformance ORACLE=DIR
	$(GO) run ./tests/conformance $(ORACLE)
	$(GO) run ./tests/conformance/examples $(ORACLE)

fuzz: ## each fuzz test for FUZZTIME
	@for p in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; \
			$(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5s $$p || exit 1; \
		done; \
	done

clean:
	rm -rf bin build
