// SPDX-License-Identifier: MIT
// Passing cases of the assertion opcodes, decided without user code.
#include "vm/assert/assert.h"
#include "vm/assert/equal.h"
#include "vm/assert/simd.h"

static int same(VM *vm, Value a, Value b) { return a == b || same_value(vm, a, b); }

// toEqual of dense arrays whose elements are the same words (numbers, booleans, identical strings); anything else is for the slow path.
static int arrays_identical(Value a, Value b) {
    if (!v_is_array(a) || !v_is_array(b)) return 2;
    Array *x = v_array(a), *y = v_array(b);
    if (!obj_is_dense(&x->o) || !obj_is_dense(&y->o) || x->length != y->length || x->o.shape != y->o.shape || x->o.shape->count) return 2;
    Elements *p = obj_elems(&x->o), *q = obj_elems(&y->o);
    u32 n = x->length;
    if (n == 0) return 1;
    if (!p || !q || p->len != n || q->len != n) return 2;
    return simd->mismatch_u64(p->v, q->v, n) == n ? 1 : 2; // identical words are equal under every rule (NaN is canonical, -0 is its own word)
}

int assert_fast(VM *vm, u32 op, const Value *v) {
    switch (op) {
    case OP_AssertEq: case OP_AssertStringEq: return same(vm, v[0], v[1]);
    case OP_AssertTruthy: return to_boolean(v[0]);
    case OP_AssertFalsy: return !to_boolean(v[0]);
    case OP_AssertNull: return v[0] == V_NULL;
    case OP_AssertDefined: return v[0] != V_UNDEFINED;
    case OP_AssertUndefined: return v[0] == V_UNDEFINED;
    case OP_AssertType: return v_is_string(v[1]) && str_equal(vm, v_string(typeof_value(vm, v[0])), v_string(v[1]));
    case OP_AssertArrayEq: return arrays_identical(v[0], v[1]);
    case OP_AssertDeepEq: case OP_AssertStrictDeepEq:
        if (!v_is_object(v[0]) && !v_is_object(v[1])) return same(vm, v[0], v[1]);
        return arrays_identical(v[0], v[1]);
    case OP_AssertLength:
        if (v_is_int(v[1]) && v_is_array(v[0])) return v_array(v[0])->length == (u32)v_int(v[1]);
        if (v_is_int(v[1]) && v_is_string(v[0])) return v_string(v[0])->length == (u32)v_int(v[1]);
        return 2;
    case OP_AssertContains:
        if (v_is_string(v[0]) && v_is_string(v[1])) return str_index_of(vm, v_string(v[0]), v_string(v[1]), 0) >= 0;
        return 2;
    case OP_AssertMatch:
        if (v_is_string(v[0]) && v_is_string(v[1])) return str_index_of(vm, v_string(v[0]), v_string(v[1]), 0) >= 0;
        return 2;
    default: return 2;
    }
}

u64 assert_batch(VM *vm, u32 op, const Value *v, u32 n) {
    u64 open;
    if (op == OP_BatchAssertNull) return simd->words_unequal_to(v, n, V_NULL);
    if (op == OP_BatchAssertTruthy) {
        open = simd->words_unequal_to(v, n, V_TRUE);
        for (u64 m = open; m; m &= m - 1) {
            u32 i = (u32)__builtin_ctzll(m);
            if (to_boolean(v[i])) open &= ~(1ull << i);
        }
        return open;
    }
    open = simd->pairs_unequal(v, n);
    for (u64 m = open; m; m &= m - 1) { // unequal words may still be the same number or string
        u32 i = (u32)__builtin_ctzll(m);
        if (same_value(vm, v[2 * i], v[2 * i + 1])) open &= ~(1ull << i);
    }
    return open;
}
