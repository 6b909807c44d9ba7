// SPDX-License-Identifier: MIT
// How native (C) functions are written and installed.
//
//   static Value array_proto_at(VM *vm, Value self, int argc, Value *argv) { ... }        // 23.1.3.1
//   static const NativeRow array_proto_rows[] = {
//       FN("at", 1, array_proto_at),
//       FN_MAGIC("keys", 0, array_proto_iter, ITER_KEYS),
//       GETTER("size", map_proto_size),  ACCESSOR("x", get, set),
//       FN("@@iterator", 0, ...),          // well-known symbol key
//       ALIAS("trimLeft", "trimStart"), VALUE_NUM("EPSILON", 2.22e-16, 0), VALUE_STR("@@toStringTag", "Map", ATTR_C),
//       ROWS_END
//   };
// and listed once in vm/builtins/tables.def: NATIVE_TABLE(array_proto_rows). A native id = table number << 10 | row.
// argv[i] is valid for i < argc only: use ARG(i) (undefined past the end). Return a Value or V_EXC.
#ifndef DX_NATIVE_H
#define DX_NATIVE_H

#include "vm/vm.h"

#define ARG(i) ((i) < argc ? argv[i] : V_UNDEFINED)

typedef Value (*NativeFn)(VM *vm, Value self, int argc, Value *argv);

enum NativeRowKind { ROW_END, ROW_FN, ROW_CTOR, ROW_GETTER, ROW_SETTER, ROW_ACCESSOR, ROW_ALIAS, ROW_NUM, ROW_STR, ROW_UNDEFINED };
typedef struct NativeRow {
    const char *name;   // property name; "@@x" a well-known symbol
    NativeFn fn, fn2;   // function / getter; setter
    f64 num;            // ROW_NUM
    const char *text;   // ROW_STR, ROW_ALIAS (existing key on the same object)
    u8 kind, length;    // length: the function's `length`
    u8 attrs;           // property attributes (functions ATTR_WC by default)
    u16 magic;          // readable in the native through native_magic(vm)
} NativeRow;

#define FN(n, len, f)            {.name = n, .fn = f, .kind = ROW_FN, .length = len, .attrs = ATTR_WC}
#define FN_MAGIC(n, len, f, m)   {.name = n, .fn = f, .kind = ROW_FN, .length = len, .attrs = ATTR_WC, .magic = m}
#define FN_ATTR(n, len, f, a)    {.name = n, .fn = f, .kind = ROW_FN, .length = len, .attrs = a}
#define CTOR(n, len, f)          {.name = n, .fn = f, .kind = ROW_CTOR, .length = len, .attrs = ATTR_WC}
#define GETTER(n, f)             {.name = n, .fn = f, .kind = ROW_GETTER, .attrs = ATTR_C}
#define GETTER_MAGIC(n, f, m)    {.name = n, .fn = f, .kind = ROW_GETTER, .attrs = ATTR_C, .magic = m}
#define ACCESSOR(n, f, g)        {.name = n, .fn = f, .fn2 = g, .kind = ROW_ACCESSOR, .attrs = ATTR_C}
#define ALIAS(n, of)             {.name = n, .text = of, .kind = ROW_ALIAS, .attrs = ATTR_WC}
#define VALUE_NUM(n, v, a)       {.name = n, .num = v, .kind = ROW_NUM, .attrs = a}
#define VALUE_STR(n, v, a)       {.name = n, .text = v, .kind = ROW_STR, .attrs = a}
#define ROWS_END                 {.kind = ROW_END}

enum NativeTableId {
#define NATIVE_TABLE(rows) TABLE_##rows,
#include "vm/builtins/tables.def"
#undef NATIVE_TABLE
    NATIVE_TABLE_COUNT
};
#define NATIVE_TABLE_MAX 512
extern const NativeRow *native_tables[NATIVE_TABLE_MAX]; // the library's, then those an embedder registered
// Before vm_boot: tables of another room (runtime/), numbered from NATIVE_TABLE_COUNT on, always in the same order (ids live in the realm image).
void native_register(const NativeRow *const *tables, u32 n);
#define NATIVE_ID(rows, i) ((u32)TABLE_##rows << 10 | (u32)(i)) // row i of a table
#define NATIVE_SETTER 0x80000000u // in a native id: the second function of a ROW_ACCESSOR
DX_INLINE const NativeRow *native_row(u32 id) { return &native_tables[(id & ~NATIVE_SETTER) >> 10][id & 1023]; }
DX_INLINE NativeFn native_fn(u32 id) { return DX_UNLIKELY(id & NATIVE_SETTER) ? native_row(id)->fn2 : native_row(id)->fn; }

// Only inside a running native:
DX_INLINE Value native_callee(VM *vm) { return vm->native.callee; }         // the NativeFunction object
DX_INLINE Value native_new_target(VM *vm) { return vm->native.new_target; } // undefined for [[Call]]
DX_INLINE u32 native_magic(VM *vm) { return vm->native.magic; }
DX_INLINE Value *native_slots(VM *vm) { return ((NativeFunction *)v_ptr(vm->native.callee))->slots; }
// (Read them before calling anything _rjs: a nested native call overwrites them.)

// Installing, at image-building time: every row of `table` onto obj. Refuses duplicates.
void builtin_install(VM *vm, Value obj, u32 table);
// A constructor with its prototype wired both ways, put on the global object. ctor row = row 0 of `ctor_table`, further rows become statics.
Value builtin_class(VM *vm, u32 ctor_table, u32 proto_table, Value proto, Value ctor_proto);
Value native_make(VM *vm, u32 id);   // a plain function object for a row (internal natives: rows of a table that is not installed anywhere)

#endif
