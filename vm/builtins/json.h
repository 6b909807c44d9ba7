// SPDX-License-Identifier: MIT
// JSON without the global object: for builtins/json.c and for whoever reads or writes JSON text from C.
#ifndef DX_JSON_H
#define DX_JSON_H

#include "vm/convert.h"

// Parses a text; V_EXC with a SyntaxError in V8's words. If record is given it receives the parse record of the value
// (see json_parse.c), which a reviver's context.source needs.
Value json_parse(VM *vm, String *text, Value *record) DX_MUST_USE;
// JSON.parse with a reviver function (25.5.1, with source text access).
Value json_parse_with_reviver_rjs(VM *vm, String *text, Value reviver) DX_MUST_USE;

// JSON.stringify (25.5.2): a string, undefined, or V_EXC.
Value json_stringify_rjs(VM *vm, Value value, Value replacer, Value space) DX_MUST_USE;
// QuoteJSONString (25.5.2.3).
Value json_quote(VM *vm, String *s);
bool json_is_raw(VM *vm, Value v); // has [[IsRawJSON]]

// Length of the run at p that stands for itself inside a JSON string: no quote, backslash or control character.
u32 json_plain_latin1(const u8 *p, u32 n);
u32 json_plain_utf16(const u16 *p, u32 n);

#ifdef __SSE2__
#include <emmintrin.h>
DX_INLINE u32 json_special_mask(__m128i x) { // a bit for each of 16 bytes that does not stand for itself
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), limit = _mm_set1_epi8(0x1F);
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(x, limit), x); // x <= 0x1F
    return (u32)_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, slash))));
}
#endif
DX_INLINE bool json_is_plain(u32 c) { return c >= 0x20 && c != '"' && c != '\\'; }

// A stack of values that the collector sees: in the C frame at first, then in a heap cell.
typedef struct ValueStack {
    Value *v;
    u32 n, cap;
    ValueArray *cell; // NULL while v is `local`
    Value local[64];
} ValueStack;
void value_stack_init(ValueStack *s);
void value_stack_grow(VM *vm, ValueStack *s);
DX_INLINE void value_stack_push(VM *vm, ValueStack *s, Value v) {
    if (DX_UNLIKELY(s->n == s->cap)) value_stack_grow(vm, s);
    s->v[s->n++] = v;
}

#endif
