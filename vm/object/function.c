// SPDX-License-Identifier: MIT
// Function objects: closures, native and bound functions, their lazy own properties, names and source text.
// Does not call them (exec/).
#include "vm/builtins/builtins.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

Function *function_new(VM *vm, FuncCode *code, Env *env) {
    Realm *r = vm->realm;
    u32 flags = code->flags;
    Shape *shape = r->shape_function;
    if (DX_UNLIKELY(flags & (FUNC_ASYNC | FUNC_GENERATOR))) {
        Value proto = flags & FUNC_GENERATOR ? flags & FUNC_ASYNC ? r->AsyncGeneratorFunctionPrototype
                                                                  : r->GeneratorFunctionPrototype
                                             : r->AsyncFunctionPrototype;
        shape = shape_root(vm, proto);
    }
    Function *f = heap_alloc(vm, sizeof(Function), CELL_FUNCTION);
    f->o.cell.flags =
        OBJ_CALLABLE | OBJ_LAZY_FUNC |
        (flags & (FUNC_NO_CTOR | FUNC_ARROW | FUNC_METHOD | FUNC_ASYNC | FUNC_GENERATOR) ? 0
                                                                                         : OBJ_CONSTRUCTOR);
    f->o.shape = shape;
    f->o.slots = (Value *)(f + 1);
    f->o.elems = NULL;
    f->code = code;
    f->env = env;
    f->home = f->fields = V_UNDEFINED;
    return f;
}

NativeFunction *native_new(VM *vm, u32 id, u32 nslots) {
    NativeFunction *f = (NativeFunction *)object_alloc(
        vm, CELL_NATIVE, sizeof(NativeFunction) + (size_t)nslots * 8, vm->realm->shape_function, 0);
    const NativeRow *row = native_row(id);
    f->o.cell.flags = OBJ_CALLABLE | OBJ_LAZY_FUNC | (row->kind == ROW_CTOR ? OBJ_CONSTRUCTOR : 0);
    f->id = id;
    f->magic = row->magic;
    f->nslots = (u16)nslots;
    f->realm = vm->realm;
    f->name = V_UNDEFINED;
    for (u32 i = 0; i < nslots; i++) f->slots[i] = V_UNDEFINED;
    return f;
}

Value native_make(VM *vm, u32 id) { return v_obj(native_new(vm, id, 0)); }

// "get x", "[Symbol.iterator]" and so on from a row's name
static String *native_row_name(VM *vm, const NativeRow *row, bool setter) {
    StrBuf b = {0};
    const char *name = row->name ? row->name : "";
    if (row->kind == ROW_GETTER || (row->kind == ROW_ACCESSOR && !setter)) sb_ascii(&b, "get ");
    if (row->kind == ROW_SETTER || setter) sb_ascii(&b, "set ");
    if (name[0] == '@' && name[1] == '@') {
        sb_ascii(&b, "[Symbol.");
        sb_ascii(&b, name + 2);
        sb_ascii(&b, "]");
    } else {
        sb_ascii(&b, name);
    }
    Value v = sb_finish(vm, &b);
    return str_intern(vm, v_string(v));
}

static String *lazy_name(VM *vm, Object *f) {
    if (f->cell.kind == CELL_NATIVE) {
        NativeFunction *n = (NativeFunction *)f;
        if (v_is_string(n->name)) return v_string(n->name);
        return native_row_name(vm, native_row(n->id), n->id & NATIVE_SETTER);
    }
    const Function *c = (const Function *)f;
    return v_string(c->code->strings[c->code->info->name]);
}

void func_materialize(VM *vm, Object *f) {
    if (!(f->cell.flags & OBJ_LAZY_FUNC)) return;
    heap_touch(vm, f, sizeof(Object));
    f->cell.flags &= (u8)~OBJ_LAZY_FUNC;
    bool native = f->cell.kind == CELL_NATIVE;
    u32 epoch = vm->proto_epoch; // nobody could see these as absent, so caches stay valid
    Realm *current = vm->realm;  // the objects made here belong to the function's realm
    if (!native && ((Function *)f)->code->module && ((Function *)f)->code->module->realm)
        vm->realm = ((Function *)f)->code->module->realm;
    u32 length = native ? native_row(((NativeFunction *)f)->id)->length : ((Function *)f)->code->info->length;
    if (native && (((NativeFunction *)f)->id & NATIVE_SETTER)) length = 1;
    object_add(vm, f, A_(vm, length), v_from_u32(length), ATTR_C);
    object_add(vm, f, A_(vm, name), v_from_string(lazy_name(vm, f)), ATTR_C);
    if (!native) {
        u32 flags = ((Function *)f)->code->flags;
        Realm *r = ((Function *)f)->code->module->realm;
        if (!(flags & (FUNC_STRICT | FUNC_ARROW | FUNC_METHOD | FUNC_GENERATOR | FUNC_ASYNC |
                       FUNC_CLASS_CTOR))) { // as in V8
            object_add(vm, f, A_(vm, arguments), V_NULL, 0);
            object_add(vm, f, A_(vm, caller), V_UNDEFINED,
                       0); // (V8 has null or the caller; programs take undefined for "not supported")
        }
        if (flags & FUNC_GENERATOR) {
            Object *p =
                object_new_proto(vm, flags & FUNC_ASYNC ? r->AsyncGeneratorPrototype : r->GeneratorPrototype);
            object_add(vm, f, A_(vm, prototype), v_obj(p), ATTR_W);
        } else if ((f->cell.flags & OBJ_CONSTRUCTOR) && !(flags & FUNC_CLASS_CTOR)) {
            Object *p = object_new_proto(vm, r->ObjectPrototype);
            object_add(vm, p, A_(vm, constructor), v_obj(f), ATTR_WC);
            object_add(vm, f, A_(vm, prototype), v_obj(p), ATTR_W);
        }
    }
    vm->proto_epoch = epoch;
    vm->realm = current;
}

Value function_name(VM *vm, Value f) {
    if (!v_is_object(f)) return A_(vm, empty);
    Object *o = v_object(f);
    if (o->cell.kind == CELL_PROXY) return A_(vm, empty);
    if (o->cell.flags & OBJ_LAZY_FUNC) return v_from_string(lazy_name(vm, o));
    Value v = object_own_data(vm, o, A_(vm, name));
    return v_is_string(v) ? v : A_(vm, empty);
}

// 10.2.9
int set_function_name(VM *vm, Value f, PropKey k, const char *prefix) {
    StrBuf b = {0};
    Value name;
    if (prefix && *prefix) {
        sb_ascii(&b, prefix);
        sb_ascii(&b, " ");
    }
    if (v_is_symbol(k) && !key_is_private(k)) {
        Value d = v_symbol(k)->description;
        if (v_is_string(d)) {
            sb_ascii(&b, "[");
            sb_str(vm, &b, v_string(d));
            sb_ascii(&b, "]");
        }
        name = sb_finish(vm, &b);
    } else if (b.len) {
        sb_str(vm, &b, key_display(vm, k));
        name = sb_finish(vm, &b);
    } else {
        name = v_from_string(key_display(vm, k));
    }
    if (v_is_exc(name)) return -1;
    Object *o = v_object(f);
    if ((o->cell.flags & OBJ_LAZY_FUNC) && o->cell.kind == CELL_NATIVE)
        heap_set(vm, &((NativeFunction *)o)->name, name);
    else object_put(vm, o, A_(vm, name), name, ATTR_C);
    return 1;
}

// 10.4.1.3; the caller gives it length and name
Value bound_function_create(VM *vm, Value target, Value bound_this, const Value *args, u32 argc) {
    Value proto = object_get_proto_rjs(vm, target);
    if (v_is_exc(proto)) return proto;
    Shape *shape = proto == vm->realm->FunctionPrototype ? vm->realm->shape_function : shape_root(vm, proto);
    BoundFunction *b = (BoundFunction *)object_alloc(vm, CELL_BOUND, sizeof(BoundFunction), shape, 2);
    b->o.cell.flags = OBJ_CALLABLE | (v_is_constructor(target) ? OBJ_CONSTRUCTOR : 0);
    b->target = target;
    b->bound_this = bound_this;
    b->argc = argc;
    if (argc) {
        ValueArray *a = values_new(vm, argc);
        memcpy(a->v, args, (size_t)argc * 8);
        b->args = a;
    }
    return v_obj(b);
}

static bool is_name_unit(u16 u) {
    return (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u == '_' ||
           u == '$' || u >= 0x80;
}

static Value native_source(VM *vm, Value f) {
    StrBuf b = {0};
    sb_ascii(&b, "function ");
    Value name = v_is_kind(f, CELL_NATIVE) ? function_name(vm, f) : A_(vm, empty);
    Chars c = str_chars(vm, v_string(name));
    u32 at = c.len > 4 && chars_at(c, 3) == ' ' ? 4 : 0; // behind "get " or "set "
    bool odd = at && chars_at(c, at) == '$' && c.len == at + 2 &&
               !is_name_unit(chars_at(c, at + 1)); // RegExp's $& and its like: a computed PropertyName
    sb_chars(&b, c, 0, at);
    if (odd) sb_ascii(&b, "[\"");
    sb_chars(&b, c, at, c.len);
    sb_ascii(&b, odd ? "\"]() { [native code] }" : "() { [native code] }");
    return sb_finish(vm, &b);
}

Value function_source_text(VM *vm, Value f) {
    if (!v_is_kind(f, CELL_FUNCTION)) return native_source(vm, f);
    FuncCode *c = ((Function *)v_ptr(f))->code;
    DxtModule *m = c->module ? c->module->dxt : NULL;
    DxtFault fault;
    if ((c->flags & FUNC_NATIVE_SOURCE) || !m || dxt_cold(m, &fault) != DXT_OK ||
        c->info->src_end > m->source_len || c->info->src_start >= c->info->src_end) {
        StrBuf b = {0};
        sb_ascii(&b, "function ");
        sb_str(vm, &b, v_string(function_name(vm, f)));
        sb_ascii(&b, "() { [native code] }");
        return sb_finish(vm, &b);
    }
    return v_from_string(
        str_new_utf8(vm, m->source + c->info->src_start, c->info->src_end - c->info->src_start));
}
