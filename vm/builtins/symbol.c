// SPDX-License-Identifier: MIT
// Symbol (ECMA-262 20.4). The global registry is an object without prototype, from the key's string to the symbol.
#include "vm/builtins/builtins.h"

static DX_MUST_USE Value this_symbol(VM *vm, Value self, const char *method) {
    if (v_is_kind(self, CELL_SYMBOLOBJ)) self = ((PrimitiveObject *)v_ptr(self))->value;
    return v_is_symbol(self) ? self : vm_throw(vm, ERR_NOT_GENERIC, method, "Symbol");
}

// 20.4.1.1
static Value symbol_ctor(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_undefined(native_new_target(vm))) return vm_throw(vm, ERR_NOT_CONSTRUCTOR, "Symbol");
    Value description = V_UNDEFINED;
    if (!v_is_undefined(ARG(0))) {
        String *s = to_string_rjs(vm, ARG(0));
        if (!s) return V_EXC;
        description = v_from_string(s);
    }
    return v_from_ptr(TAG_SYMBOL, symbol_new(vm, description));
}

// 20.4.2.2
static Value symbol_for(VM *vm, Value self, int argc, Value *argv) {
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    Object *registry = v_object(vm->realm->SymbolRegistry);
    PropKey k = key_from_string(vm, s);
    PropDesc found;
    int has = object_get_own_rjs(vm, v_obj(registry), k, &found); // ordinary: runs no code
    if (has) return has < 0 ? V_EXC : found.value;
    Symbol *symbol = symbol_new(vm, v_from_string(s));
    symbol->cell.flags |= SYM_REGISTERED;
    Value v = v_from_ptr(TAG_SYMBOL, symbol);
    object_put(vm, registry, k, v, ATTR_WEC);
    return v;
}

// 20.4.2.6
static Value symbol_key_for(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_symbol(ARG(0))) return vm_throw(vm, ERR_NOT_SYMBOL, ARG(0));
    Symbol *s = v_symbol(argv[0]);
    return s->cell.flags & SYM_REGISTERED ? s->description : V_UNDEFINED;
}

// 20.4.3.2
static Value symbol_proto_description(VM *vm, Value self, int argc, Value *argv) {
    Value s = this_symbol(vm, self, "Symbol.prototype.description");
    return v_is_exc(s) ? s : v_symbol(s)->description;
}

// 20.4.3.3
static Value symbol_proto_to_string(VM *vm, Value self, int argc, Value *argv) {
    Value s = this_symbol(vm, self, "Symbol.prototype.toString");
    return v_is_exc(s) ? s : symbol_descriptive_string(vm, v_symbol(s));
}

// 20.4.3.4
static Value symbol_proto_value_of(VM *vm, Value self, int argc, Value *argv) {
    return this_symbol(vm, self, "Symbol.prototype.valueOf");
}

// 20.4.3.5
static Value symbol_proto_to_primitive(VM *vm, Value self, int argc, Value *argv) {
    return this_symbol(vm, self, "Symbol.prototype [ @@toPrimitive ]");
}

const NativeRow symbol_ctor_rows[] = {
    CTOR("Symbol", 0, symbol_ctor),
    FN("for", 1, symbol_for),
    FN("keyFor", 1, symbol_key_for),
    ROWS_END,
};

const NativeRow symbol_proto_rows[] = {
    GETTER("description", symbol_proto_description),
    FN("toString", 0, symbol_proto_to_string),
    FN("valueOf", 0, symbol_proto_value_of),
    FN_ATTR("@@toPrimitive", 1, symbol_proto_to_primitive, ATTR_C),
    VALUE_STR("@@toStringTag", "Symbol", ATTR_C),
    ROWS_END,
};

void builtin_symbol_install(VM *vm) {
    Realm *r = vm->realm;
    r->SymbolRegistry = v_obj(object_new_proto(vm, V_NULL));
    r->SymbolPrototype = v_obj(object_new(vm));
    r->Symbol = builtin_class(vm, TABLE_symbol_ctor_rows, TABLE_symbol_proto_rows, r->SymbolPrototype, r->FunctionPrototype);
    static const struct {
        const char *name;
        u16 atom;
    } well_known[] = {
#define SYM(id, text) {#id, ATOM_SYM_##id},
#include "vm/wellknown.def"
#undef SYM
    };
    for (u32 i = 0; i < DX_COUNTOF(well_known); i++) { // 20.4.2
        object_put(vm, v_object(r->Symbol), key_c(vm, well_known[i].name), vm->atoms[well_known[i].atom], 0);
    }
}
