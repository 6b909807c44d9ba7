// SPDX-License-Identifier: MIT
// GeneratorFunction, AsyncFunction, AsyncGeneratorFunction: constructors (27.3.1, 27.4.1, 27.7.1) and
// prototypes. None is a global.
#include "vm/builtins/builtins.h"
#include "vm/builtins/function.h"
#include "vm/exec/exec.h"

enum { KIND_GENERATOR, KIND_ASYNC, KIND_ASYNC_GENERATOR };

static Value special_function_ctor(VM *vm, Value self, int argc, Value *argv) {
    static const u32 protos[] = {REALM_GeneratorFunctionPrototype, REALM_AsyncFunctionPrototype,
                                 REALM_AsyncGeneratorFunctionPrototype};
    static const char *const prefixes[] = {"function*", "async function", "async function*"};
    u32 kind = native_magic(vm);
    Value nt = native_new_target(vm);
    return function_from_source_rjs(vm, v_is_undefined(nt) ? native_callee(vm) : nt, protos[kind],
                                    prefixes[kind], argc, argv);
}

#define CTOR_MAGIC(n, f, m) {.name = n, .fn = f, .kind = ROW_CTOR, .length = 1, .attrs = ATTR_WC, .magic = m}
const NativeRow special_function_rows[] = {
    CTOR_MAGIC("GeneratorFunction", special_function_ctor, KIND_GENERATOR),
    CTOR_MAGIC("AsyncFunction", special_function_ctor, KIND_ASYNC),
    CTOR_MAGIC("AsyncGeneratorFunction", special_function_ctor, KIND_ASYNC_GENERATOR),
    ROWS_END
};

static Value function_class(VM *vm, u32 row, const char *tag, Value instances) {
    Realm *r = vm->realm;
    Object *proto = object_new_proto(vm, r->FunctionPrototype);
    Value ctor = native_make(vm, NATIVE_ID(special_function_rows, row));
    DX_CHECK(object_set_proto_rjs(vm, ctor, r->Function) == 1);
    func_materialize(vm, v_object(ctor));
    object_put(vm, v_object(ctor), A_(vm, prototype), v_obj(proto), 0);
    object_put(vm, proto, A_(vm, constructor), ctor, ATTR_C);
    if (v_is_object(instances)) {
        object_put(vm, proto, A_(vm, prototype), instances, ATTR_C);
        object_put(vm, v_object(instances), A_(vm, constructor), v_obj(proto), ATTR_C);
    }
    object_put(vm, proto, SYM_(vm, toStringTag), v_from_string(atom_c(vm, tag)), ATTR_C);
    return v_obj(proto);
}

void builtin_asyncfunc_install(VM *vm) {
    Realm *r = vm->realm;
    r->GeneratorFunctionPrototype =
        function_class(vm, KIND_GENERATOR, "GeneratorFunction", r->GeneratorPrototype);
    r->AsyncFunctionPrototype = function_class(vm, KIND_ASYNC, "AsyncFunction", V_UNDEFINED);
    r->AsyncGeneratorFunctionPrototype =
        function_class(vm, KIND_ASYNC_GENERATOR, "AsyncGeneratorFunction", r->AsyncGeneratorPrototype);
}
