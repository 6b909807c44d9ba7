// SPDX-License-Identifier: MIT
// Values as Node's util.inspect shows them. Needs only vm/.
#ifndef DX_INSPECT_H
#define DX_INSPECT_H

#include "format/base/mem.h"
#include "vm/vm.h"

typedef struct InspectOptions {
    u32 depth;          // nesting shown; 0xFFFFFFFF: all
    u32 break_length;   // columns
    u32 compact;
    bool show_hidden;
} InspectOptions; // the default: inspect_defaults

extern const InspectOptions inspect_defaults;
// Appends UTF-8. Getters are not called; custom inspect functions (Symbol.for("nodejs.util.inspect.custom")) are. False: one of them threw.
bool inspect_rjs(VM *vm, Value v, const InspectOptions *o, Buf *out);
// util.format: substitutes %s %d %i %f %j %o %O %c %%, joins the rest with spaces.
bool inspect_format_rjs(VM *vm, int argc, const Value *argv, Buf *out);

#endif
