// SPDX-License-Identifier: MIT
// Between the files of the test262 runner: what a test asks for, how one run of it ended, the scope and the list of known failures.
#ifndef TEST262_RUNNER_H
#define TEST262_RUNNER_H

#include "format/base/mem.h"
#include "vm/host.h"
#include "vm/native.h"

// ---- meta.c: frontmatter

enum { FLAG_ONLY_STRICT = 1, FLAG_NO_STRICT = 2, FLAG_MODULE = 4, FLAG_RAW = 8, FLAG_ASYNC = 16, FLAG_CANNOT_BLOCK = 32 };
enum { META_NAMES = 24 };

typedef struct Meta {
    u32 flags;
    u32 include_count, feature_count;
    char *includes[META_NAMES], *features[META_NAMES];
    char *negative_phase, *negative_type; // NULL: the test is expected to end normally
} Meta;

// Reads the comment between /*--- and ---*/ of `text`. Names are copied into the arena. False: there is none.
bool meta_read(Arena *arena, const char *text, size_t len, Meta *out);

bool meta_includes(const Meta *m, const char *name);

typedef struct Scope Scope; // rows of scope.txt
Scope *scope_read(const char *path); // NULL: not readable (printed)
// Why the test is out of scope, or NULL.
const char *scope_reason(const Scope *s, const char *path, const Meta *m);

// ---- jobs

typedef enum Mode { MODE_SLOPPY, MODE_STRICT, MODE_MODULE, MODE_RAW, MODE_COUNT } Mode;
extern const char *const mode_names[MODE_COUNT];

typedef enum Outcome { OUTCOME_NOT_RUN, OUTCOME_PASS, OUTCOME_FAIL } Outcome;
typedef struct Result { // in memory shared by the workers
    u8 outcome;
    char message[183];
} Result;

// ---- run.c: one process's VM

void run_boot(const char *checkout); // boots the VM; before the workers are forked
void run_begin(void); // in each worker
void run_end(void);   // in the process that booted
// Runs one file in one mode and puts the realm back. `path` is relative to the checkout.
void run_job(const char *path, Mode mode, Result *out);

Value host_install(VM *vm); // print and $262 on the current realm's global object

// ---- agent.c: $262.agent and the event loop

extern const NativeRow agent_global_rows[], agent_main_rows[], agent_other_rows[];
void agent_boot(DxHost *host);        // once in each worker: what is shared is shared with its forks only
bool agent_is_other(void);            // this process runs an agent a test started
// Runs jobs and timers until nothing is left that could happen, or until `over`. False: the run was ended.
bool agent_loop(VM *vm, bool (*over)(void));
void agent_reset(VM *vm);      // after a test: its agents end, its shared memory is forgotten

// ---- known.c: the list of known failures

typedef struct Known Known;
Known *known_read(const char *path); // an absent file is an empty list; NULL: malformed (printed)
const char *known_message(Known *k, const char *path, Mode mode); // NULL: not listed. Marks the entry as seen
// Listed entries that were run (a path below `dir`) but not seen failing are reported through `fixed`. Their number.
u32 known_fixed(Known *k, bool (*was_run)(const char *path, Mode mode), void (*fixed)(const char *path, Mode mode));
// Entries keep the heading (# lines) they stand under; those not listed before come last, under one of their own.
void known_begin(Known *k);
void known_failure(Known *k, const char *path, Mode mode, const char *message);
bool known_write(Known *k, const char *path, bool (*was_run)(const char *path, Mode mode));

#endif
