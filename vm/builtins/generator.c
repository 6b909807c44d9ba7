// SPDX-License-Identifier: MIT
// %GeneratorPrototype% and %AsyncGeneratorPrototype% (27.5.1, 27.6.1). The function constructors are in
// asyncfunc.c.
#include "vm/builtins/builtins.h"
#include "vm/exec/exec.h"

static Value generator_proto_resume(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"[Generator].prototype.next", "[Generator].prototype.throw",
                                        "[Generator].prototype.return"};
    u32 mode = native_magic(vm);
    if (!v_is_kind(self, CELL_GENERATOR)) return vm_throw(vm, ERR_INCOMPATIBLE, names[mode], self);
    return generator_resume_rjs(vm, self, ARG(0), (enum ResumeMode)mode);
}
static Value async_generator_proto_resume(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"[AsyncGenerator].prototype.next", "[AsyncGenerator].prototype.throw",
                                        "[AsyncGenerator].prototype.return"};
    u32 mode = native_magic(vm);
    return async_gen_enqueue(vm, self, ARG(0), (enum ResumeMode)mode, names[mode]);
}

const NativeRow generator_proto_rows[] = {
    FN_MAGIC("next", 1, generator_proto_resume, RESUME_NEXT),
    FN_MAGIC("return", 1, generator_proto_resume, RESUME_RETURN),
    FN_MAGIC("throw", 1, generator_proto_resume, RESUME_THROW),
    VALUE_STR("@@toStringTag", "Generator", ATTR_C),
    ROWS_END
};
const NativeRow async_generator_proto_rows[] = {
    FN_MAGIC("next", 1, async_generator_proto_resume, RESUME_NEXT),
    FN_MAGIC("return", 1, async_generator_proto_resume, RESUME_RETURN),
    FN_MAGIC("throw", 1, async_generator_proto_resume, RESUME_THROW),
    VALUE_STR("@@toStringTag", "AsyncGenerator", ATTR_C),
    ROWS_END
};

void builtin_generator_install(VM *vm) {
    Realm *r = vm->realm;
    r->GeneratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->GeneratorPrototype, TABLE_generator_proto_rows);
    r->GeneratorNext = object_own_data(vm, v_object(r->GeneratorPrototype), A_(vm, next));
    r->AsyncGeneratorPrototype = v_obj(object_new_proto(vm, r->AsyncIteratorPrototype));
    builtin_install(vm, r->AsyncGeneratorPrototype, TABLE_async_generator_proto_rows);
}
