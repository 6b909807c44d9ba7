// SPDX-License-Identifier: MIT
// DOMException (Web IDL 2.8.1): an Error object whose name, message and code are getters over internal slots
// (a private property).
#include "vm/builtins/builtins.h"
#include "vm/builtins/dom_exception.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

static const struct {
    const char *name, *constant;
} codes[] = {
    // code is the row's number + 1; NULL: no longer given to new exceptions
    {"IndexSizeError", "INDEX_SIZE_ERR"},
    {NULL, "DOMSTRING_SIZE_ERR"},
    {"HierarchyRequestError", "HIERARCHY_REQUEST_ERR"},
    {"WrongDocumentError", "WRONG_DOCUMENT_ERR"},
    {"InvalidCharacterError", "INVALID_CHARACTER_ERR"},
    {NULL, "NO_DATA_ALLOWED_ERR"},
    {"NoModificationAllowedError", "NO_MODIFICATION_ALLOWED_ERR"},
    {"NotFoundError", "NOT_FOUND_ERR"},
    {"NotSupportedError", "NOT_SUPPORTED_ERR"},
    {"InUseAttributeError", "INUSE_ATTRIBUTE_ERR"},
    {"InvalidStateError", "INVALID_STATE_ERR"},
    {"SyntaxError", "SYNTAX_ERR"},
    {"InvalidModificationError", "INVALID_MODIFICATION_ERR"},
    {"NamespaceError", "NAMESPACE_ERR"},
    {"InvalidAccessError", "INVALID_ACCESS_ERR"},
    {NULL, "VALIDATION_ERR"},
    {"TypeMismatchError", "TYPE_MISMATCH_ERR"},
    {"SecurityError", "SECURITY_ERR"},
    {"NetworkError", "NETWORK_ERR"},
    {"AbortError", "ABORT_ERR"},
    {"URLMismatchError", "URL_MISMATCH_ERR"},
    {"QuotaExceededError", "QUOTA_EXCEEDED_ERR"},
    {"TimeoutError", "TIMEOUT_ERR"},
    {"InvalidNodeTypeError", "INVALID_NODE_TYPE_ERR"},
    {"DataCloneError", "DATA_CLONE_ERR"},
};

static Value make(VM *vm, Value proto, Value message, Value name) {
    Value e = error_new(vm, REALM_ErrorPrototype, V_UNDEFINED);
    if (object_set_proto_rjs(vm, e, proto) < 0) return V_EXC;
    ValueArray *data = values_new(vm, 2);
    data->v[0] = name;
    data->v[1] = message;
    object_put(vm, v_object(e), vm->realm->KeyDomException, v_from_ptr(TAG_INTERNAL, data), ATTR_W);
    return e;
}

Value dom_exception_new(VM *vm, const char *name, Value message) {
    return make(vm, vm->realm->DOMExceptionPrototype, message, v_from_string(atom_c(vm, name)));
}

Value throw_dom(VM *vm, const char *name, Value message) {
    return vm_throw_value(vm, dom_exception_new(vm, name, message));
}

static Value dom_exception_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt))
        return vm_throw(vm, ERR_CUSTOM_TYPE,
                        "Class constructor DOMException cannot be invoked without 'new'");
    String *message = v_is_undefined(ARG(0)) ? v_string(A_(vm, empty)) : to_string_rjs(vm, ARG(0));
    if (!message) return V_EXC;
    Value options = ARG(1), cause = V_HOLE, name = v_from_string(atom_c(vm, "Error"));
    if (v_is_object(options)) {
        int has = object_has_rjs(vm, options, A_(vm, cause));
        if (has < 0 || (has && v_is_exc(cause = get_rjs(vm, options, A_(vm, cause))))) return V_EXC;
        options = get_rjs(vm, options, A_(vm, name));
        if (v_is_exc(options)) return options;
    }
    if (!v_is_undefined(options)) {
        String *s = to_string_rjs(vm, options);
        if (!s) return V_EXC;
        name = v_from_string(s);
    }
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_DOMExceptionPrototype);
    if (v_is_exc(proto)) return proto;
    Value e = make(vm, proto, v_from_string(message), name);
    if (!v_is_exc(e) && cause != V_HOLE) object_put(vm, v_object(e), A_(vm, cause), cause, ATTR_WC);
    return e;
}

enum { GET_NAME, GET_MESSAGE, GET_CODE };
static Value dom_exception_get(VM *vm, Value self, int argc, Value *argv) {
    u32 what = native_magic(vm);
    Value data = v_is_object(self) ? object_own_data(vm, v_object(self), vm->realm->KeyDomException) : V_HOLE;
    if (data == V_HOLE)
        return vm_throw(vm, ERR_CUSTOM_TYPE, "Value of \"this\" must be of type DOMException");
    Value *v = ((ValueArray *)v_ptr(data))->v;
    if (what != GET_CODE) return v[what];
    for (u32 i = 0; i < DX_COUNTOF(codes); i++)
        if (codes[i].name && str_equal(vm, v_string(v[GET_NAME]), atom_c(vm, codes[i].name)))
            return v_from_u32(i + 1);
    return v_from_int(0);
}

const NativeRow dom_exception_rows[] = {CTOR("DOMException", 0, dom_exception_ctor), ROWS_END};
const NativeRow dom_exception_proto_rows[] = {
    {.name = "name",
     .fn = dom_exception_get,
     .kind = ROW_GETTER,
     .attrs = ATTR_E | ATTR_C,
     .magic = GET_NAME},
    {.name = "message",
     .fn = dom_exception_get,
     .kind = ROW_GETTER,
     .attrs = ATTR_E | ATTR_C,
     .magic = GET_MESSAGE},
    {.name = "code",
     .fn = dom_exception_get,
     .kind = ROW_GETTER,
     .attrs = ATTR_E | ATTR_C,
     .magic = GET_CODE},
    VALUE_STR("@@toStringTag", "DOMException", ATTR_C),
    ROWS_END,
};

void builtin_dom_exception_install(VM *vm) {
    Realm *r = vm->realm;
    Symbol *key = symbol_new(vm, v_str(vm, "#data"));
    key->cell.flags |= SYM_PRIVATE;
    r->KeyDomException = v_from_ptr(TAG_SYMBOL, key);
    r->DOMExceptionPrototype = v_obj(object_new_proto(vm, r->ErrorPrototype));
    Value ctor = builtin_class(vm, TABLE_dom_exception_rows, TABLE_dom_exception_proto_rows,
                               r->DOMExceptionPrototype, r->FunctionPrototype);
    for (u32 i = 0; i < DX_COUNTOF(codes); i++) {
        PropKey k = key_c(vm, codes[i].constant);
        object_put(vm, v_object(ctor), k, v_from_u32(i + 1), ATTR_E);
        object_put(vm, v_object(r->DOMExceptionPrototype), k, v_from_u32(i + 1), ATTR_E);
    }
}
