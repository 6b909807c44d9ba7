// SPDX-License-Identifier: MIT
// Element access shared by the array natives.
#include "vm/builtins/array_util.h"

PropKey key_from_i64(VM *vm, i64 i) {
    if (DX_LIKELY(i >= 0 && i < 0xFFFFFFFFll)) return key_from_index((u32)i);
    Value s = number_to_string(vm, (f64)i, 10);
    return key_from_string(vm, v_string(s));
}

static bool elem_writable_in_place(Object *o) {
    return obj_is_dense(o) && !(o->cell.aux & (OBJ2_ELEMS_FROZEN | OBJ2_ELEMS_COW));
}

bool elem_set_rjs(VM *vm, Value obj, i64 i, Value v) {
    if (v_is_array(obj)) {
        Object *o = v_object(obj);
        Elements *e = obj_elems(o);
        if (elem_writable_in_place(o) && e && i < (i64)e->len && e->v[i] != V_HOLE) {
            heap_set(vm, &e->v[i], v);
            return true;
        }
        if (i < 0xFFFFFFFFll && array_is_plain(vm, o)) {
            element_define(vm, o, (u32)i, v, ATTR_WEC);
            return true;
        }
    }
    return !elem_interrupted(vm) && set_rjs(vm, obj, key_from_i64(vm, i), v, true) >= 0;
}

bool elem_create_rjs(VM *vm, Value obj, i64 i, Value v) {
    if (v_is_array(obj)) {
        Array *a = v_array(obj);
        Elements *e = obj_elems(&a->o);
        if (elem_writable_in_place(&a->o) && !(a->o.cell.flags & OBJ_NON_EXTENSIBLE) && !(a->o.cell.aux & (OBJ2_ELEMS_SEALED | OBJ2_LENGTH_READONLY))) {
            if (e && i < (i64)e->len) {
                heap_set(vm, &e->v[i], v);
                return true;
            }
            if (i == (i64)a->length && i == (e ? (i64)e->len : 0) && i < 0xFFFFFFFEll) {
                array_push(vm, a, v);
                return true;
            }
        }
    }
    return create_data_property_or_throw_rjs(vm, obj, key_from_i64(vm, i), v) >= 0;
}

bool elem_delete_rjs(VM *vm, Value obj, i64 i) {
    return !elem_interrupted(vm) && delete_or_throw_rjs(vm, obj, key_from_i64(vm, i)) >= 0;
}

bool set_length_rjs(VM *vm, Value obj, i64 len) {
    return set_rjs(vm, obj, A_(vm, length), v_from_i64(len), true) >= 0;
}

bool array_is_packed(Value a) {
    if (!v_is_array(a)) return false;
    Array *arr = v_array(a);
    if (!obj_is_dense(&arr->o)) return false;
    Elements *e = obj_elems(&arr->o);
    u32 n = arr->length;
    if (n == 0) return true;
    if (!e || e->len < n) return false;
    for (u32 i = 0; i < n; i++)
        if (e->v[i] == V_HOLE) return false;
    return true;
}

Value callable_or_throw(VM *vm, Value f) {
    return v_is_callable(f) ? f : vm_throw(vm, ERR_V_NOT_FUNCTION, f);
}

bool array_begin_fill(VM *vm, Value a, Value source) {
    if (!v_is_array(a) || a == source || !obj_is_dense(v_object(a)) || obj_proto(v_object(a)) != vm->realm->ArrayPrototype) return false;
    Elements *e = obj_elems(v_object(a));
    if ((e && e->len) || v_object(a)->cell.aux || (v_object(a)->cell.flags & OBJ_NON_EXTENSIBLE)) return false;
    HEAP_STORE(vm, v_array(a)->length, 0);
    return true;
}
