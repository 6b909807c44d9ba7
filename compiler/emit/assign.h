// SPDX-License-Identifier: MIT
// Private to emit/: assignment targets that are not names, evaluated in steps.
#ifndef DX_EMIT_ASSIGN_H
#define DX_EMIT_ASSIGN_H

#include "compiler/emit/emit.h"

bool target_is_dynamic(const Node *n);               // a name looked up at run time: its place is found before the value is made
bool target_is_reference(const Node *n);             // MEMBER, INDEX, PRIVATE_MEMBER, dynamic names
u32 target_parts(Emitter *m, const Node *n);         // values that target_prepare leaves: 0 for other names
void target_prepare(Emitter *m, Node *n, bool twice); // → parts; twice: the parts are used for a get and a set
void target_get(Emitter *m, Node *n);                // parts → v
void target_set(Emitter *m, Node *n);                // parts v → v

#endif
