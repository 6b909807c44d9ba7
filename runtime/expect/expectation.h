// SPDX-License-Identifier: MIT
// Inside of expect/: expectations and how an assertion on one runs, whether it is a matcher, a custom one or one of chai's.
#ifndef DX_EXPECTATION_H
#define DX_EXPECTATION_H

#include "runtime/expect/match.h"
#include "runtime/web/web.h"

// Of an expectation: what its modifiers said so far. From DEEP on they are chai's.
enum {
    EX_NOT = 1, EX_RESOLVES = 2, EX_REJECTS = 4, EX_SOFT = 8, EX_POLL = 16,
    EX_DEEP = 32, EX_NESTED = 64, EX_OWN = 128, EX_ORDERED = 256, EX_ANY = 512, EX_ALL = 1024, EX_CONTAINS = 2048, EX_LENGTH = 4096, EX_ITSELF = 8192,
};

// What an expectation calls once it knows its received value: row `index` of the matcher table, CALL_CHAI + row of chai.def, or `custom`.
typedef struct Call { u32 index; Value custom, name, site; } Call; // site: an Error made where it stands, or undefined
enum { CALL_CHAI = 0x8000 };

// An expectation is a HostObject: data[0] received, data[1] flags, data[2] message, data[3] of expect.poll: array [interval, timeout].
HostObject *expectation_of(Value v);      // also behind a callable link of chai's chains; NULL: none
Value expectation_new(VM *vm, Value received, u32 flags, Value message);
Value expectation_chain(Value self);      // what an assertion returns
const char *call_name(const Call *c);     // of built-in ones; "matcher"
// The assertion itself on a received value. *subject: what a chain goes on with (chai's property, throw); may be NULL.
Value call_run_rjs(VM *vm, const Call *c, Value received, u32 flags, Value message, int argc, Value *argv, bool thrown, Value *subject) DX_MUST_USE;
// The assertion as the program wrote it: now, after a promise, or again and again; recorded instead of thrown when soft. self: the expectation.
Value call_apply_rjs(VM *vm, const Call *c, Value self, int argc, Value *argv) DX_MUST_USE;
Value matcher_error(VM *vm, Value message, Value prefix); // the error of a failed assertion
Value soft_record(VM *vm, u32 flags);     // after a throw: of a soft expectation it is noted on the test, undefined; else V_EXC again

// poll.c
Value expect_poll(VM *vm, Value self, int argc, Value *argv);
Value poll_start(VM *vm, HostObject *o, const Call *c, int argc, Value *argv);

// chai.c
Value chai_run_rjs(VM *vm, u32 row, Value received, u32 flags, Value message, int argc, Value *argv, Value *subject) DX_MUST_USE;
const char *chai_name(u32 row);
// chai_text.c
String *chai_inspect_rjs(VM *vm, Value v) DX_MUST_USE;  // loupe, cut at 40; NULL thrown
String *chai_display_rjs(VM *vm, Value v) DX_MUST_USE;  // objDisplay
bool chai_type_rjs(VM *vm, Value v, Buf *out) DX_MUST_USE; // type-detect: "Array", "string" ...

#endif
