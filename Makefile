# The front door. Each target is sufficient on a Debian 12 machine with nothing but git and make.
.PHONY: help demo test build bench lint packages
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
EXAMPLES ?= $(notdir $(patsubst %/,%,$(dir $(wildcard examples/*/cut.toml))))

help:
	@echo 'make demo    install what is missing, build, and make the example cuts into video and reports'
	@echo 'make test    install what is missing, build, run every test and the lint'
	@echo 'make build   the program: build/release/nakawari'
	@echo 'make bench DATA=DIR   measure over a folder of sequences with ground truth'
	@echo 'make lint    formatting and static checks'

packages:
	@tools/install-packages

build: packages
	@cmake --preset release -Wno-dev >/dev/null
	@cmake --build --preset release -j $(JOBS)

demo: build
	@tools/demo $(EXAMPLES)

test: build
	@ctest --preset release -j $(JOBS)
	@$(MAKE) --no-print-directory lint

lint: packages
	@tools/lint

bench: build
	@build/release/bench/nakawari_bench $(if $(DATA),--data $(DATA)) $(BENCH_ARGS)
