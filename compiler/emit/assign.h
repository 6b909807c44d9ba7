// SPDX-License-Identifier: MIT
// Private to emit/: assignment targets that are not names, evaluated in steps.
#ifndef DX_EMIT_ASSIGN_H
#define DX_EMIT_ASSIGN_H

#include "compiler/emit/emit.h"

// A name whose place is found at run time before the value is made: one below with or eval; in strict code one
// that nobody declares, since an assignment to what is unresolvable then fails even if making the value defines it.
bool target_is_dynamic(const Emitter *m, const Node *n);
bool target_is_reference(const Emitter *m, const Node *n); // MEMBER, INDEX, PRIVATE_MEMBER, dynamic names
bool target_gives_name(const Node *n); // an anonymous function assigned to it takes the name: not so where the name stands for a property
u32 target_parts(Emitter *m, const Node *n);         // values that target_prepare leaves: 0 for other names
void target_prepare(Emitter *m, Node *n, bool twice); // → parts; twice: the parts are used for a get and a set
void target_get(Emitter *m, Node *n);                // parts → v
void target_set(Emitter *m, Node *n);                // parts v → v

#endif
