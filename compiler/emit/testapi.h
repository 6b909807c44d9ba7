// SPDX-License-Identifier: MIT
// Private to emit/: what the compiler knows of the test API of a test file.
#ifndef DX_EMIT_TESTAPI_H
#define DX_EMIT_TESTAPI_H

#include "compiler/emit/emit.h"

// The name under which a test API is used: the global of this name, not shadowed, or an import of it from a test module. NULL: neither.
Str *testapi_name(Emitter *m, const Node *ident);
bool testapi_declares(Emitter *m, const Node *ident); // names a function that declares tests or suites
void testapi_prepare(Emitter *m);                 // dialect; hoisted declarations; before the module's scope is placed
void testapi_hoisted(Emitter *m);                 // emits the calls that run before the imports
bool testapi_is_hoisted(Emitter *m, const Node *stmt);
void testapi_list(Emitter *m, Node *stmt, u32 parent); // a statement at the top level of the file or of a listed suite
void testapi_mark_callbacks(Emitter *m, Node *call);   // function literals that are bodies of tests and hooks

// What function.user points to for callbacks.
typedef struct TestMark {
    u32 row;        // of the TEST table, DXT_NONE: not listed
    bool suite;     // its body's statements are listed
} TestMark;

// An assertion that stands alone or whose value is returned: emits it, leaving nothing (matchers give undefined). False: it is not one.
bool emit_single_assertion(Emitter *m, Node *expr);
// Emits statements from `first` on as assertion instructions; returns how many were taken, 0: the first is no such statement.
u32 emit_assertions(Emitter *m, const NodeList *list, u32 first);

#endif
