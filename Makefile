# DX: one makefile, not recursive. `make help` lists the targets.
# Objects live in a directory keyed by MODE and compiler, so release, asan and stress builds never mix.

CC      ?= gcc
MODE    ?= release
ifneq ($(filter asan stress,$(MAKECMDGOALS)),)
MODE    := $(firstword $(filter asan stress,$(MAKECMDGOALS)))# `make asan check`: the goal selects the mode of the others
endif
BUILD   ?= build
OBJ     := $(BUILD)/obj/$(MODE)$(if $(filter-out gcc cc,$(CC)),-$(notdir $(CC)))
BIN     := $(if $(filter release,$(MODE)),$(BUILD),$(BUILD)/$(MODE))
NPROC   := $(shell nproc)
CHECKS  := $(shell sed -nE 's/^(check-[a-z0-9]+):.*/\1/p' Makefile | grep -v -x check-full)
LIMIT   := $(if $(filter release,$(MODE)),10,120)
UCD     ?= /usr/share/unicode

CSTD    := -std=gnu11
WARN    := -Wall -Wextra -Werror -Wno-unused-parameter -Wno-missing-field-initializers -Wno-sign-compare
INC     := -I. -I$(BUILD)/gen
OPT_release := -O2 -g -fno-strict-aliasing -fno-plt
OPT_asan    := -O1 -g -fno-strict-aliasing -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DDX_DEBUG=1
OPT_fuzz    := -O1 -g -fno-strict-aliasing -fsanitize=fuzzer-no-link,address -DDX_DEBUG=1
OPT_stress  := -O1 -g -fno-strict-aliasing -DDX_DEBUG=1 -DDX_GC_STRESS=1
CFLAGS  += $(CSTD) $(WARN) $(INC) $(OPT_$(MODE)) -MMD -MP
LDLIBS  := -Wl,-Bstatic -lzstd -lgmp -Wl,-Bdynamic -lm

# Without a dynamic loader dx and dxvm start a quarter of a millisecond sooner; dx's build id names what its compiler made in the store
LIBS_dxvm = $(if $(filter release,$(MODE)),-static -no-pie $(filter-out -Wl%,$(LDLIBS)),$(LDLIBS))
LIBS_dx   = -Wl,--build-id $(LIBS_dxvm)
FORMAT  := $(wildcard format/*.c format/*/*.c)
COMP    := $(wildcard compiler/*.c compiler/*/*.c)
VM      := $(filter-out vm/mkimage.c,$(wildcard vm/*.c vm/*/*.c))
RUNTIME := $(wildcard runtime/*.c runtime/*/*.c)
CLI     := $(wildcard cli/lib/*.c)
IMAGE   := $(OBJ)/realm.o
LIBVM   := $(BIN)/libvm.a $(BIN)/libformat.a
LIBALL  := $(BIN)/libvm.a $(BIN)/libcompiler.a $(BIN)/libformat.a
LIBCOMP := $(BIN)/libcompiler.a $(BIN)/libformat.a
obj      = $(patsubst %.c,$(OBJ)/%.o,$(1))
# What the way to the first instruction runs through: linked first and together, so that it lies on few pages. Each page not yet
# mapped costs a fault; with the objects in the archives' order they made a sixth of the start of a realm.
BOOT    := $(call obj,$(patsubst %,format/%.c,base/mem base/buf base/file base/blake3 base/hash base/utf strcell dxt_read dxt_check \
             verify verify_flow) $(patsubst %,vm/%.c,heap/heap object/realm object/native object/shape object/object object/function \
             object/elements text/atom text/string exec/call exec/jobs exec/module exec/props assert/simd builtins/promise exec/interp) \
             $(patsubst %,runtime/%.c,api loop/loop node/process expect/expect))

.PHONY: all asan bench check clean demo fuzz fuzz-open fuzz-run golden help install lint needs quick spec stress test262 $(CHECKS)
all: $(BIN)/dxvm $(BIN)/dxtc $(BIN)/dx ## build everything (release)

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

clean: ## remove what was built
	rm -rf $(BUILD)

needs: ## install what a bare Debian lacks (as root), or say what
	@CC="$(CC)" UCD="$(UCD)" tests/needs.sh
check: needs ## build and run the whole test suite; last line: N passed, N failed
	@MODE=$(MODE) CC="$(CC)" BUILD=$(BUILD) python3 tests/check.py all $(CHECKS)
check-full: needs ## check in release, asan and stress builds; SUITES=DIR adds other projects' suites
	@for m in release asan stress; do echo "== $$m"; MODE=$$m CC="$(CC)" BUILD=$(BUILD) python3 tests/check.py all $(CHECKS) || exit 1; done
	@[ -z "$(SUITES)" ] || tests/suites/run.sh $(SUITES)
quick: ## what takes seconds, before each merge
	@MODE=$(MODE) CC="$(CC)" BUILD=$(BUILD) python3 tests/check.py --quiet all check-core check-regexp check-read
	@python3 tests/lint.py includes licence top orphans
	@python3 tests/cli/run.py --build $(BIN) summary_lines second_run exit_status_of_passing
asan stress: $(if $(filter-out asan stress,$(MAKECMDGOALS)),,all) ## build with sanitizers / collecting at every chance; `make asan check` tests that build
lint: all ## rules no compiler checks: headers alone, clang, licences, sizes, paths
	@python3 tests/lint.py
check-lint: lint

check-cli: $(BIN)/dx $(BIN)/dxtc $(BIN)/dxvm ## dx and dxtc from outside: resolution, store, running, reporting
	@python3 tests/cli/run.py --build $(BIN)
PREFIX  ?= /usr/local
install: all ## dx, dxtc and dxvm into DESTDIR PREFIX
	@install -d $(DESTDIR)$(PREFIX)/bin && install -m 755 $(BIN)/dx $(BIN)/dxtc $(BIN)/dxvm $(DESTDIR)$(PREFIX)/bin
demo: ## compile and run TypeScript tests, a published package's own suite among them
	@CC="$(CC)" UCD="$(UCD)" examples/demo.sh
bench: all ## measure against the peers given: BUN=path QJS=path; writes bench/results
	@bench/run.sh $(BIN)

check-runtime: $(BIN)/dx ## the test runtime: cases with their report, matcher messages against Jest's
	@python3 tests/runtime/run.py $(BIN)/dx

check-examples: all ## what stands in examples/
	@examples/check.sh $(BIN)
check-readme: all ## the session in README.md prints what it says
	@python3 tests/readme.py README.md $(BIN)
check-lang: $(BIN)/dxtc $(BIN)/dxvm ## the language: programs with their output inside
	@python3 tests/lang/run.py -j $(NPROC) --build $(BIN) --timeout $(LIMIT)
check-builtins: $(BIN)/dxtc $(BIN)/dxvm ## the library, in the same form
	@python3 tests/lang/run.py -j $(NPROC) --build $(BIN) --timeout $(LIMIT) --dir tests/builtins

# Programs and archives: a line each says what they are made of; these rules say how.
PROGRAMS := dxvm t262 test262 dxtc dx replay_open verify_bench replay_run fuzz_open fuzz_run gen_spec \
            test_format test_core parse_tool fuzz_read test_base fuzz_regexp rx_tool
$(PROGRAMS:%=$(BIN)/%) $(OBJ)/mkimage:
	@mkdir -p $(@D); $(CC) $(CFLAGS) $(LINK_$(@F)) $^ $(or $(LIBS_$(@F)),$(LDLIBS)) -o $@
$(BIN)/libformat.a $(BIN)/libcompiler.a $(BIN)/libvm.a:
	@mkdir -p $(@D); rm -f $@; ar crs $@ $^
LINK_fuzz_open = -fsanitize=fuzzer
LINK_fuzz_run  = -fsanitize=fuzzer
$(BIN)/libformat.a: $(call obj,$(FORMAT))
$(BIN)/dxvm: $(call obj,cli/dxvm.c cli/dxvm_run.c) $(BOOT) $(call obj,$(wildcard cli/dxvm*.c) $(RUNTIME)) $(IMAGE) $(LIBVM)
$(BIN)/t262: $(call obj,tests/test262/host.c cli/lib/eval_hook.c runtime/console.c runtime/inspect.c) $(IMAGE) $(LIBALL)
# Without the realm image: the realm is built at start, free of the test runtime's globals.
$(BIN)/test262: $(call obj,$(filter-out tests/test262/host.c,$(wildcard tests/test262/*.c)) cli/lib/eval_hook.c) $(LIBALL)
$(BIN)/dxtc: $(call obj,$(wildcard cli/dxtc*.c)) $(LIBCOMP)
$(BIN)/dx: $(BOOT) $(call obj,$(filter-out cli/dxtc% cli/dxvm%,$(wildcard cli/dx*.c)) $(CLI) $(RUNTIME)) $(IMAGE) $(LIBALL)
$(BIN)/replay_open: $(call obj,tests/fuzz/replay.c tests/fuzz/mutate.c tests/fuzz/fuzz_open.c) $(BIN)/libformat.a
$(BIN)/verify_bench: $(call obj,bench/format/verify_bench.c) $(BIN)/libformat.a
$(BIN)/replay_run: $(call obj,tests/fuzz/replay.c tests/fuzz/mutate.c tests/fuzz/fuzz_run.c $(RUNTIME)) $(IMAGE) $(LIBVM)
$(BIN)/fuzz_open: $(call obj,tests/fuzz/mutate.c tests/fuzz/fuzz_open.c) $(BIN)/libformat.a
$(BIN)/fuzz_run: $(call obj,tests/fuzz/mutate.c tests/fuzz/fuzz_run.c $(RUNTIME)) $(IMAGE) $(LIBVM)
$(BIN)/gen_spec: $(call obj,spec/gen_spec.c) $(BIN)/libformat.a
$(BIN)/test_format: $(call obj,$(wildcard tests/format/*.c)) $(BIN)/libformat.a
$(BIN)/libvm.a: $(call obj,$(VM))
$(OBJ)/mkimage: $(call obj,vm/mkimage.c $(RUNTIME)) $(LIBVM)
$(BIN)/test_core: $(call obj,tests/vm/test_core.c) $(IMAGE) $(LIBVM)
$(BIN)/libcompiler.a: $(call obj,$(COMP))
$(BIN)/parse_tool: $(call obj,tests/read/parse_tool.c) $(LIBCOMP)
$(BIN)/fuzz_read: $(call obj,tests/fuzz/fuzz_read.c) $(LIBCOMP)
$(BIN)/test_base: $(call obj,$(wildcard tests/base/*.c)) $(BIN)/libformat.a
$(BIN)/fuzz_regexp: $(call obj,tests/fuzz/fuzz_regexp.c $(wildcard vm/regexp/*.c)) $(BIN)/libformat.a
$(BIN)/rx_tool: $(call obj,tests/regexp/rx_tool.c $(wildcard vm/regexp/*.c)) $(BIN)/libformat.a

$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"; $(CC) $(CFLAGS) -c $< -o $@

$(BUILD)/gen/rx_unicode.inc: format/regexp/gen_unicode.py format/base/unicode17.txt
	@mkdir -p $(@D); python3 $< $(UCD) $@
$(OBJ)/format/regexp/rx_set.o: $(BUILD)/gen/rx_unicode.inc

DIR ?= test/language test/annexB test/built-ins
test262: $(BIN)/test262 ## conformance: TEST262=checkout [DIR=test/language]; known failures are tests/test262/known-failures.txt
	@$< --failures $(BUILD)/test262-failures.txt $(TEST262) $(DIR)

check-format: $(BIN)/test_format $(BIN)/gen_spec $(BIN)/dxvm ## formats: containers, verifier, assembler, layouts, second reader
	@$< tests/format $(BIN)/test.dxtl
	@$(BIN)/gen_spec --check spec
	@python3 tests/format/second_reader.py $(BIN)/dxvm tests/format/good $(BIN)/test.dxtl
	@python3 tests/format/cli.py $(BIN)/dxvm $(BIN)/test.dxtl

golden: $(BIN)/dxtc $(BIN)/dxvm ## rewrite the listings of tests/emit
	@python3 tests/emit/golden.py --write $(BIN)/dxtc $(BIN)/dxvm
check-emit: $(BIN)/dxtc $(BIN)/dxvm ## listings of tests/emit are what the compiler makes
	@python3 tests/emit/golden.py $(BIN)/dxtc $(BIN)/dxvm

check-laws: $(BIN)/dxtc $(BIN)/dxvm ## same input same bytes, verifies, listing comes back, second reader agrees: every source under LAWS
	@python3 tests/format/laws.py --read $(BIN)/dxtc $(BIN)/dxvm $(or $(LAWS),tests bench/vm)

SEEDS := $(patsubst tests/format/good/%.dxa,$(BUILD)/seeds/%.dxt,$(wildcard tests/format/good/*.dxa)) $(BUILD)/seeds/two.dxtl
$(BUILD)/seeds/two.dxtl: | $(BIN)/test_format
	@mkdir -p $(@D); $(BIN)/test_format tests/format $@ > /dev/null
$(BUILD)/seeds/%.dxt: tests/format/good/%.dxa | $(BIN)/dxvm
	@mkdir -p $(@D); $(BIN)/dxvm asm -o $@ $<

# Programs of the behaviour tests as seeds of the runner: small, and between them every construct.
RUN_SEEDS := $(patsubst %.js,$(BUILD)/seeds/run/%.dxt,$(wildcard tests/lang/*.js tests/lang/*/*.js))
RUN_SEEDS += $(patsubst tests/lang/modules/%/main.js,$(BUILD)/seeds/run/%.dxtl,$(wildcard tests/lang/modules/*/main.js))
$(BUILD)/seeds/run/%.dxtl: tests/lang/modules/%/main.js | $(BIN)/dxtc
	@mkdir -p $(@D); $(BIN)/dxtc $< -o $@ 2>/dev/null || rm -f $@
$(BUILD)/seeds/run/%.dxt: %.js | $(BIN)/dxtc
	@mkdir -p $(@D); $(BIN)/dxtc $< -o $@ 2>/dev/null || rm -f $@

check-fuzz: $(BIN)/replay_open $(BIN)/replay_run $(SEEDS) $(RUN_SEEDS) ## fuzz targets without a fuzzer: seeds, kept inputs, mutations of them
	@$(BIN)/replay_open -m 4000 $(SEEDS) $(wildcard tests/fuzz/open/*)
	@$(BIN)/replay_run $(wildcard tests/fuzz/run/*) -m 20 $$(find $(BUILD)/seeds -name '*.dxt*' | sort)

FUZZ_TIME ?= 60
FUZZ_ARGS := -max_total_time=$(FUZZ_TIME) -max_len=65536 -detect_leaks=0 -rss_limit_mb=4096
fuzz: fuzz-open fuzz-run ## libFuzzer on reader, verifier and VM, FUZZ_TIME seconds each (clang-19)

fuzz-open: $(SEEDS) ## libFuzzer on opening artifacts
	@$(MAKE) CC=clang-19 MODE=fuzz $(BUILD)/fuzz/fuzz_open
	@mkdir -p $(BUILD)/corpus/open; $(BUILD)/fuzz/fuzz_open $(FUZZ_ARGS) $(BUILD)/corpus/open $(BUILD)/seeds

fuzz-run: $(SEEDS) $(RUN_SEEDS) ## libFuzzer on running what verifies
	@$(MAKE) CC=clang-19 MODE=fuzz $(BUILD)/fuzz/fuzz_run
	@mkdir -p $(BUILD)/corpus/run; $(BUILD)/fuzz/fuzz_run $(FUZZ_ARGS) -timeout=60 $(BUILD)/corpus/run $(BUILD)/seeds

spec: $(BIN)/gen_spec ## write the generated part of spec/
	@$< spec

# The realm image: what mkimage builds with the same native tables, put into a page-aligned section of the programs that run JS.
$(OBJ)/realm.img: $(OBJ)/mkimage
	@echo "  IMG $@"; ASAN_OPTIONS=detect_leaks=0 $< $@
$(OBJ)/realm.S: $(OBJ)/realm.img
	@printf '.section .rodata.realm,"a"\n.balign 4096\n.globl realm_image_start\nrealm_image_start:\n.incbin "%s"\n.globl realm_image_end\nrealm_image_end:\n.balign 4096\n.section .note.GNU-stack,"",%%progbits\n' $< > $@
$(IMAGE): $(OBJ)/realm.S
	@$(CC) -c $< -o $@

check-core: $(BIN)/test_core ## unit tests of the VM's heap, strings and objects
	@$<

check-read: $(BIN)/parse_tool $(BIN)/fuzz_read ## the parser: cases with their trees inside, fuzz corpus
	@python3 tests/read/run.py $<
	@$(BIN)/fuzz_read $(wildcard tests/fuzz/read/*)

$(OBJ)/tests/fuzz/fuzz_read.o: CFLAGS += -DREPLAY

check-base: $(BIN)/test_base ## unit tests of format/base
	@$<

$(BUILD)/gen/pow10.inc: format/base/gen_pow10.py
	@mkdir -p $(@D); python3 $< $@
$(OBJ)/format/base/numtext.o: $(BUILD)/gen/pow10.inc

$(BUILD)/gen/unicode.inc: format/base/gen_unicode.py format/base/unicode17.txt
	@mkdir -p $(@D); python3 $< $(UCD) $@
$(OBJ)/format/base/unicode.o: $(BUILD)/gen/unicode.inc

check-regexp: $(BIN)/rx_tool $(BIN)/fuzz_regexp ## regular expressions: stored table, fuzz corpus
	@$< --check tests/regexp/table.txt
	@$(BIN)/fuzz_regexp tests/fuzz/regexp/*

$(OBJ)/tests/fuzz/fuzz_regexp.o: CFLAGS += -DREPLAY

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
