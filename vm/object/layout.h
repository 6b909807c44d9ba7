// SPDX-License-Identifier: MIT
// Layouts and helpers inside object/: property tables, transitions, sparse elements, exotic objects' entry points.
#ifndef DX_OBJECT_LAYOUT_H
#define DX_OBJECT_LAYOUT_H

#include "vm/convert.h"
#include "vm/native.h"

// ---- property tables: entries in the order of addition (entry i describes slot i), then an open-addressed index of entry numbers + 1.
// A table is shared along a chain of shapes: shape s sees entries below s->count. Dictionaries own theirs.
typedef struct PropEntry { PropKey key; u32 attrs; u32 pad; } PropEntry; // key V_DELETED: removed (dictionaries)
struct PropTable { Cell cell; u32 cap, used, mask, live; PropEntry e[]; };
DX_INLINE u32 *table_index(PropTable *t) { return (u32 *)(t->e + t->cap); }
struct Transitions { Cell cell; u32 mask, count; Shape *e[]; };

#define DICT_LIMIT 200u   // named properties beyond which an object gets its own dictionary
#define SMALL_SHAPE 8u    // shapes up to this size are searched along the chain, without a table

// Keys of the transitions that change a whole shape; never property keys.
#define TRANS_NON_EXTENSIBLE TAGGED(TAG_INTERNAL, 16)
#define TRANS_SEALED         TAGGED(TAG_INTERNAL, 17)
#define TRANS_FROZEN         TAGGED(TAG_INTERNAL, 18)

DX_INLINE u32 key_hash(PropKey k) {
    switch (v_tag(k)) {
    case TAG_STRING: return v_string(k)->hash;
    case TAG_SYMBOL: return v_symbol(k)->hash;
    default: return (u32)k * 0x9E3779B1u;
    }
}
DX_INLINE bool key_is_private(PropKey k) { return v_is_symbol(k) && (v_symbol(k)->cell.flags & SYM_PRIVATE); }

Shape *shape_of_integrity(VM *vm, Shape *s, PropKey trans); // the shape with all attributes lowered and no extensions
Shape *shape_renew(VM *vm, Object *o);                       // a dictionary's shape under a new address: caches that know the old one miss
// Properties of a shape in order of addition: fills keys/attrs (room for s->count); index i is slot i.
void shape_list(VM *vm, Shape *s, PropKey *keys, u8 *attrs);
// Changes of an own property or of the prototype, without any check; o gets another shape, and caches of prototypes are dropped where they must be.
void object_delete_slot(VM *vm, Object *o, PropKey k, int slot);
void object_set_attrs(VM *vm, Object *o, PropKey k, int slot, u8 attrs);
void object_change_proto(VM *vm, Object *o, Value proto);    // object or null
void object_make_proto(VM *vm, Object *o);                   // o becomes (or is about to be used as) a prototype

// ---- elements (elements.c)
typedef struct SparseEntry { u32 index, attrs; Value v; } SparseEntry; // attrs: PropAttr; SPARSE_EMPTY, SPARSE_GONE
enum { SPARSE_EMPTY = 0x100, SPARSE_GONE = 0x200 };
struct SparseElements { Cell cell; u32 mask, used, live, pad; SparseEntry e[]; };

// Own element: its value (an Accessor as internal pointer with ATTR_ACCESSOR), or V_HOLE.
Value element_own(const Object *o, u32 i, u8 *attrs);
bool element_remove(VM *vm, Object *o, u32 i);               // makes it absent, without any check
u32 elements_count(const Object *o);                         // upper bound of own element count
u32 *elements_indices(VM *vm, const Object *o, u32 *n);      // ascending, malloc memory (NULL when none)
void elements_to_sparse(VM *vm, Object *o);
void elements_unshare(VM *vm, Object *o);                    // COW
bool elements_truncate(VM *vm, Array *a, u32 *len);          // deletes from the end down to *len; false: stopped at a non-configurable one, *len is the length it leaves
DX_INLINE u8 elements_attrs(const Object *o) {
    return o->cell.aux & OBJ2_ELEMS_FROZEN ? ATTR_E : o->cell.aux & OBJ2_ELEMS_SEALED ? ATTR_WE : ATTR_WEC;
}

// ---- ordinary internal methods (10.1), for exotic objects to build on. An int is 1 for true, 0 for false, -1 for thrown, here and below.
int ordinary_get_own(VM *vm, Object *o, PropKey k, PropDesc *out);
int ordinary_define_own(VM *vm, Object *o, PropKey k, const PropDesc *d) DX_MUST_USE;
int ordinary_delete(VM *vm, Object *o, PropKey k);
int ordinary_set_with_own_rjs(VM *vm, Value obj, PropKey k, Value v, Value receiver, const PropDesc *own) DX_MUST_USE;
// ValidateAndApplyPropertyDescriptor without the application: 1 compatible, 0 not.
int descriptor_compatible(VM *vm, bool extensible, const PropDesc *d, const PropDesc *current);
Value lazy_slot(VM *vm, Object *o, int slot);                // value of an ATTR_LAZY slot, materialised

// ---- exotic objects (10.4; exotic.c; proxies, 10.5: builtins/proxy.c). `which`: OwnKeys flags of vm/object.h
int exotic_get_own_rjs(VM *vm, Object *o, PropKey k, PropDesc *out) DX_MUST_USE;
int exotic_define_own_rjs(VM *vm, Object *o, PropKey k, const PropDesc *d) DX_MUST_USE;
int exotic_has_rjs(VM *vm, Object *o, PropKey k) DX_MUST_USE;
Value exotic_get_rjs(VM *vm, Object *o, PropKey k, Value receiver, bool *handled) DX_MUST_USE; // handled false: go on like an ordinary object without it
int exotic_set_rjs(VM *vm, Object *o, PropKey k, Value v, Value receiver) DX_MUST_USE;
int exotic_delete_rjs(VM *vm, Object *o, PropKey k) DX_MUST_USE;
Array *exotic_own_keys(VM *vm, Object *o, int which);
bool typed_array_fixed_length(const Object *o); // IsTypedArrayFixedLength
void own_keys_append(VM *vm, Object *o, Array *to, int which, bool elements, bool names); // ordinary part

typedef struct ProxyObject { Object o; Value target, handler; } ProxyObject; // both null once revoked
Value proxy_get_rjs(VM *vm, Object *p, PropKey k, Value receiver) DX_MUST_USE;
int proxy_set_rjs(VM *vm, Object *p, PropKey k, Value v, Value receiver) DX_MUST_USE;
int proxy_has_rjs(VM *vm, Object *p, PropKey k) DX_MUST_USE;
int proxy_get_own_rjs(VM *vm, Object *p, PropKey k, PropDesc *out) DX_MUST_USE;
int proxy_define_own_rjs(VM *vm, Object *p, PropKey k, const PropDesc *d) DX_MUST_USE;
int proxy_delete_rjs(VM *vm, Object *p, PropKey k) DX_MUST_USE;
Value proxy_get_proto_rjs(VM *vm, Object *p) DX_MUST_USE;
int proxy_set_proto_rjs(VM *vm, Object *p, Value proto) DX_MUST_USE;
int proxy_is_extensible_rjs(VM *vm, Object *p) DX_MUST_USE;
int proxy_prevent_extensions_rjs(VM *vm, Object *p) DX_MUST_USE;
Array *proxy_own_keys_rjs(VM *vm, Object *p) DX_MUST_USE;

#endif
