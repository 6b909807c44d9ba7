// SPDX-License-Identifier: MIT
// The JSON object (ECMA-262 25.5, with JSON.parse source text access). Parser: json_parse.c; serializer: json_write.c.
// A raw JSON object is marked by a property under a private symbol that only this file has.
#include "vm/builtins/builtins.h"
#include "vm/builtins/json.h"

bool json_is_raw(VM *vm, Value v) {
    return v_is_kind(v, CELL_OBJECT) && object_own_data(vm, v_object(v), vm->realm->RawJsonBrand) != V_HOLE;
}

// 25.5.1
static Value json_parse_native(VM *vm, Value self, int argc, Value *argv) {
    String *text = to_string_rjs(vm, ARG(0));
    if (!text) return V_EXC;
    return v_is_callable(ARG(1)) ? json_parse_with_reviver_rjs(vm, text, argv[1]) : json_parse(vm, text, NULL);
}

// 25.5.2
static Value json_stringify_native(VM *vm, Value self, int argc, Value *argv) {
    return json_stringify_rjs(vm, ARG(0), ARG(1), ARG(2));
}

static bool is_json_space(u16 c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// JSON.rawJSON: text of one primitive, no white space around it
static Value json_raw_json(VM *vm, Value self, int argc, Value *argv) {
    String *s = to_string_rjs(vm, ARG(0));
    if (!s) return V_EXC;
    Chars c = str_chars(vm, s);
    if (c.len == 0 || is_json_space(chars_at(c, 0)) || is_json_space(chars_at(c, c.len - 1)) || chars_at(c, 0) == '{' || chars_at(c, 0) == '[') {
        return vm_throw(vm, ERR_CUSTOM_SYNTAX, "Invalid value for JSON.rawJSON");
    }
    Value v = json_parse(vm, s, NULL);
    if (v_is_exc(v)) return v;
    Object *o = object_new_proto(vm, V_NULL);
    object_put(vm, o, A_(vm, rawJSON), v_from_string(s), ATTR_WEC);
    object_put(vm, o, vm->realm->RawJsonBrand, V_TRUE, 0);
    return set_integrity_rjs(vm, v_obj(o), true) < 0 ? V_EXC : v_obj(o);
}

static Value json_is_raw_json(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(json_is_raw(vm, ARG(0))); }

const NativeRow json_rows[] = {
    FN("parse", 2, json_parse_native),
    FN("stringify", 3, json_stringify_native),
    FN("rawJSON", 1, json_raw_json),
    FN("isRawJSON", 1, json_is_raw_json),
    VALUE_STR("@@toStringTag", "JSON", ATTR_C),
    ROWS_END,
};

void builtin_json_install(VM *vm) {
    Realm *r = vm->realm;
    Symbol *brand = symbol_new(vm, v_str(vm, "IsRawJSON"));
    brand->cell.flags |= SYM_PRIVATE;
    r->RawJsonBrand = v_from_ptr(TAG_SYMBOL, brand);
    r->JSON = v_obj(object_new(vm));
    builtin_install(vm, r->JSON, TABLE_json_rows);
    object_put(vm, v_object(r->global), key_c(vm, "JSON"), r->JSON, ATTR_WC);
}
