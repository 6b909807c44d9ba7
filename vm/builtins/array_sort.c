// SPDX-License-Identifier: MIT
// Array.prototype.sort / toSorted and SortIndexedProperties (ECMA-262 23.1.3.30). A stable merge sort over a vector in the heap;
// numbers and strings without a comparator are compared without conversion per comparison.
#include "vm/builtins/array_util.h"
#include "vm/sort.h"

typedef struct SortContext {
    VM *vm;
    Value comparator;      // undefined: by string
    SortCompare compare;   // typed arrays: by number
} SortContext;

// < 0, 0, > 0 as first; second element of the pair: false when thrown
static bool compare_rjs(SortContext *c, Value x, Value y, int *out) {
    VM *vm = c->vm;
    if (c->compare) return *out = c->compare(x, y), true;
    if (v_is_undefined(c->comparator)) {
        *out = str_compare(vm, v_string(x), v_string(y)); // keys were converted before
        return true;
    }
    Value args[2] = {x, y};
    Value r = vm_call(vm, c->comparator, V_UNDEFINED, 2, args);
    if (v_is_exc(r)) return false;
    if (v_is_int(r)) return *out = v_int(r) < 0 ? -1 : v_int(r) > 0, true;
    f64 d;
    if (!to_f64_rjs(vm, r, &d)) return false;
    *out = d < 0 ? -1 : d > 0;
    return true;
}

// Sorts n records of `width` values each by their first value.
static bool insertion_sort_rjs(SortContext *c, Value *v, u32 n, u32 width) {
    for (u32 i = 1; i < n; i++) {
        Value x[2] = {v[i * width], width > 1 ? v[i * width + 1] : 0};
        u32 j = i;
        for (; j > 0; j--) {
            int cmp;
            if (!compare_rjs(c, v[(j - 1) * width], x[0], &cmp)) return false;
            if (cmp <= 0) break;
            memcpy(v + j * width, v + (j - 1) * width, width * 8);
        }
        memcpy(v + j * width, x, width * 8);
    }
    return true;
}

static bool merge_sort_rjs(SortContext *c, Value *v, Value *tmp, u32 n, u32 width) {
    if (n <= 8) return insertion_sort_rjs(c, v, n, width);
    u32 h = n / 2;
    if (!merge_sort_rjs(c, v, tmp, h, width) || !merge_sort_rjs(c, v + h * width, tmp, n - h, width)) return false;
    int cmp;
    if (!compare_rjs(c, v[(h - 1) * width], v[h * width], &cmp)) return false;
    if (cmp <= 0) return true; // already in order
    memcpy(tmp, v, (size_t)h * width * 8);
    u32 a = 0, b = h, o = 0;
    while (a < h && b < n) {
        if (!compare_rjs(c, tmp[a * width], v[b * width], &cmp)) {
            // keep every value: put the rest of the left run back
            memcpy(v + o * width, tmp + a * width, (size_t)(h - a) * width * 8);
            return false;
        }
        if (cmp <= 0) memcpy(v + o++ * width, tmp + a++ * width, width * 8);
        else memcpy(v + o++ * width, v + b++ * width, width * 8);
    }
    memcpy(v + o * width, tmp + a * width, (size_t)(h - a) * width * 8);
    return true;
}

bool sort_values_rjs(VM *vm, Value *v, u32 n, Value comparator, SortCompare compare) {
    if (n < 2) return true;
    SortContext c = {vm, comparator, compare};
    bool by_text = !compare && v_is_undefined(comparator);
    u32 width = 1;
    Value *work = v;
    ValueArray *keyed = NULL;
    if (by_text) {
        bool all_strings = true;
        for (u32 i = 0; i < n && all_strings; i++) all_strings = v_is_string(v[i]);
        if (!all_strings) { // sort (text, value) pairs: ToString once per element
            keyed = values_new(vm, n * 2);
            for (u32 i = 0; i < n; i++) {
                String *s = to_string_rjs(vm, v[i]);
                if (!s) return false;
                keyed->v[2 * i] = v_from_string(s);
                keyed->v[2 * i + 1] = v[i];
            }
            width = 2;
            work = keyed->v;
        }
    }
    ValueArray *tmp = values_new(vm, (n / 2 + 1) * width);
    bool ok = merge_sort_rjs(&c, work, tmp->v, n, width);
    if (ok && keyed)
        for (u32 i = 0; i < n; i++) v[i] = keyed->v[2 * i + 1];
    __asm__ volatile("" ::"r"(tmp), "r"(keyed)); // keep both reachable from the C stack until here
    return ok;
}

static DX_MUST_USE bool begin_sort_rjs(VM *vm, Value self, Value comparator, Value *obj, i64 *len) {
    if (!v_is_undefined(comparator) && !v_is_callable(comparator)) {
        vm_throw(vm, ERR_CUSTOM_TYPE, "The comparison function must be either a function or undefined");
        return false;
    }
    *obj = to_object(vm, self);
    if (v_is_exc(*obj)) return false;
    *len = length_of_array_like_rjs(vm, *obj);
    return *len >= 0;
}

// Collects the elements (holes skipped when asked), undefined ones counted apart. NULL: thrown.
static ValueArray *collect_rjs(VM *vm, Value o, i64 len, bool skip_holes, u32 *count, u32 *undefs) {
    ValueArray *vals = values_new(vm, len > 1 << 20 ? 1 << 10 : (u32)len + 1);
    *count = *undefs = 0;
    for (i64 k = 0; k < len; k++) {
        Value v = skip_holes ? elem_get_if_present_rjs(vm, o, k) : elem_get_rjs(vm, o, k);
        if (v == V_HOLE) continue;
        if (v_is_exc(v)) return NULL;
        if (v_is_undefined(v)) {
            ++*undefs;
            continue;
        }
        if (*count == values_capacity(vals)) {
            ValueArray *bigger = values_new(vm, *count * 2);
            memcpy(bigger->v, vals->v, (size_t)*count * 8);
            vals = bigger;
        }
        vals->v[(*count)++] = v;
    }
    return vals;
}

static Value array_proto_sort(VM *vm, Value self, int argc, Value *argv) {
    Value o; i64 len; u32 n, undefs;
    if (!begin_sort_rjs(vm, self, ARG(0), &o, &len)) return V_EXC;
    ValueArray *vals = collect_rjs(vm, o, len, true, &n, &undefs);
    if (!vals || !sort_values_rjs(vm, vals->v, n, ARG(0), NULL)) return V_EXC;
    i64 k = 0;
    for (; k < n; k++)
        if (!elem_set_rjs(vm, o, k, vals->v[k])) return V_EXC;
    for (u32 i = 0; i < undefs; i++, k++)
        if (!elem_set_rjs(vm, o, k, V_UNDEFINED)) return V_EXC;
    for (; k < len; k++) {
        int has = elem_has_rjs(vm, o, k);
        if (has < 0 || (has && !elem_delete_rjs(vm, o, k))) return V_EXC;
    }
    return o;
}

static Value array_proto_to_sorted(VM *vm, Value self, int argc, Value *argv) { // 23.1.3.34
    Value o; i64 len; u32 n, undefs;
    if (!begin_sort_rjs(vm, self, ARG(0), &o, &len)) return V_EXC;
    if (len > 0xFFFFFFFFll) return vm_throw(vm, ERR_ARRAY_LENGTH);
    ValueArray *vals = collect_rjs(vm, o, len, false, &n, &undefs);
    if (!vals || !sort_values_rjs(vm, vals->v, n, ARG(0), NULL)) return V_EXC;
    Array *a = array_from(vm, vals->v, n);
    for (u32 i = 0; i < undefs; i++) array_push(vm, a, V_UNDEFINED);
    return v_from_array(a);
}

const NativeRow array_sort_rows[] = {
    FN("sort", 1, array_proto_sort),
    FN("toSorted", 1, array_proto_to_sorted),
    ROWS_END,
};
