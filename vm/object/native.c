// SPDX-License-Identifier: MIT
// Tables of native functions: the constant array that native ids index, and installing rows on objects while
// the realm is built.
#include <stdio.h>

#include "vm/builtins/builtins.h"
#include "vm/vm.h"

#define NATIVE_TABLE(rows) extern const NativeRow rows[];
#include "vm/builtins/tables.def"
#undef NATIVE_TABLE

const NativeRow *native_tables[NATIVE_TABLE_MAX] = {
#define NATIVE_TABLE(rows) rows,
#include "vm/builtins/tables.def"
#undef NATIVE_TABLE
};

void native_register(const NativeRow *const *tables, u32 n) {
    DX_CHECK(NATIVE_TABLE_COUNT + n <= NATIVE_TABLE_MAX);
    for (u32 i = 0; i < n; i++) native_tables[NATIVE_TABLE_COUNT + i] = tables[i];
}

static PropKey row_key(VM *vm, const char *name) {
    if (name[0] != '@' || name[1] != '@') return key_c(vm, name);
#define SYM(id, text) if (!strcmp(name + 2, #id)) return SYM_(vm, id);
#include "vm/wellknown.def"
#undef SYM
    fprintf(stderr, "native table: no symbol %s\n", name);
    dx_panic(__FILE__, __LINE__, "unknown well-known symbol in a native table");
}

static void install_row(VM *vm, Object *o, u32 id) {
    const NativeRow *row = native_row(id);
    PropKey k = row_key(vm, row->name);
    if (object_own_data(vm, o, k) != V_HOLE && !(o->cell.flags & OBJ_CALLABLE)) {
        fprintf(stderr, "native table: %s is installed twice\n", row->name);
        dx_panic(__FILE__, __LINE__, "duplicate key in native tables");
    }
    switch (row->kind) {
    case ROW_FN: case ROW_CTOR: object_put(vm, o, k, native_make(vm, id), row->attrs); break;
    case ROW_GETTER: object_put_accessor(vm, o, k, native_make(vm, id), V_UNDEFINED, row->attrs); break;
    case ROW_SETTER: object_put_accessor(vm, o, k, V_UNDEFINED, native_make(vm, id), row->attrs); break;
    case ROW_ACCESSOR:
        object_put_accessor(vm, o, k, native_make(vm, id), native_make(vm, id | NATIVE_SETTER), row->attrs);
        break;
    case ROW_ALIAS: {
        Value v = object_own_data(vm, o, row_key(vm, row->text));
        if (v == V_HOLE) {
            fprintf(stderr, "native table: %s is an alias of %s, which is not there\n", row->name, row->text);
            dx_panic(__FILE__, __LINE__, "alias of nothing");
        }
        object_put(vm, o, k, v, row->attrs);
        break;
    }
    case ROW_NUM: object_put(vm, o, k, v_from_num(row->num), row->attrs); break;
    case ROW_STR: object_put(vm, o, k, v_from_string(atom_c(vm, row->text)), row->attrs); break;
    case ROW_UNDEFINED: object_put(vm, o, k, V_UNDEFINED, row->attrs); break;
    default: DX_CHECK(false);
    }
}

void builtin_install(VM *vm, Value obj, u32 table) {
    for (u32 i = 0; native_tables[table][i].kind != ROW_END; i++)
        install_row(vm, v_object(obj), table << 10 | i);
}

Value builtin_class(VM *vm, u32 ctor_table, u32 proto_table, Value proto, Value ctor_proto) {
    const NativeRow *rows = native_tables[ctor_table];
    Value ctor = native_make(vm, ctor_table << 10);
    Object *c = v_object(ctor);
    if (v_is_object(ctor_proto) && ctor_proto != vm->realm->FunctionPrototype)
        DX_CHECK(object_set_proto_rjs(vm, ctor, ctor_proto) == 1);
    func_materialize(vm, c);
    object_put(vm, c, A_(vm, prototype), proto, 0);
    for (u32 i = 1; rows[i].kind != ROW_END; i++) install_row(vm, c, ctor_table << 10 | i);
    object_put(vm, v_object(proto), A_(vm, constructor), ctor, ATTR_WC);
    if (proto_table) builtin_install(vm, proto, proto_table);
    object_put(vm, v_object(vm->realm->global), key_c(vm, rows[0].name), ctor, ATTR_WC);
    return ctor;
}
