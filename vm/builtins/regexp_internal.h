// SPDX-License-Identifier: MIT
// What regexp.c and regexp_symbol.c share and nobody else needs.
#ifndef DX_BUILTINS_REGEXP_INTERNAL_H
#define DX_BUILTINS_REGEXP_INTERNAL_H

#include "vm/regexp.h"

Value regexp_capture(VM *vm, String *s, const RegExpMatch *m, u32 i);                    // string or undefined
Value regexp_groups(VM *vm, const RegExpObject *re, String *s, const RegExpMatch *m);    // object or undefined
Value regexp_match_array(VM *vm, const RegExpObject *re, String *s, const RegExpMatch *m);
bool regexp_get_last_index_rjs(VM *vm, RegExpObject *re, i64 *out) DX_MUST_USE;
bool regexp_set_last_index_rjs(VM *vm, RegExpObject *re, i64 n) DX_MUST_USE;
Value regexp_clone(VM *vm, const RegExpObject *from, u32 flags) DX_MUST_USE; // a new object of %RegExp.prototype%
bool regexp_species_is_pristine(VM *vm);                                     // RegExp[Symbol.species] is as installed

#endif
