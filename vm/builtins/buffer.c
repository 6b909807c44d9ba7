// SPDX-License-Identifier: MIT
// ArrayBuffer, SharedArrayBuffer and DataView (ECMA-262 25.1, 25.2, 25.3). Bytes live in ByteCells of the heap; a resizable buffer has room
// for its maximum length from the start, so views never move.
#include <stdio.h>

#include "vm/agents.h"
#include "vm/buffer.h"
#include "vm/builtins/builtins.h"
#include "vm/host.h"
#include "vm/num/bigint.h"
#include "vm/num/half.h"

#define MAX_BYTES (1ull << 33)

const u8 element_size[EL_COUNT] = {
#define ELEMENT(name, ctype, size) size,
#include "vm/elements.def"
#undef ELEMENT
};

// ---- raw elements, shared with typedarray.c

Value element_load(VM *vm, ElementType type, const u8 *p) {
    switch (type) {
    case EL_Int8: return v_from_int((i8)*p);
    case EL_Uint8: case EL_Uint8Clamped: return v_from_int(*p);
    case EL_Int16: { i16 v; memcpy(&v, p, 2); return v_from_int(v); }
    case EL_Uint16: { u16 v; memcpy(&v, p, 2); return v_from_int(v); }
    case EL_Int32: { i32 v; memcpy(&v, p, 4); return v_from_int(v); }
    case EL_Uint32: { u32 v; memcpy(&v, p, 4); return v_from_u32(v); }
    case EL_Float16: { u16 v; memcpy(&v, p, 2); return v_from_num(half_to_f64(v)); }
    case EL_Float32: { float v; memcpy(&v, p, 4); return v_from_num(v); }
    case EL_Float64: { f64 v; memcpy(&v, p, 8); return v_from_num(v); }
    case EL_BigInt64: { i64 v; memcpy(&v, p, 8); return bigint_from_i64(vm, v); }
    default: { u64 v; memcpy(&v, p, 8); return bigint_from_u64(vm, v); }
    }
}

static u8 clamp_u8(f64 d) { // ToUint8Clamp: ties to even
    if (!(d > 0)) return 0;
    if (d >= 255) return 255;
    return (u8)__builtin_nearbyint(d);
}

// v is already a number, or a BigInt for the BigInt types.
void element_store(VM *vm, ElementType type, u8 *p, Value v) {
    if (type == EL_BigInt64 || type == EL_BigUint64) {
        u64 bits = bigint_to_u64(v);
        memcpy(p, &bits, 8);
        return;
    }
    f64 d = v_num(v);
    switch (type) {
    case EL_Uint8Clamped: *p = clamp_u8(d); return;
    case EL_Float16: { u16 h = half_from_f64(d); memcpy(p, &h, 2); return; }
    case EL_Float32: { float f = (float)d; memcpy(p, &f, 4); return; }
    case EL_Float64: memcpy(p, &d, 8); return;
    default: {
        i32 i = v_is_int(v) ? v_int(v) : f64_to_int32(d);
        memcpy(p, &i, element_size[type]);
    }
    }
}

// ToNumber or ToBigInt as the content type asks. V_EXC on a throw.
Value element_convert_rjs(VM *vm, ElementType type, Value v) {
    return type == EL_BigInt64 || type == EL_BigUint64 ? to_bigint_rjs(vm, v) : to_number_rjs(vm, v);
}

// ---- ArrayBuffer

static Value buffer_alloc(VM *vm, CellKind kind, Value proto, u64 bytes, u64 max, bool resizable) {
    if (bytes > MAX_BYTES || max > MAX_BYTES) return vm_throw(vm, ERR_CUSTOM_RANGE, "Array buffer allocation failed");
    BufferObject *b = (BufferObject *)object_alloc(vm, kind, sizeof(BufferObject), shape_root(vm, proto), 0);
    u64 room = resizable ? max : bytes;
    if (kind == CELL_SHAREDBUFFER && vm->host && vm->host->agents) {
        b->data = agents_alloc(vm->host->agents, room);
        if (!b->data) return vm_throw(vm, ERR_CUSTOM_RANGE, "Array buffer allocation failed");
    } else {
        b->store = bytes_new(vm, room ? room : 1);
        b->data = b->store->data;
        memset(b->data, 0, room);
    }
    b->length = bytes;
    b->max_length = max;
    b->resizable = resizable;
    b->shared = kind == CELL_SHAREDBUFFER;
    return v_obj(b);
}
Value shared_buffer_over(VM *vm, u8 *data, u64 bytes) {
    BufferObject *b = (BufferObject *)object_alloc(vm, CELL_SHAREDBUFFER, sizeof(BufferObject), shape_root(vm, vm->realm->SharedArrayBufferPrototype), 0);
    b->data = data;
    b->length = b->max_length = bytes;
    b->shared = true;
    return v_obj(b);
}
Value array_buffer_new(VM *vm, u64 bytes) { return buffer_alloc(vm, CELL_ARRAYBUFFER, vm->realm->ArrayBufferPrototype, bytes, bytes, false); }

static Value buffer_construct(VM *vm, int argc, Value *argv, bool shared) { // 25.1.4.1, 25.2.3.1
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, shared ? "SharedArrayBuffer" : "ArrayBuffer");
    i64 len, max = -1;
    if (!to_index_rjs(vm, ARG(0), &len, "array buffer length")) return V_EXC;
    if (v_is_object(ARG(1))) {
        Value m = get_rjs(vm, argv[1], A_(vm, maxByteLength));
        if (v_is_exc(m) || (!v_is_undefined(m) && !to_index_rjs(vm, m, &max, "array buffer max length"))) return V_EXC;
    }
    if (max >= 0 && len > max) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid array buffer max length");
    Value proto = proto_from_ctor_rjs(vm, nt, shared ? REALM_SharedArrayBufferPrototype : REALM_ArrayBufferPrototype);
    if (v_is_exc(proto)) return V_EXC;
    return buffer_alloc(vm, shared ? CELL_SHAREDBUFFER : CELL_ARRAYBUFFER, proto, (u64)len, max >= 0 ? (u64)max : (u64)len, max >= 0);
}
static Value arraybuffer_ctor(VM *vm, Value self, int argc, Value *argv) { return buffer_construct(vm, argc, argv, false); }
static Value sharedbuffer_ctor(VM *vm, Value self, int argc, Value *argv) { return buffer_construct(vm, argc, argv, true); }

static Value arraybuffer_is_view(VM *vm, Value self, int argc, Value *argv) { return v_from_bool(v_is_kind(ARG(0), CELL_TYPEDARRAY) || v_is_kind(ARG(0), CELL_DATAVIEW)); }
static Value return_this(VM *vm, Value self, int argc, Value *argv) { return self; }

static BufferObject *this_buffer(VM *vm, Value self, bool shared, const char *method) {
    if (v_is_kind(self, shared ? CELL_SHAREDBUFFER : CELL_ARRAYBUFFER)) return (BufferObject *)v_ptr(self);
    vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}
enum { BUF_LENGTH, BUF_MAX, BUF_RESIZABLE, BUF_DETACHED, BUF_IMMUTABLE };
static Value buffer_field(VM *vm, Value self, int argc, Value *argv) { // magic: field << 1 | shared
    static const char *const names[][2] = {{"ArrayBuffer.prototype.byteLength", "SharedArrayBuffer.prototype.byteLength"}, {"ArrayBuffer.prototype.maxByteLength", "SharedArrayBuffer.prototype.maxByteLength"},
                                           {"ArrayBuffer.prototype.resizable", "SharedArrayBuffer.prototype.growable"}, {"ArrayBuffer.prototype.detached", ""}, {"ArrayBuffer.prototype.immutable", ""}};
    u32 magic = native_magic(vm);
    BufferObject *b = this_buffer(vm, self, magic & 1, names[magic >> 1][magic & 1]);
    if (!b) return V_EXC;
    switch (magic >> 1) {
    case BUF_LENGTH: return v_from_num((f64)b->length);
    case BUF_MAX: return v_from_num(b->detached ? 0 : (f64)(b->resizable ? b->max_length : b->length));
    case BUF_RESIZABLE: return v_from_bool(b->resizable);
    case BUF_DETACHED: return v_from_bool(b->detached);
    default: return v_from_bool(b->immutable);
    }
}
static void buffer_detach(VM *vm, BufferObject *b) {
    heap_touch(vm, b, sizeof *b);
    b->detached = 1;
    b->length = b->max_length = 0;
    b->data = NULL;
}
static Value throw_detached(VM *vm, const char *method) { return vm_throw(vm, ERR_DETACHED, method); }
static Value throw_immutable(VM *vm, const char *method) { return vm_throw(vm, ERR_IMMUTABLE_BUFFER, method); }

static Value buffer_proto_slice(VM *vm, Value self, int argc, Value *argv) { // 25.1.6.7, 25.2.5.6
    bool shared = native_magic(vm);
    const char *name = shared ? "SharedArrayBuffer.prototype.slice" : "ArrayBuffer.prototype.slice";
    BufferObject *b = this_buffer(vm, self, shared, name);
    if (!b) return V_EXC;
    if (b->detached) return throw_detached(vm, name);
    i64 from, to;
    if (!to_relative_index_rjs(vm, ARG(0), (i64)b->length, 0, &from) || !to_relative_index_rjs(vm, ARG(1), (i64)b->length, (i64)b->length, &to)) return V_EXC;
    i64 n = to > from ? to - from : 0;
    Value c = species_constructor_rjs(vm, self, shared ? vm->realm->SharedArrayBuffer : vm->realm->ArrayBuffer);
    if (v_is_exc(c)) return V_EXC;
    Value out = vm_construct(vm, c, 1, (Value[]){v_from_i64(n)}, c);
    if (v_is_exc(out)) return V_EXC;
    BufferObject *r = this_buffer(vm, out, shared, name);
    if (!r) return V_EXC;
    if (r->detached) return throw_detached(vm, name);
    if (r->immutable) return throw_immutable(vm, name);
    if (b->detached) return throw_detached(vm, name);
    if (r == b) return vm_throw(vm, ERR_CUSTOM_TYPE, "ArrayBuffer subclass returned this from species constructor");
    if ((i64)r->length < n) return vm_throw(vm, ERR_CUSTOM_TYPE, "Species constructor returned a too small ArrayBuffer");
    i64 have = (i64)b->length - from;
    if (have > n) have = n;
    if (have > 0) {
        heap_touch(vm, r->data, (size_t)have);
        memmove(r->data, b->data + from, (size_t)have);
    }
    return out;
}
static Value buffer_proto_resize(VM *vm, Value self, int argc, Value *argv) { // resize (0), grow (1)
    bool shared = native_magic(vm);
    const char *name = shared ? "SharedArrayBuffer.prototype.grow" : "ArrayBuffer.prototype.resize";
    BufferObject *b = this_buffer(vm, self, shared, name);
    if (!b) return V_EXC;
    if (!b->resizable) return vm_throw(vm, ERR_INCOMPATIBLE, name, self);
    i64 n;
    if (!to_index_rjs(vm, ARG(0), &n, "length")) return V_EXC;
    if (b->detached) return throw_detached(vm, name);
    if ((u64)n > b->max_length || (shared && (u64)n < b->length)) {
        return vm_throw(vm, ERR_CUSTOM_RANGE, shared ? "SharedArrayBuffer.prototype.grow: Invalid length parameter" : "ArrayBuffer.prototype.resize: Invalid length parameter");
    }
    heap_touch(vm, b, sizeof *b);
    if ((u64)n < b->length) {
        heap_touch(vm, b->data + n, b->length - (u64)n);
        memset(b->data + n, 0, b->length - (u64)n);
    }
    b->length = (u64)n;
    return V_UNDEFINED;
}
static Value buffer_proto_slice_immutable(VM *vm, Value self, int argc, Value *argv) { // sliceToImmutable
    static const char name[] = "ArrayBuffer.prototype.sliceToImmutable";
    BufferObject *b = this_buffer(vm, self, false, name);
    i64 from, to;
    if (!b) return V_EXC;
    if (b->detached) return throw_detached(vm, name);
    i64 len = (i64)b->length;
    if (!to_relative_index_rjs(vm, ARG(0), len, 0, &from) || !to_relative_index_rjs(vm, ARG(1), len, len, &to)) return V_EXC;
    if (b->detached) return throw_detached(vm, name);
    if (to > (i64)b->length) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid array buffer length"); // shrunk meanwhile
    Value out = array_buffer_new(vm, to > from ? (u64)(to - from) : 0);
    if (v_is_exc(out)) return V_EXC;
    BufferObject *r = (BufferObject *)v_ptr(out);
    if (r->length) memcpy(r->data, b->data + from, r->length);
    r->immutable = true;
    return out;
}

// ArrayBufferCopyAndDetach (25.1.3.14)
enum { PRESERVE_RESIZABILITY, FIXED_LENGTH, IMMUTABLE };
static Value buffer_proto_transfer(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"ArrayBuffer.prototype.transfer", "ArrayBuffer.prototype.transferToFixedLength", "ArrayBuffer.prototype.transferToImmutable"};
    u32 how = native_magic(vm);
    const char *name = names[how];
    BufferObject *b = this_buffer(vm, self, false, name);
    if (!b) return V_EXC;
    i64 n = (i64)b->length;
    if (!v_is_undefined(ARG(0)) && !to_index_rjs(vm, argv[0], &n, "array buffer length")) return V_EXC;
    if (b->detached) return throw_detached(vm, name);
    if (b->immutable) return throw_immutable(vm, name);
    bool resizable = b->resizable && how == PRESERVE_RESIZABILITY;
    if (resizable && (u64)n > b->max_length) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid array buffer length");
    Value out = buffer_alloc(vm, CELL_ARRAYBUFFER, vm->realm->ArrayBufferPrototype, (u64)n, resizable ? b->max_length : (u64)n, resizable);
    if (v_is_exc(out)) return V_EXC;
    BufferObject *r = (BufferObject *)v_ptr(out);
    memcpy(r->data, b->data, (size_t)(b->length < (u64)n ? b->length : (u64)n));
    r->immutable = how == IMMUTABLE;
    buffer_detach(vm, b);
    return out;
}
Value array_buffer_detach(VM *vm, Value buffer) { // $262.detachArrayBuffer, structuredClone
    if (v_is_kind(buffer, CELL_ARRAYBUFFER)) buffer_detach(vm, (BufferObject *)v_ptr(buffer));
    return V_NULL;
}

// ---- DataView

static Value dataview_ctor(VM *vm, Value self, int argc, Value *argv) { // 25.3.2.1
    Value nt = native_new_target(vm);
    if (v_is_undefined(nt)) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, "DataView");
    if (!v_is_kind(ARG(0), CELL_ARRAYBUFFER) && !v_is_kind(ARG(0), CELL_SHAREDBUFFER)) return vm_throw(vm, ERR_CUSTOM_TYPE, "First argument to DataView constructor must be an ArrayBuffer");
    BufferObject *b = (BufferObject *)v_ptr(argv[0]);
    i64 offset, len = 0;
    if (!to_index_rjs(vm, ARG(1), &offset, "offset")) return V_EXC;
    if (b->detached) return throw_detached(vm, "DataView");
    if ((u64)offset > b->length) return vm_throw(vm, ERR_OFFSET_OUTSIDE, v_from_i64(offset));
    bool tracking = false;
    if (v_is_undefined(ARG(2))) {
        tracking = b->resizable;
        len = (i64)b->length - offset;
    } else {
        if (!to_index_rjs(vm, argv[2], &len, "DataView length")) return V_EXC;
        if ((u64)offset + (u64)len > b->length) return vm_throw(vm, ERR_DATAVIEW_LENGTH, v_from_i64(len));
    }
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_DataViewPrototype);
    if (v_is_exc(proto)) return V_EXC;
    if (b->detached) return throw_detached(vm, "DataView");
    if ((u64)offset > b->length || (!tracking && (u64)offset + (u64)len > b->length)) return vm_throw(vm, ERR_OFFSET_OUTSIDE, v_from_i64(offset));
    TypedArrayObject *v = (TypedArrayObject *)object_alloc(vm, CELL_DATAVIEW, sizeof(TypedArrayObject), shape_root(vm, proto), 0);
    v->buffer = b;
    v->offset = (u64)offset;
    v->length = (u64)len;
    v->tracking = tracking;
    v->type = EL_Uint8;
    return v_obj(v);
}
static TypedArrayObject *this_view(VM *vm, Value self, const char *method) {
    if (v_is_kind(self, CELL_DATAVIEW)) return (TypedArrayObject *)v_ptr(self);
    vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}
static bool view_out_of_bounds(const TypedArrayObject *v) {
    return v->buffer->detached || v->offset > v->buffer->length || (!v->tracking && v->offset + v->length > v->buffer->length);
}
static u64 view_length(const TypedArrayObject *v) { return v->tracking ? v->buffer->length - v->offset : v->length; }

static Value dataview_field(VM *vm, Value self, int argc, Value *argv) { // buffer (0), byteLength (1), byteOffset (2)
    static const char *const names[] = {"DataView.prototype.buffer", "DataView.prototype.byteLength", "DataView.prototype.byteOffset"};
    u32 which = native_magic(vm);
    TypedArrayObject *v = this_view(vm, self, names[which]);
    if (!v) return V_EXC;
    if (which == 0) return v_obj(v->buffer);
    if (v->buffer->detached) return throw_detached(vm, names[which]);
    if (view_out_of_bounds(v)) return vm_throw(vm, ERR_VIEW_BOUNDS, names[which]);
    return v_from_num((f64)(which == 1 ? view_length(v) : v->offset));
}
static void swap_bytes(u8 *p, u32 n) {
    for (u32 i = 0; i < n / 2; i++) {
        u8 t = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = t;
    }
}
#define ELEMENT(name, ctype, size) #name,
static const char *const view_names[] = {
#include "vm/elements.def"
};
#undef ELEMENT
static Value dataview_access(VM *vm, Value self, int argc, Value *argv) { // magic: type << 1 | set. GetViewValue, SetViewValue
    u32 magic = native_magic(vm), n;
    bool set = magic & 1;
    ElementType type = (ElementType)(magic >> 1);
    char name[48];
    snprintf(name, sizeof name, "DataView.prototype.%s%s", set ? "set" : "get", view_names[type]);
    TypedArrayObject *v = this_view(vm, self, name);
    i64 at;
    if (!v) return V_EXC;
    if (set && v->buffer->immutable) return throw_immutable(vm, name);
    f64 raw;
    if (!to_integer_rjs(vm, ARG(0), &raw)) return V_EXC;
    if (!(raw >= 0 && raw <= 9007199254740991.0)) return vm_throw(vm, ERR_CUSTOM_RANGE, "Offset is outside the bounds of the DataView");
    at = (i64)raw;
    Value value = V_UNDEFINED;
    if (set && v_is_exc(value = element_convert_rjs(vm, type, ARG(1)))) return V_EXC;
    bool little = to_boolean(set ? ARG(2) : ARG(1));
    if (v->buffer->detached) return throw_detached(vm, name);
    if (view_out_of_bounds(v)) return vm_throw(vm, ERR_VIEW_BOUNDS, name);
    n = element_size[type];
    if ((u64)at + n > view_length(v)) return vm_throw(vm, ERR_CUSTOM_RANGE, "Offset is outside the bounds of the DataView");
    u8 *p = v->buffer->data + v->offset + at, tmp[8];
    if (!set) {
        memcpy(tmp, p, n);
        if (!little) swap_bytes(tmp, n);
        return element_load(vm, type, tmp);
    }
    element_store(vm, type, tmp, value);
    if (!little) swap_bytes(tmp, n);
    heap_touch(vm, p, n);
    memcpy(p, tmp, n);
    return V_UNDEFINED;
}

// ---- tables

const NativeRow arraybuffer_rows[] = {CTOR("ArrayBuffer", 1, arraybuffer_ctor), FN("isView", 1, arraybuffer_is_view), GETTER("@@species", return_this), ROWS_END};
const NativeRow arraybuffer_proto_rows[] = {
    GETTER_MAGIC("byteLength", buffer_field, BUF_LENGTH << 1), GETTER_MAGIC("maxByteLength", buffer_field, BUF_MAX << 1), GETTER_MAGIC("resizable", buffer_field, BUF_RESIZABLE << 1),
    GETTER_MAGIC("detached", buffer_field, BUF_DETACHED << 1), GETTER_MAGIC("immutable", buffer_field, BUF_IMMUTABLE << 1), FN_MAGIC("slice", 2, buffer_proto_slice, 0), FN_MAGIC("resize", 1, buffer_proto_resize, 0),
    FN_MAGIC("transfer", 0, buffer_proto_transfer, PRESERVE_RESIZABILITY), FN_MAGIC("transferToFixedLength", 0, buffer_proto_transfer, FIXED_LENGTH),
    FN_MAGIC("transferToImmutable", 0, buffer_proto_transfer, IMMUTABLE), FN("sliceToImmutable", 2, buffer_proto_slice_immutable), VALUE_STR("@@toStringTag", "ArrayBuffer", ATTR_C), ROWS_END,
};
const NativeRow sharedbuffer_rows[] = {CTOR("SharedArrayBuffer", 1, sharedbuffer_ctor), GETTER("@@species", return_this), ROWS_END};
const NativeRow sharedbuffer_proto_rows[] = {
    GETTER_MAGIC("byteLength", buffer_field, BUF_LENGTH << 1 | 1), GETTER_MAGIC("maxByteLength", buffer_field, BUF_MAX << 1 | 1), GETTER_MAGIC("growable", buffer_field, BUF_RESIZABLE << 1 | 1),
    FN_MAGIC("slice", 2, buffer_proto_slice, 1), FN_MAGIC("grow", 1, buffer_proto_resize, 1), VALUE_STR("@@toStringTag", "SharedArrayBuffer", ATTR_C), ROWS_END,
};
const NativeRow dataview_rows[] = {CTOR("DataView", 1, dataview_ctor), ROWS_END};
#define VIEW(name) FN_MAGIC("get" #name, 1, dataview_access, EL_##name << 1), FN_MAGIC("set" #name, 2, dataview_access, EL_##name << 1 | 1)
const NativeRow dataview_proto_rows[] = {
    GETTER_MAGIC("buffer", dataview_field, 0), GETTER_MAGIC("byteLength", dataview_field, 1), GETTER_MAGIC("byteOffset", dataview_field, 2),
    VIEW(Int8), VIEW(Uint8), VIEW(Int16), VIEW(Uint16), VIEW(Int32), VIEW(Uint32), VIEW(BigInt64), VIEW(BigUint64), VIEW(Float16), VIEW(Float32), VIEW(Float64),
    VALUE_STR("@@toStringTag", "DataView", ATTR_C), ROWS_END,
};

void builtin_buffer_install(VM *vm) {
    Realm *r = vm->realm;
    r->ArrayBufferPrototype = v_obj(object_new(vm));
    r->ArrayBuffer = builtin_class(vm, TABLE_arraybuffer_rows, TABLE_arraybuffer_proto_rows, r->ArrayBufferPrototype, r->FunctionPrototype);
    r->SharedArrayBufferPrototype = v_obj(object_new(vm));
    r->SharedArrayBuffer = builtin_class(vm, TABLE_sharedbuffer_rows, TABLE_sharedbuffer_proto_rows, r->SharedArrayBufferPrototype, r->FunctionPrototype);
    r->DataViewPrototype = v_obj(object_new(vm));
    builtin_class(vm, TABLE_dataview_rows, TABLE_dataview_proto_rows, r->DataViewPrototype, r->FunctionPrototype);
}
