// SPDX-License-Identifier: MIT
// Strings: Latin-1 or UTF-16, ropes and references flattened on demand, atoms for property keys.
#ifndef DX_TEXT_H
#define DX_TEXT_H

#include "format/base/mem.h"
#include "vm/heap.h"
#include "vm/object.h"

// ---- reading. str_flat first; then the characters are contiguous.
String *str_flatten(VM *vm, String *s); // slow part
typedef struct Chars { const void *p; u32 len; bool wide; } Chars; // p: u8* or u16*
DX_INLINE Chars str_chars(VM *vm, String *s) {
    if (DX_UNLIKELY(s->cell.flags & STR_ROPE)) str_flatten(vm, s);
    if (DX_UNLIKELY(s->cell.flags & STR_REF)) {
        String *b = s->u.ref.base;
        bool w = b->cell.flags & STR_UTF16;
        return (Chars){w ? (const void *)(b->u.utf16 + s->u.ref.offset) : (const void *)(b->u.latin1 + s->u.ref.offset), s->length, w};
    }
    bool w = s->cell.flags & STR_UTF16;
    return (Chars){w ? (const void *)s->u.utf16 : (const void *)s->u.latin1, s->length, w};
}
DX_INLINE u16 chars_at(Chars c, u32 i) { return c.wide ? ((const u16 *)c.p)[i] : ((const u8 *)c.p)[i]; }
u32 str_code_point_at(VM *vm, String *s, u32 i); // with surrogate pairs
u32 str_hash(VM *vm, String *s);                  // computes and stores

// ---- making
String *str_new_latin1(VM *vm, const u8 *p, u32 n);
String *str_new_utf16(VM *vm, const u16 *p, u32 n);         // narrows to Latin-1 when it fits
String *str_new_utf8(VM *vm, const char *p, size_t n);      // WTF-8
String *str_new_c(VM *vm, const char *ascii);               // NUL-terminated UTF-8
String *str_format(VM *vm, const char *fmt, ...) DX_PRINTF(2, 3);
Value v_str(VM *vm, const char *ascii);                      // str_new_c as a Value
String *str_char(VM *vm, u16 unit);                          // cached for Latin-1
String *str_alloc_latin1(VM *vm, u32 n, u8 **chars);        // caller fills all n
String *str_alloc_utf16(VM *vm, u32 n, u16 **chars);        // caller fills; must contain a unit > 0xFF or be n==0
Value str_concat(VM *vm, String *a, String *b);              // rope past a small size; V_EXC "Invalid string length"
String *str_slice(VM *vm, String *s, u32 from, u32 to);     // STR_REF past a small size
bool str_equal(VM *vm, String *a, String *b);
int str_compare(VM *vm, String *a, String *b);              // code-unit order: <0, 0, >0
int str_locale_compare(VM *vm, String *a, String *b);       // root collation (text/collate.c): -1, 0, 1
bool str_is_space(u32 c);                                    // WhiteSpace or LineTerminator (builtins/string.c)
i64 str_index_of(VM *vm, String *s, String *needle, u32 from); // -1 absent; SIMD
void str_to_utf8(VM *vm, String *s, Buf *out);              // WTF-8 (lone surrogates kept)
char *str_to_cstr(VM *vm, String *s, Buf *tmp);             // NUL-terminated in tmp

// A growing string under construction (malloc memory, so free it on every path; sb_finish frees). What would pass
// STRING_MAX_LENGTH is dropped, `len` then says so and sb_finish throws the RangeError.
typedef struct StrBuf { Buf buf; bool wide; u32 len; } StrBuf; // zero-initialise
void sb_unit(StrBuf *b, u16 unit);
void sb_cp(StrBuf *b, u32 code_point);
void sb_ascii(StrBuf *b, const char *s);
void sb_str(VM *vm, StrBuf *b, String *s);
void sb_chars(StrBuf *b, Chars c, u32 from, u32 to);
Value sb_finish(VM *vm, StrBuf *b);                          // V_EXC if too long
void sb_free(StrBuf *b);

// ---- atoms
String *str_intern(VM *vm, String *s);                       // the atom equal to s
String *atom_c(VM *vm, const char *ascii);                   // atom from C text
PropKey key_from_string(VM *vm, String *s);                  // index key when the text is an array index, else the atom
PropKey key_c(VM *vm, const char *ascii);
Value key_to_value(VM *vm, PropKey k);                       // string or symbol
String *key_display(VM *vm, PropKey k);                      // for messages: name, or Symbol(desc)
// Predefined atoms: A_(vm, length), SYM_(vm, iterator): see vm/atoms.h.

Symbol *symbol_new(VM *vm, Value description);
Value symbol_descriptive_string(VM *vm, Symbol *s);

#endif
