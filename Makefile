# DX: one makefile, not recursive; `make help` lists the targets. Objects live in a directory keyed by MODE and compiler, so release, asan and stress builds never mix.

CC      ?= gcc
MODE    ?= release
ifneq ($(filter asan stress,$(MAKECMDGOALS)),)
MODE    := $(firstword $(filter asan stress,$(MAKECMDGOALS)))# `make asan check`: the goal selects the mode of the others
endif
BUILD   ?= build
OBJ     := $(BUILD)/obj/$(MODE)$(if $(filter-out gcc cc,$(CC)),-$(notdir $(CC)))
BIN     := $(if $(filter release,$(MODE)),$(BUILD),$(BUILD)/$(MODE))
NPROC   := $(shell nproc)
CHECKS  := $(filter-out check-full,$(filter check-%,$(shell sed -nE 's/^([a-z -]+):.*##.*/\1/p' Makefile)))
LIMIT   := $(if $(filter release,$(MODE)),10,120)
UCD     ?= /usr/share/unicode
WARN    := -Wall -Wextra -Werror -Wno-unused-parameter -Wno-missing-field-initializers -Wno-sign-compare
OPT_release := -O2 -g -fno-strict-aliasing -fno-plt
OPT_asan    := -O1 -g -fno-strict-aliasing -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DDX_DEBUG=1
OPT_fuzz    := -O1 -g -fno-strict-aliasing -fsanitize=fuzzer-no-link,address -DDX_DEBUG=1
OPT_stress  := -O1 -g -fno-strict-aliasing -DDX_DEBUG=1 -DDX_GC_STRESS=1
CFLAGS  += -std=gnu11 -I. -I$(BUILD)/gen $(WARN) $(OPT_$(MODE)) -MMD -MP
LDLIBS  := -Wl,-Bstatic -lzstd -lgmp -Wl,-Bdynamic -lm
# Without a dynamic loader dx and dxvm start a quarter of a millisecond sooner; dx's build id names what its compiler made in the store
LIBS_dxvm = $(if $(filter release,$(MODE)),-static $(filter-out -Wl%,$(LDLIBS)),$(LDLIBS))
LIBS_boot_bench = $(LIBS_dxvm)
LIBS_dx   = -Wl,--build-id $(LIBS_dxvm)
FORMAT  := $(wildcard format/*.c format/*/*.c)
COMP    := $(wildcard compiler/*.c compiler/*/*.c)
VM      := $(filter-out vm/mkimage.c,$(wildcard vm/*.c vm/*/*.c))
RUNTIME := $(wildcard runtime/*.c runtime/*/*.c)
CLI     := $(wildcard cli/lib/*.c)
IMAGE   := $(OBJ)/realm.o
LIBCOMP := $(BIN)/libcompiler.a $(BIN)/libformat.a
LIBVM   := $(BIN)/libvm.a $(BIN)/libformat.a
LIBALL  := $(BIN)/libvm.a $(LIBCOMP)
obj      = $(patsubst %.c,$(OBJ)/%.o,$(1))
# What the way to the first instruction runs through: linked first and together, so that it lies on few pages. Each page not yet
# mapped costs a fault; with the objects in the archives' order they made a sixth of the start of a realm.
BOOT    := $(call obj,$(patsubst %,format/%.c,base/mem base/buf base/file base/blake3 base/hash base/utf strcell dxt_read dxt_check \
             verify verify_flow) $(patsubst %,vm/%.c,heap/heap heap/collect object/realm object/native object/shape object/object object/function \
             object/elements text/atom text/string exec/call exec/jobs exec/module exec/module_eval exec/props assert/simd \
             builtins/promise builtins/weak text/strbuf exec/interp) \
             $(patsubst %,runtime/%.c,api loop/loop node/process expect/expect))

.PHONY: all asan bench check check-full clean demo diff fuzz fuzz-open fuzz-run golden help install lint needs quick seeds spec stress test262 ts-oracle $(CHECKS)
all: $(BIN)/dxvm $(BIN)/dxtc $(BIN)/dx ## build everything (release)
help: ## list the targets
	@grep -hE '^[a-z0-9 -]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16
clean: ## remove what was built
	rm -rf $(BUILD)
asan stress: $(if $(filter-out asan stress,$(MAKECMDGOALS)),,all) ## build with sanitizers / collecting at every chance; `make asan check` tests that build
PREFIX  ?= /usr/local
install: all ## dx, dxtc and dxvm into DESTDIR PREFIX
	@install -d $(DESTDIR)$(PREFIX)/bin && install -m 755 $(BIN)/dx $(BIN)/dxtc $(BIN)/dxvm $(DESTDIR)$(PREFIX)/bin
demo: ## compile and run TypeScript tests, a published package's own suite among them
	@CC="$(CC)" UCD="$(UCD)" examples/demo.sh
bench: all $(BIN)/boot_bench ## measure against the peers given: BUN=path QJS=path; writes bench/results
	@bench/run.sh $(BIN)
# ---- checks: every target check-* is part of `make check`

CHECK    = MODE=$(MODE) CC="$(CC)" BUILD=$(BUILD) python3 tests/check.py
needs: ## install what a bare Debian lacks (as root), or say what
	@CC="$(CC)" UCD="$(UCD)" tests/needs.sh
check: needs ## build and run the whole test suite; last line: N passed, N failed
	@$(CHECK) all $(CHECKS)
check-full: needs ## check in release, asan and stress builds; SUITES=DIR adds other projects' suites
	@for m in release asan stress; do echo "== $$m"; $(subst MODE=$(MODE),MODE=$$m,$(CHECK)) all $(CHECKS) || exit 1; done
	@[ -z "$(SUITES)" ] || tests/suites/run.sh $(SUITES)
quick: ## what takes seconds, before each merge
	@$(CHECK) --quiet all check-core check-regexp check-read
	@python3 tests/lint.py includes licence top orphans
	@python3 tests/cli/run.py --build $(BIN) summary_lines second_run exit_status_of_passing

lint check-lint: all ## rules no compiler checks: documents that tell the truth, headers alone, clang, licences, sizes, paths
	@python3 tests/lint.py
check-cli: all ## dx, dxtc and dxvm from outside: resolution, store, running, reporting, bad input
	@python3 tests/cli/run.py --build $(BIN)
check-runtime: $(BIN)/dx ## the test runtime: cases with their report, matcher messages against Jest's
	@python3 tests/runtime/run.py $<
check-examples: all ## what stands in examples/
	@examples/check.sh $(BIN)
check-readme: all ## the session in README.md prints what it says
	@python3 tests/readme.py README.md $(BIN)
check-lang check-builtins check-node: check-%: all ## programs with their output inside: the language; the library; process, node: modules, web classes
	@python3 tests/lang/run.py -j $(NPROC) --build $(BIN) --timeout $(LIMIT) --dir tests/$*
check-ts: $(BIN)/dxtc $(BIN)/dxvm ## TypeScript's emit: programs against what transpileModule and Node print, as stored
	@python3 tests/ts/run.py -j $(NPROC) --build $(BIN) --timeout $(LIMIT)
ts-oracle: ## compare what is stored with TypeScript itself: TYPESCRIPT=package [WRITE=1 stores it]
	@python3 tests/ts/run.py -j $(NPROC) --oracle $(TYPESCRIPT) $(if $(WRITE),--write)
check-format: $(BIN)/test_format $(BIN)/gen_spec $(BIN)/dxvm seeds ## formats: containers, verifier, assembler, layouts, second reader
	@$< tests/format $(BIN)/test.dxtl
	@$(BIN)/gen_spec --check spec
	@python3 tests/format/second_reader.py $(BIN)/dxvm tests/format/good tests/format/bad $(BIN)/test.dxtl
	@python3 tests/format/agree.py $(BIN)/dxvm 200 1 $(BIN)/test.dxtl $(SEEDS)
	@python3 tests/format/cli.py $(BIN)/dxvm $(BIN)/test.dxtl
check-emit: all ## listings of tests/emit are what the compiler makes
	@python3 tests/emit/golden.py $(BIN)/dxtc $(BIN)/dxvm
check-laws: all ## same input same bytes, verifies, listing comes back, second reader agrees: every source under LAWS
	@python3 tests/format/laws.py --read $(BIN)/dxtc $(BIN)/dxvm $(or $(LAWS),tests bench/vm)
check-core check-base: check-%: $(BIN)/test_% ## unit tests of the VM's heap, strings and objects; of format/base
	@$<
check-read: $(BIN)/parse_tool $(BIN)/fuzz_read ## the parser: cases with their trees inside, fuzz corpus
	@python3 tests/read/run.py $<
	@$(BIN)/fuzz_read $(wildcard tests/fuzz/read/*)
check-regexp: $(BIN)/rx_tool $(BIN)/fuzz_regexp ## regular expressions: stored table, fuzz corpus
	@$< --check tests/regexp/table.txt
	@$(BIN)/fuzz_regexp tests/fuzz/regexp/*
check-fuzz: $(BIN)/replay_open $(BIN)/replay_run seeds ## fuzz targets without a fuzzer: seeds, kept inputs, mutations of them
	@$(BIN)/replay_open -m 4000 $(SEEDS) $(wildcard tests/fuzz/open/*)
	@$(BIN)/replay_run $(wildcard tests/fuzz/run/*) -m 20 $$(find $(BUILD)/seeds -name '*.dxt*' | sort)

golden: all ## rewrite the listings of tests/emit
	@python3 tests/emit/golden.py --write $(BIN)/dxtc $(BIN)/dxvm
spec: $(BIN)/gen_spec ## write the generated part of spec/
	@$< spec
diff: $(BIN)/dxtc $(BIN)/dxvm $(BIN)/t262 ## random programs against another engine: NODE=path [COUNT=2000] [SEED=1]
	@python3 tests/diff/run.py --build $(BIN) --with $(or $(NODE),node) --count $(or $(COUNT),2000) --seed $(or $(SEED),1)
test262: DIR ?= test/language test/annexB test/built-ins test/harness
test262: $(BIN)/test262 ## conformance: TEST262=checkout [DIR=test/language]; known failures are tests/test262/known-failures.txt
	@$< --failures $(BUILD)/test262-failures.txt $(TEST262) $(DIR)
# ---- fuzzing. Seeds: the formats' text modules; the behaviour tests' programs, small and between them every construct

SEEDS     := $(patsubst tests/format/good/%.dxa,$(BUILD)/seeds/%.dxt,$(wildcard tests/format/good/*.dxa)) $(BUILD)/seeds/two.dxtl
RUN_SEEDS := $(patsubst %.js,$(BUILD)/seeds/run/%.dxt,$(wildcard tests/lang/*.js tests/lang/*/*.js)) \
             $(patsubst tests/lang/modules/%/main.js,$(BUILD)/seeds/run/%.dxtl,$(wildcard tests/lang/modules/*/main.js))
BYTES     := format/dxt.h format/container.h format/layout.h format/opcodes.def # what makes older seeds useless
seeds: $(SEEDS) $(RUN_SEEDS)
$(BUILD)/seeds/two.dxtl: $(BYTES) | $(BIN)/test_format
	@mkdir -p $(@D); $(BIN)/test_format tests/format $@ > /dev/null
$(BUILD)/seeds/%.dxt: tests/format/good/%.dxa $(BYTES) | $(BIN)/dxvm
	@mkdir -p $(@D); $(BIN)/dxvm asm -o $@ $<
$(filter %.dxtl,$(RUN_SEEDS)): $(BUILD)/seeds/run/%.dxtl: tests/lang/modules/%/main.js
$(filter %.dxt,$(RUN_SEEDS)): $(BUILD)/seeds/run/%.dxt: %.js
$(RUN_SEEDS): $(BYTES) | $(BIN)/dxtc
	@mkdir -p $(@D); $(BIN)/dxtc $(filter %.js,$^) -o $@ 2>/dev/null || rm -f $@

FUZZ_TIME ?= 60
FUZZ_ARGS := -max_total_time=$(FUZZ_TIME) -max_len=65536 -detect_leaks=0 -timeout=60 -rss_limit_mb=4096
fuzz: fuzz-open fuzz-run ## libFuzzer on reader, verifier and VM, FUZZ_TIME seconds each (clang-19)
fuzz-open fuzz-run: fuzz-%: seeds ## libFuzzer on opening artifacts; on running what verifies
	@$(MAKE) CC=clang-19 MODE=fuzz $(BUILD)/fuzz/fuzz_$*
	@mkdir -p $(BUILD)/corpus/$*; $(BUILD)/fuzz/fuzz_$* $(FUZZ_ARGS) $(BUILD)/corpus/$* $(BUILD)/seeds

# ---- programs and archives: a line each says what they are made of; these rules say how

PROGRAMS := dxvm t262 test262 dxtc dx replay_open verify_bench boot_bench replay_run fuzz_open fuzz_run gen_spec \
            test_format test_core parse_tool fuzz_read test_base fuzz_regexp rx_tool
$(PROGRAMS:%=$(BIN)/%) $(OBJ)/mkimage:
	@mkdir -p $(@D); $(CC) $(CFLAGS) $(if $(filter fuzz_open fuzz_run,$(@F)),-fsanitize=fuzzer) $^ $(or $(LIBS_$(@F)),$(LDLIBS)) -o $@.new
	@cp $@.new $@ && rm $@.new # written in one go it lies in larger pieces in the page cache: a start costs 60 µs less
$(BIN)/libformat.a $(BIN)/libcompiler.a $(BIN)/libvm.a:
	@mkdir -p $(@D); rm -f $@; ar crs $@ $^
$(BIN)/libformat.a: $(call obj,$(FORMAT))
$(BIN)/libcompiler.a: $(call obj,$(COMP))
$(BIN)/libvm.a: $(call obj,$(VM))
$(BIN)/dxvm: $(call obj,cli/dxvm.c cli/dxvm_run.c cli/dxvm_artifacts.c) $(BOOT) $(call obj,$(wildcard cli/dxvm*.c) $(RUNTIME)) $(IMAGE) $(LIBVM)
$(BIN)/t262: $(call obj,tests/test262/host.c cli/lib/eval_hook.c runtime/console.c $(wildcard runtime/inspect*.c)) $(IMAGE) $(LIBALL)
# Without the realm image: the realm is built at start, free of the test runtime's globals.
$(BIN)/test262: $(call obj,$(filter-out tests/test262/host.c,$(wildcard tests/test262/*.c)) cli/lib/eval_hook.c) $(LIBALL)
$(BIN)/dxtc: $(call obj,$(wildcard cli/dxtc*.c)) $(LIBCOMP)
$(BIN)/dx: $(BOOT) $(call obj,$(filter-out cli/dxtc% cli/dxvm%,$(wildcard cli/dx*.c)) $(CLI) $(RUNTIME)) $(IMAGE) $(LIBALL)
$(BIN)/replay_open $(BIN)/replay_run: $(call obj,tests/fuzz/replay.c)
$(BIN)/replay_open $(BIN)/fuzz_open: $(call obj,tests/fuzz/mutate.c tests/fuzz/fuzz_open.c) $(BIN)/libformat.a
$(BIN)/replay_run $(BIN)/fuzz_run: $(call obj,tests/fuzz/mutate.c tests/fuzz/fuzz_run.c $(RUNTIME)) $(IMAGE) $(LIBVM)
$(BIN)/verify_bench: $(call obj,bench/format/verify_bench.c) $(BIN)/libformat.a
$(BIN)/boot_bench: $(BOOT) $(call obj,bench/tests/boot_bench.c $(RUNTIME)) $(IMAGE) $(LIBVM)
$(BIN)/gen_spec: $(call obj,spec/gen_spec.c) $(BIN)/libformat.a
$(BIN)/test_format: $(call obj,$(wildcard tests/format/*.c) tests/unit.c) $(BIN)/libformat.a
$(OBJ)/mkimage: $(call obj,vm/mkimage.c $(RUNTIME)) $(LIBVM)
$(BIN)/test_core: $(call obj,$(wildcard tests/vm/*.c) tests/unit.c) $(IMAGE) $(LIBVM)
$(BIN)/parse_tool: $(call obj,tests/read/parse_tool.c) $(LIBCOMP)
$(OBJ)/tests/fuzz/fuzz_read.o $(OBJ)/tests/fuzz/fuzz_regexp.o: CFLAGS += -DREPLAY
$(BIN)/fuzz_read: $(call obj,tests/fuzz/fuzz_read.c) $(LIBCOMP)
$(BIN)/test_base: $(call obj,$(wildcard tests/base/*.c) tests/unit.c) $(BIN)/libformat.a
$(BIN)/fuzz_regexp: $(call obj,tests/fuzz/fuzz_regexp.c $(wildcard vm/regexp/*.c)) $(BIN)/libformat.a
$(BIN)/rx_tool: $(call obj,tests/regexp/rx_tool.c $(wildcard vm/regexp/*.c)) $(BIN)/libformat.a

$(OBJ)/vm/exec/interp.o: CFLAGS += $(if $(findstring clang,$(CC)),,-falign-labels=32) # else a handler's speed hangs on where the ones before it end
$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"; $(CC) $(CFLAGS) -c $< -o $@
# The realm image: what mkimage builds with the same native tables, put into a page-aligned section of the programs that run JS.
$(OBJ)/realm.img: $(OBJ)/mkimage
	@echo "  IMG $@"; ASAN_OPTIONS=detect_leaks=0 $< $@
$(OBJ)/realm.S: $(OBJ)/realm.img
	@printf '.section .rodata.realm,"a"\n.balign 4096\n.globl realm_image_start\nrealm_image_start:\n.incbin "%s"\n.globl realm_image_end\nrealm_image_end:\n.balign 4096\n.section .note.GNU-stack,"",%%progbits\n' $< > $@
$(IMAGE): $(OBJ)/realm.S
	@$(CC) -c $< -o $@

# Tables made from the Unicode database and by arithmetic, and the objects that hold them.
$(BUILD)/gen/pow10.inc: format/base/gen_pow10.py
	@mkdir -p $(@D); python3 $< $@
$(BUILD)/gen/unicode.inc: format/base/gen_unicode.py
$(BUILD)/gen/rx_unicode.inc: format/regexp/gen_unicode.py
$(BUILD)/gen/unicode.inc $(BUILD)/gen/rx_unicode.inc: format/base/unicode17.txt
	@mkdir -p $(@D); python3 $(filter %.py,$^) $(UCD) $@
$(OBJ)/format/base/numtext.o: $(BUILD)/gen/pow10.inc
$(OBJ)/format/base/unicode.o: $(BUILD)/gen/unicode.inc
$(OBJ)/format/regexp/rx_set.o: $(BUILD)/gen/rx_unicode.inc

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)
