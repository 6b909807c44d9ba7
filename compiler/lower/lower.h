// SPDX-License-Identifier: MIT
// Private to lower/.
#ifndef DX_LOWER_H
#define DX_LOWER_H

#include "compiler/emit/emit.h"

void lower_object(Emitter *m, Binding *b, Binding *namespace_object); // → the enum's or namespace's object
Binding *lower_namespace_object(Emitter *m);

#endif
