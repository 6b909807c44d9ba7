// SPDX-License-Identifier: MIT
// Private to lower/.
#ifndef DX_LOWER_H
#define DX_LOWER_H

#include "compiler/emit/emit.h"

void lower_object(Emitter *m, const Node *n, Binding *b, Binding *namespace_object); // → the object of the enum or namespace n
Binding *lower_namespace_object(Emitter *m);

#endif
