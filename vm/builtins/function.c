// SPDX-License-Identifier: MIT
// Function and Function.prototype (ECMA-262 20.2). The constructors of generator and async functions are
// exec's; they share function_from_source.
#include "vm/builtins/builtins.h"
#include "vm/builtins/function.h"
#include "vm/host.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

ValueArray *list_from_array_like_rjs(VM *vm, Value v, u32 *n) {
    *n = 0;
    if (!v_is_object(v)) {
        (void)vm_throw(vm, ERR_APPLY_ARRAY_LIKE);
        return NULL;
    }
    i64 len = length_of_array_like_rjs(vm, v);
    if (len < 0) return NULL;
    if (len > 10000000) {
        (void)vm_throw(vm, ERR_STACK_OVERFLOW);
        return NULL;
    }
    ValueArray *list = values_new(vm, (u32)len);
    *n = (u32)len;
    if (array_is_fast(vm, v)) {
        Elements *e = obj_elems(v_object(v));
        for (u32 i = 0; i < *n; i++) list->v[i] = e->v[i] == V_HOLE ? V_UNDEFINED : e->v[i];
        return list;
    }
    for (u32 i = 0; i < *n; i++) {
        Value x = get_rjs(vm, v, key_from_index(i));
        if (v_is_exc(x)) return NULL;
        heap_set(vm, &list->v[i], x);
    }
    return list;
}

Value throw_apply_target(VM *vm, Value f) {
    u32 t = v_tag(f);
    const char *what = t == TAG_STRING     ? "a string"
                       : t == TAG_BOOL     ? "a boolean"
                       : t == TAG_SYMBOL   ? "a symbol"
                       : t == TAG_BIGINT   ? "a bigint"
                       : v_is_undefined(f) ? "undefined"
                       : v_is_number(f)    ? "a number"
                                           : "an object";
    return vm_throw(vm, ERR_APPLY_NOT_FUNCTION, f, what);
}

// 20.2.3.1
static Value function_proto_apply(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(self)) return throw_apply_target(vm, self);
    if (v_is_nullish(ARG(1))) return vm_call(vm, self, ARG(0), 0, NULL);
    Value this_arg = ARG(0);
    u32 n;
    ValueArray *list = list_from_array_like_rjs(vm, ARG(1), &n);
    return list ? vm_call(vm, self, this_arg, (int)n, list->v) : V_EXC;
}

// 20.2.3.3
static Value function_proto_call(VM *vm, Value self, int argc, Value *argv) {
    return vm_call(vm, self, ARG(0), argc > 1 ? argc - 1 : 0, argv + 1);
}

// 20.2.3.2
static Value function_proto_bind(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(self)) return vm_throw(vm, ERR_BIND_NOT_CALLABLE);
    u32 nargs = argc > 1 ? (u32)argc - 1 : 0;
    Value f = bound_function_create(vm, self, ARG(0), argv + 1, nargs);
    if (v_is_exc(f)) return f;
    Value len = v_from_int(0);
    int has = has_own_rjs(vm, self, A_(vm, length));
    if (has < 0) return V_EXC;
    if (has) {
        Value l = get_rjs(vm, self, A_(vm, length));
        f64 d;
        if (v_is_exc(l)) return l;
        if (v_is_number(l)) {
            if (!to_integer_rjs(vm, l, &d)) return V_EXC;
            len = v_from_num(d - nargs > 0 ? d - nargs : 0);
        }
    }
    object_put(vm, v_object(f), A_(vm, length), len, ATTR_C);
    Value name = get_rjs(vm, self, A_(vm, name));
    if (v_is_exc(name)) return name;
    StrBuf b = {0};
    sb_ascii(&b, "bound ");
    if (v_is_string(name)) sb_str(vm, &b, v_string(name));
    name = sb_finish(vm, &b);
    if (v_is_exc(name)) return name;
    object_put(vm, v_object(f), A_(vm, name), name, ATTR_C);
    return f;
}

// 20.2.3.5
static Value function_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_callable(self)) return vm_throw(vm, ERR_NOT_GENERIC, "Function.prototype.toString", "Function");
    return function_source_text(vm, self);
}

// 20.2.3.6
static Value function_proto_has_instance(VM *vm, Value self, int argc, Value *argv) {
    int r = ordinary_has_instance_rjs(vm, self, ARG(0));
    return r < 0 ? V_EXC : v_from_bool(r);
}

// 20.2.1.1.1 CreateDynamicFunction
Value function_from_source_rjs(VM *vm, Value new_target, u32 intrinsic, const char *prefix, int argc,
                               Value *argv) {
    StrBuf b = {0};
    sb_ascii(&b, "(");
    sb_ascii(&b, prefix);
    sb_ascii(&b, " anonymous(");
    for (int i = 0; i < argc - 1; i++) {
        String *s = to_string_rjs(vm, argv[i]);
        if (!s) goto fail;
        if (i) sb_ascii(&b, ",");
        sb_str(vm, &b, s);
    }
    sb_ascii(&b, "\n) ");
    u32 brace = b.len;
    sb_ascii(&b, "{\n");
    if (argc > 0) {
        String *s = to_string_rjs(vm, argv[argc - 1]);
        if (!s) goto fail;
        sb_str(vm, &b, s);
    }
    sb_ascii(&b, "\n})");
    Value source = sb_finish(vm, &b);
    if (v_is_exc(source)) return source;
    Value f = vm_compile_function_rjs(vm, v_string(source), brace);
    if (v_is_exc(f)) return f;
    Value proto = proto_from_ctor_rjs(vm, new_target, intrinsic);
    if (v_is_exc(proto)) return proto;
    if (obj_proto(v_object(f)) != proto && object_set_proto_rjs(vm, f, proto) < 0) return V_EXC;
    return f;
fail:
    sb_free(&b);
    return V_EXC;
}

// 20.2.1.1
static Value function_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value nt = native_new_target(vm);
    return function_from_source_rjs(vm, v_is_undefined(nt) ? native_callee(vm) : nt, REALM_FunctionPrototype,
                                    "function", argc, argv);
}

static Value function_proto_itself(VM *vm, Value self, int argc, Value *argv) { return V_UNDEFINED; }

// 10.2.4.1
static Value throw_type_error(VM *vm, Value self, int argc, Value *argv) {
    return vm_throw(vm, ERR_ARGUMENTS_CALLER);
}

const NativeRow function_rows[] = {CTOR("Function", 1, function_ctor), ROWS_END};
const NativeRow function_proto_rows[] = {
    FN("apply", 2, function_proto_apply),
    FN("bind", 1, function_proto_bind),
    FN("call", 1, function_proto_call),
    FN("toString", 0, function_proto_to_string),
    FN_ATTR("@@hasInstance", 1, function_proto_has_instance, 0),
    ROWS_END,
};
const NativeRow function_internal_rows[] = {
    FN("", 0, function_proto_itself),
    FN("", 0, throw_type_error),
    ROWS_END,
};

void builtin_function_install(VM *vm) {
    Realm *r = vm->realm;
    r->Function = builtin_class(vm, TABLE_function_rows, TABLE_function_proto_rows, r->FunctionPrototype,
                                r->FunctionPrototype);
    r->FunctionProtoHasInstance = object_own_data(vm, v_object(r->FunctionPrototype), SYM_(vm, hasInstance));
    r->ThrowTypeError = native_make(vm, NATIVE_ID(function_internal_rows, 1));
    Object *t = v_object(r->ThrowTypeError);
    func_materialize(vm, t);
    object_put(vm, t, A_(vm, length), v_from_int(0), 0);
    object_put(vm, t, A_(vm, name), A_(vm, empty), 0);
    DX_CHECK(object_prevent_extensions_rjs(vm, r->ThrowTypeError) == 1);
    object_put_accessor(vm, v_object(r->FunctionPrototype), A_(vm, caller), r->ThrowTypeError,
                        r->ThrowTypeError, ATTR_C);
    object_put_accessor(vm, v_object(r->FunctionPrototype), A_(vm, arguments), r->ThrowTypeError,
                        r->ThrowTypeError, ATTR_C);
}
