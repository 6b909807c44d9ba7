// SPDX-License-Identifier: MIT
// vm/iterate.h: iteration from C. Arrays with pristine iteration are walked directly; everything else goes
// the way of the opcodes.
#include "vm/exec/exec.h"

bool iter_get_rjs(VM *vm, Value iterable, IterRecord *it) {
    *it = (IterRecord){.iterator = iterable, .next = V_UNDEFINED};
    if (v_is_array(iterable) && array_iteration_pristine_for(vm, iterable)) {
        it->fast_array = true;
        return true;
    }
    Value method = v_is_nullish(iterable) ? V_UNDEFINED : get_v_rjs(vm, iterable, SYM_(vm, iterator));
    if (v_is_exc(method)) return false;
    if (!v_is_callable(method)) return vm_throw(vm, ERR_V_NOT_ITERABLE_SYM, iterable), false;
    return iter_from_method_rjs(vm, iterable, method, it);
}

bool iter_from_method_rjs(VM *vm, Value iterable, Value method, IterRecord *it) {
    *it = (IterRecord){.iterator = V_UNDEFINED, .next = V_UNDEFINED, .done = true};
    Value iterator = vm_call(vm, method, iterable, 0, NULL);
    if (v_is_exc(iterator)) return false;
    if (!v_is_object(iterator)) return vm_throw(vm, ERR_ITER_OBJECT), false;
    return iter_direct_rjs(vm, iterator, it);
}

bool iter_direct_rjs(VM *vm, Value obj, IterRecord *it) {
    Value next = get_rjs(vm, obj, A_(vm, next));
    *it = (IterRecord){.iterator = obj, .next = next, .done = v_is_exc(next)};
    return !it->done;
}

int iter_step_rjs(VM *vm, IterRecord *it, Value *out) {
    if (it->done) return 0;
    if (it->fast_array) {
        Array *a = v_array(it->iterator);
        u32 i = it->index;
        if (i >= a->length) {
            it->done = true;
            return 0;
        }
        it->index = i + 1;
        Elements *e = a->o.cell.flags & OBJ_SPARSE ? NULL : obj_elems(&a->o);
        *out = e && i < e->len && e->v[i] != V_HOLE
                   ? e->v[i]
                   : object_get_rjs(vm, it->iterator, key_from_index(i), it->iterator);
        if (!v_is_exc(*out)) return 1;
        it->done = true;
        return -1;
    }
    Value t[3] = {it->iterator, it->next, V_FALSE};
    int r = triple_step_rjs(vm, t, out);
    if (r <= 0) it->done = true;
    return r;
}

Value iter_close_rjs(VM *vm, IterRecord *it) {
    bool thrown = vm->exception != V_HOLE;
    if (it->fast_array || it->done) return thrown ? V_EXC : V_UNDEFINED;
    it->done = true;
    Value pending = vm->exception, t[3] = {it->iterator, it->next, V_FALSE};
    vm->exception = V_HOLE;
    bool ok = triple_close_rjs(vm, t, thrown);
    if (vm->exec->terminated) return V_EXC;
    if (thrown) {
        vm->exception = pending;
        return V_EXC;
    }
    return ok ? V_UNDEFINED : V_EXC;
}

bool iterate_rjs(VM *vm, Value iterable, IterVisit visit, void *ctx) {
    IterRecord it;
    if (!iter_get_rjs(vm, iterable, &it)) return false;
    for (;;) {
        Value v;
        int got = iter_step_rjs(vm, &it, &v);
        if (got <= 0) return got == 0;
        if (!visit(vm, v, ctx)) {
            (void)iter_close_rjs(vm, &it);
            return false;
        }
    }
}
