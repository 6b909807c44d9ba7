// SPDX-License-Identifier: MIT
// Objects: shapes, slots, elements, and the essential internal methods (ECMA-262 10.1).
//
//   Object (32 bytes)            slots → inline values behind the struct, or a SlotArray
//   | cell | shape | slots | elems |
//   shape → {proto, key → slot index and attributes}; shared until an object goes to dictionary mode.
//   elems → Elements (dense vector, holes are V_HOLE), SparseElements, or NULL.
//
// Functions ending in _rjs may run user code (getters, proxies, valueOf) and then may return V_EXC / -1 with vm->exception set.
#ifndef DX_OBJECT_H
#define DX_OBJECT_H

#include "vm/heap.h"

enum PropAttr { // also the attribute bits of shapes and sparse elements
    ATTR_W = 1, ATTR_E = 2, ATTR_C = 4,
    ATTR_ACCESSOR = 8,   // slot holds an Accessor cell (TAG_INTERNAL pointer)
    ATTR_LAZY = 16,      // slot holds a recipe; object_get_own materialises it into a data property (Error.stack)
    ATTR_WEC = 7, ATTR_WC = 5, ATTR_WE = 3,
};

typedef struct Symbol {
    Cell cell;          // flags: SYM_PRIVATE, SYM_REGISTERED
    u32 hash; u32 pad;
    Value description;  // string or undefined
    Value receiver;     // of a private method or accessor: string, what its receiver must be; else undefined
} Symbol;
enum { SYM_PRIVATE = 1, SYM_REGISTERED = 2 };

typedef struct Accessor { Cell cell; Value get, set; } Accessor; // undefined when absent

typedef struct Shape Shape;
typedef struct PropTable PropTable;   // object/shape.c
typedef struct Transitions Transitions;
struct Shape {
    Cell cell;          // flags: ShapeFlag
    Value proto;        // object or null
    Shape *parent;      // the shape without `key`; NULL for a root
    PropKey key;        // last added property
    u32 count;          // properties; slot index of `key` is count-1 (dictionary: see table)
    u8 attrs;           // of `key`
    u8 inline_hint;     // inline slots to give new objects of this root
    u16 pad;
    PropTable *table;   // key → index; built on the first lookup past a few properties; owned if SHAPE_DICT
    Value transitions;  // V_UNDEFINED, one Shape (TAG_INTERNAL), or a Transitions table (TAG_INTERNAL)
};
enum ShapeFlag {
    SHAPE_DICT = 1,           // owned by one object; changes in place
    SHAPE_HAS_SPECIAL = 2,    // some key is a symbol, accessor, lazy or non-default attribute (slow enumeration)
    SHAPE_NON_EXTENSIBLE = 4, // (mirrors ObjFlag for inline caches of adds)
    SHAPE_PROTO = 8,          // the dictionary of an object with OBJ_PROTO
};

enum ObjFlag { // Cell.flags of objects
    OBJ_NON_EXTENSIBLE = 1,
    OBJ_EXOTIC = 2,        // one of the internal methods is not ordinary (proxy, typed array, string object, namespace, mapped arguments): object_* dispatches on the kind
    OBJ_PROTO = 4,         // is or was a prototype that caches walked through: changing its shape bumps vm->proto_epoch
    OBJ_CALLABLE = 8,
    OBJ_CONSTRUCTOR = 16,
    OBJ_SPARSE = 32,       // elems is SparseElements
    OBJ_LAZY_FUNC = 64,    // function whose length/name/prototype are not materialised yet
    OBJ_CLASS_FIELDS = 128, // constructor with a field initialiser
};
enum ObjFlag2 { // Cell.aux of objects
    OBJ2_ELEMS_SEALED = 1, OBJ2_ELEMS_FROZEN = 2,  // integrity level of dense elements
    OBJ2_LENGTH_READONLY = 4,                      // arrays
    OBJ2_HTMLDDA = 8,                              // test262's document.all
    OBJ2_ELEMS_COW = 16,                           // dense elements shared with a literal: copy before writing
};

struct Object {
    Cell cell;          // kind = class
    Shape *shape;
    Value *slots;       // property values by slot index
    Cell *elems;        // Elements / SparseElements / NULL
};
typedef struct Elements { Cell cell; u32 len; u32 cap; Value v[]; } Elements; // v[0..len) initialised; [len, cap) undefined contents
typedef struct SparseElements SparseElements; // object/elements.c
struct Array { Object o; u32 length; u32 pad; };
typedef struct PrimitiveObject { Object o; Value value; } PrimitiveObject;
typedef struct HostObject { Object o; u32 host_class; u32 pad; Value data[4]; } HostObject; // runtime/'s objects
typedef struct HostCell { Cell cell; Value v[]; } HostCell;

#define OBJ(p) ((Object *)(p))
DX_INLINE Value v_obj(const void *o) { // any object struct → Value
    return v_from_ptr(((const Cell *)o)->kind == CELL_ARRAY ? TAG_ARRAY : TAG_OBJECT, o);
}
DX_INLINE bool v_is_kind(Value v, CellKind k) { return v_is_object(v) && ((Cell *)v_ptr(v))->kind == k; }
DX_INLINE bool v_is_callable(Value v) { return v_is_object(v) && (v_object(v)->cell.flags & OBJ_CALLABLE); }
DX_INLINE bool v_is_constructor(Value v) { return v_is_object(v) && (v_object(v)->cell.flags & OBJ_CONSTRUCTOR); }
DX_INLINE Value obj_proto(const Object *o) { return o->shape->proto; } // ordinary objects

// ---- creation
Object *object_new(VM *vm);                                     // OrdinaryObjectCreate(%Object.prototype%), a few inline slots
Object *object_new_proto(VM *vm, Value proto);                  // proto: object or null
Object *object_alloc(VM *vm, CellKind kind, size_t struct_bytes, Shape *root, u32 inline_slots); // for the other classes; struct beyond Object zeroed (Values: caller sets)
Shape *shape_root(VM *vm, Value proto);                          // the empty shape for a prototype (cached per prototype)
Array *array_new(VM *vm, u32 length_hint);                       // length 0, capacity for the hint
Array *array_from(VM *vm, const Value *v, u32 n);
Value array_create_from_list(VM *vm, const Value *v, u32 n);     // CreateArrayFromList
// GetPrototypeFromConstructor + allocation for natives: the prototype of `new_target`, else the intrinsic (REALM_FIELD index). V_EXC on throw.
Value proto_from_ctor_rjs(VM *vm, Value new_target, u32 intrinsic) DX_MUST_USE;

// ---- generic property operations on any object (dispatch on exotic kinds). Return V_EXC / -1 on a throw.
typedef struct PropDesc { // Property Descriptor record
    Value value, get, set;   // V_HOLE when absent
    u8 attrs;                // ATTR_W/E/C values
    u8 has;                  // which of W/E/C are present (same bits)
} PropDesc;
Value object_get_rjs(VM *vm, Value obj, PropKey k, Value receiver) DX_MUST_USE;                  // [[Get]]
int object_set_rjs(VM *vm, Value obj, PropKey k, Value v, Value receiver) DX_MUST_USE;           // [[Set]]: 1 true, 0 false, -1 thrown
int object_has_rjs(VM *vm, Value obj, PropKey k) DX_MUST_USE;                                    // [[HasProperty]]
int object_get_own_rjs(VM *vm, Value obj, PropKey k, PropDesc *out) DX_MUST_USE;                 // [[GetOwnProperty]]: 1 found, 0 absent, -1 thrown
int object_define_own_rjs(VM *vm, Value obj, PropKey k, const PropDesc *d) DX_MUST_USE;          // [[DefineOwnProperty]]
int object_delete_rjs(VM *vm, Value obj, PropKey k) DX_MUST_USE;                                 // [[Delete]]
Value object_get_proto_rjs(VM *vm, Value obj) DX_MUST_USE;                                       // [[GetPrototypeOf]]: object or null
int object_set_proto_rjs(VM *vm, Value obj, Value proto) DX_MUST_USE;                            // [[SetPrototypeOf]]
int object_is_extensible_rjs(VM *vm, Value obj) DX_MUST_USE;
int object_prevent_extensions_rjs(VM *vm, Value obj) DX_MUST_USE;
enum OwnKeys { KEYS_STRINGS = 1, KEYS_SYMBOLS = 2, KEYS_ALL = 3, KEYS_ENUMERABLE_ONLY = 4 };
Array *object_own_keys_rjs(VM *vm, Value obj, int which) DX_MUST_USE;                            // [[OwnPropertyKeys]] in order, as an array of strings/symbols; NULL on throw

// ---- the spec's abstract operations over them (7.3)
Value get_rjs(VM *vm, Value obj, PropKey k) DX_MUST_USE;               // Get(O, P), O an object
Value get_v_rjs(VM *vm, Value v, PropKey k) DX_MUST_USE;               // GetV: any value; TypeError "Cannot read properties of undefined (reading 'k')"
int set_rjs(VM *vm, Value obj, PropKey k, Value v, bool throw_on_false) DX_MUST_USE; // Set(O, P, V, Throw): 1/0/-1
int create_data_property_rjs(VM *vm, Value obj, PropKey k, Value v) DX_MUST_USE;     // 1/0/-1
int create_data_property_or_throw_rjs(VM *vm, Value obj, PropKey k, Value v) DX_MUST_USE; // 1/-1
int define_property_or_throw_rjs(VM *vm, Value obj, PropKey k, const PropDesc *d) DX_MUST_USE; // 1/-1
int delete_or_throw_rjs(VM *vm, Value obj, PropKey k) DX_MUST_USE;     // 1/-1
Value get_method_rjs(VM *vm, Value v, PropKey k) DX_MUST_USE;          // GetMethod: function or undefined; V_EXC
Value invoke_rjs(VM *vm, Value v, PropKey k, int argc, const Value *argv) DX_MUST_USE;
int has_own_rjs(VM *vm, Value obj, PropKey k) DX_MUST_USE;
int set_integrity_rjs(VM *vm, Value obj, bool frozen) DX_MUST_USE;     // SetIntegrityLevel
int test_integrity_rjs(VM *vm, Value obj, bool frozen) DX_MUST_USE;
i64 length_of_array_like_rjs(VM *vm, Value obj) DX_MUST_USE;           // -1 on throw
Value species_constructor_rjs(VM *vm, Value obj, Value dflt) DX_MUST_USE;
int is_array_rjs(VM *vm, Value v) DX_MUST_USE;                          // IsArray (through proxies): 1/0/-1
int ordinary_has_instance_rjs(VM *vm, Value c, Value o) DX_MUST_USE;
int instance_of_rjs(VM *vm, Value v, Value target) DX_MUST_USE;
Value create_iter_result(VM *vm, Value value, bool done);
Value to_property_descriptor_rjs(VM *vm, Value obj, PropDesc *out) DX_MUST_USE; // V_EXC or undefined
Value from_property_descriptor(VM *vm, const PropDesc *d);

// ---- fast, user-code-free paths on ORDINARY own properties (flags checked by the caller or asserted)
// Own lookup in the shape: slot index or -1; *attrs filled. Never runs code. Not for index keys. Call func_materialize first for OBJ_LAZY_FUNC.
int shape_lookup(VM *vm, Shape *s, PropKey k, u8 *attrs);
Shape *shape_add(VM *vm, Shape *s, PropKey k, u8 attrs);                // transition
void shape_cache_clear(void);                                           // heap/: cells may be reused from now on
void object_add(VM *vm, Object *o, PropKey k, Value v, u8 attrs);       // k absent, named key, o extensible: appends
void object_put(VM *vm, Object *o, PropKey k, Value v, u8 attrs);       // define or overwrite own data property, no checks (natives building fresh objects; index keys allowed)
void object_put_accessor(VM *vm, Object *o, PropKey k, Value get, Value set, u8 attrs);
Value object_own_data(VM *vm, Object *o, PropKey k);                    // own data property's value or V_HOLE (accessors, absent)
Value object_find_data(VM *vm, Value obj, PropKey k);                   // along the chain while ordinary; V_HOLE if absent, accessor or exotic
void object_to_dictionary(VM *vm, Object *o);
// Inline caches may remember (shape, slot) of an own data property for every shape, dictionaries included (a dictionary whose existing
// properties move or change gets a new shape). Absence, and so a prototype's property or the shape after an add, only for shapes without SHAPE_DICT.
// Never cache ATTR_LAZY or ATTR_ACCESSOR slots as data.
DX_INLINE u32 obj_slot_capacity(const Object *o) {
    const char *end = (const char *)o + (size_t)o->cell.size * 8, *p = (const char *)o->slots;
    return p >= (const char *)o && p <= end ? (u32)((end - p) >> 3) : ((const Cell *)p - 1)->size - 1; // inline or SlotArray
}
void object_grow_slots(VM *vm, Object *o, u32 need); // room for `need` slots
void func_materialize(VM *vm, Object *f);                               // gives a lazy function its length/name/prototype properties
void object_proto_changed(VM *vm, Object *o);                           // bump the epoch if OBJ_PROTO

// dense elements
DX_INLINE bool obj_is_dense(const Object *o) { return !(o->cell.flags & (OBJ_SPARSE | OBJ_EXOTIC)); } // elems is Elements or NULL
DX_INLINE Elements *obj_elems(const Object *o) { return (Elements *)o->elems; }
Elements *elements_reserve(VM *vm, Object *o, u32 cap);                 // grow (copy) to hold cap values; o dense
void array_push(VM *vm, Array *a, Value v);                             // fast append on an ordinary extensible dense array made by natives
int array_set_length_rjs(VM *vm, Array *a, Value len) DX_MUST_USE;      // ArraySetLength
// True if `o` is an array that nothing special was done to, under prototypes without elements: setting any index below 2^32-1 is element_define.
bool array_is_plain(VM *vm, const Object *o);
void element_define(VM *vm, Object *o, u32 i, Value v, u8 attrs);       // stores value and attributes of an element, no checks; keeps Array.length
bool elements_fill(VM *vm, Object *o, u32 from, u32 to, Value v);       // all of [from, to) of a plain array with to <= length; false: too large to be dense
// True if `a` is a dense array whose elements v[0 .. length) can be read directly: a V_HOLE there is absent on the whole prototype chain too
// (it reads undefined). Constant time.
bool array_is_fast(VM *vm, Value a);

#endif
