// SPDX-License-Identifier: MIT
// Between the files of iterator helper objects. A helper is an IteratorObject: target the underlying iterator (undefined once it must not be
// closed any more), extra[0] its next method; kind, extra[1] and extra[2] say what is made of its values; state is HelperState.
#ifndef DX_ITERATOR_HELPERS_H
#define DX_ITERATOR_HELPERS_H

#include "vm/builtins/builtins.h"
#include "vm/text.h"

enum HelperKind { HELP_MAP, HELP_FILTER, HELP_TAKE, HELP_DROP, HELP_FLATMAP, HELP_CONCAT, HELP_CHUNKS, HELP_WINDOWS, HELP_ZIP };
enum HelperState { HELP_START = 8, HELP_SUSPENDED, HELP_RUNNING, HELP_DONE }; // above the states other iterator files use

Value helper_new_rjs(VM *vm, Value iterator, enum HelperKind kind, Value arg) DX_MUST_USE; // reads next, except of concat and zip
bool helper_this(VM *vm, Value self, const char *method); // this must be an object; false: thrown

// Iterator records as (iterator, next) pairs.
Value pair_step_rjs(VM *vm, Value iterator, Value next, bool *done) DX_MUST_USE; // IteratorStepValue
bool pair_step_done_rjs(VM *vm, Value iterator, Value next, bool *done) DX_MUST_USE; // IteratorStep, value not read; false: thrown
// IteratorClose. With an exception pending that one stays. V_EXC if one is pending afterwards.
Value pair_close_rjs(VM *vm, Value iterator);
Value pair_fail(VM *vm, Value iterator); // an exception is pending: closes, V_EXC
// GetIteratorFlattenable (7.4.13). False: thrown.
bool pair_flattenable_rjs(VM *vm, Value v, bool strings, Value *iterator, Value *next) DX_MUST_USE;

DX_INLINE bool option_is(VM *vm, Value v, const char *text) { return v_is_string(v) && str_equal(vm, v_string(v), v_string(v_str(vm, text))); }

// iterator_chunks.c, iterator_zip.c: the next value of such a helper; *done comes in false
Value helper_chunks_step_rjs(VM *vm, IteratorObject *it, bool *done) DX_MUST_USE;
Value helper_windows_step_rjs(VM *vm, IteratorObject *it, bool *done) DX_MUST_USE;
Value helper_zip_step_rjs(VM *vm, IteratorObject *it, bool *done) DX_MUST_USE;
Value helper_zip_close_rjs(VM *vm, IteratorObject *it) DX_MUST_USE; // IteratorCloseAll of those still open

#endif
