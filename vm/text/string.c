// SPDX-License-Identifier: MIT
// Strings: making, hashing, comparing, searching, concatenating, slicing. Does not own atoms (atom.c) or
// growing buffers (strbuf.c).
//
//   flat   characters in the cell               REF   a window of another flat string (long slices; ropes
//   once flattened) ROPE   two halves, flattened on first use
// A chain of ropes that grows at its end (`s += x`) turns into a builder: a hidden flat string with spare
// room, of which every result is a window. Appending to the window that ends at the builder's tip writes into
// the room, so older windows keep their text.
#define _GNU_SOURCE // memmem
#include "vm/text.h"

#include <stdarg.h>
#include <stdio.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

#include "format/base/hash.h"
#include "format/base/utf.h"
#include "vm/text/atom.h"
#include "vm/vm.h"

#define ROPE_MIN 24   // shorter results are copied: a rope cell has 32 bytes
#define STR_BUILDER 128 // a hidden base whose `length` says how much of the cell is in use
#define REF_MIN 32    // bytes from which a slice refers to its base

// ---- making

static String *flat_alloc(VM *vm, u32 n, bool wide) {
    String *s = heap_alloc(vm, string_cell_bytes(n, wide), CELL_STRING);
    s->length = n;
    s->hash = 0;
    if (wide) s->cell.flags = STR_UTF16;
    return s;
}

String *str_alloc_latin1(VM *vm, u32 n, u8 **chars) {
    String *s = flat_alloc(vm, n, false);
    *chars = s->u.latin1;
    return s;
}

String *str_alloc_utf16(VM *vm, u32 n, u16 **chars) {
    String *s = flat_alloc(vm, n, true);
    *chars = s->u.utf16;
    return s;
}

String *str_char(VM *vm, u16 unit) {
    if (unit < 256) return v_string(vm->char_strings[unit]);
    String *s = flat_alloc(vm, 1, true);
    s->u.utf16[0] = unit;
    return s;
}

String *str_new_latin1(VM *vm, const u8 *p, u32 n) {
    if (n <= 1) return n ? str_char(vm, p[0]) : v_string(A_(vm, empty));
    String *s = flat_alloc(vm, n, false);
    memcpy(s->u.latin1, p, n);
    return s;
}

String *str_new_utf16(VM *vm, const u16 *p, u32 n) {
    if (n <= 1) return n ? str_char(vm, p[0]) : v_string(A_(vm, empty));
    if (utf16_fits_latin1(p, n)) {
        String *s = flat_alloc(vm, n, false);
        utf16_narrow(p, n, s->u.latin1);
        return s;
    }
    String *s = flat_alloc(vm, n, true);
    memcpy(s->u.utf16, p, (size_t)n * 2);
    return s;
}

String *str_new_utf8(VM *vm, const char *p, size_t n) {
    UtfScan scan = utf8_scan((const u8 *)p, n, UTF_WTF8);
    if (scan.ascii) return str_new_latin1(vm, (const u8 *)p, (u32)n);
    u32 len = (u32)(scan.units > STRING_MAX_LENGTH ? STRING_MAX_LENGTH : scan.units);
    if (scan.latin1) {
        String *s = flat_alloc(vm, len, false);
        utf8_to_latin1((const u8 *)p, n, s->u.latin1);
        return s;
    }
    String *s = flat_alloc(vm, len, true);
    utf8_to_utf16((const u8 *)p, n, UTF_WTF8, s->u.utf16);
    return s;
}

String *str_new_c(VM *vm, const char *text) { return str_new_utf8(vm, text, strlen(text)); }
Value v_str(VM *vm, const char *text) { return v_from_string(str_new_c(vm, text)); }

String *str_format(VM *vm, const char *fmt, ...) {
    Buf b = {0};
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    String *s;
    if (n < (int)sizeof small) {
        s = str_new_utf8(vm, small, (size_t)n);
    } else {
        buf_reserve(&b, (size_t)n + 1);
        vsnprintf((char *)b.data, (size_t)n + 1, fmt, again);
        s = str_new_utf8(vm, (char *)b.data, (size_t)n);
        buf_free(&b);
    }
    va_end(again);
    va_end(ap);
    return s;
}

// ---- hash

u32 str_hash(VM *vm, String *s) {
    if (DX_LIKELY(s->cell.flags & STR_HASHED)) return s->hash;
    Chars c = str_chars(vm, s);
    u32 h = c.wide ? hash_utf16(c.p, c.len) : hash_latin1(c.p, c.len), index;
    if (!heap_contains(s)) return h; // an artifact's string without a stored hash: its memory is read-only
    heap_touch(vm, s, 16);
    s->hash = h;
    s->cell.flags |= STR_HASHED | (str_parse_index(c, &index) ? STR_INDEX : 0);
    return h;
}

// ---- concatenation and ropes

static void copy_chars(Chars c, void *to, u32 at, bool wide) {
    if (!wide) memcpy((u8 *)to + at, c.p, c.len);
    else if (c.wide) memcpy((u16 *)to + at, c.p, (size_t)c.len * 2);
    else latin1_widen(c.p, c.len, (u16 *)to + at);
}

// Writes the leaves from the right end to the left: ropes made by `s += x` lean left, so the pending stack
// stays short.
static void rope_write(VM *vm, String *s, void *to, bool wide) {
    String *small[64], **stack = small;
    u32 depth = 0, cap = 64, end = s->length;
    stack[depth++] = s;
    while (depth) {
        String *x = stack[--depth];
        while (x->cell.flags & STR_ROPE) {
            if (depth == cap) {
                String **more = mem_alloc((size_t)cap * 2 * sizeof *more);
                memcpy(more, stack, cap * sizeof *more);
                if (stack != small) mem_free(stack);
                stack = more;
                cap *= 2;
            }
            stack[depth++] = x->u.rope.left;
            x = x->u.rope.right;
        }
        end -= x->length;
        copy_chars(str_chars(vm, x), to, end, wide);
    }
    if (stack != small) mem_free(stack);
}

static String *ref_new(VM *vm, String *base, u32 offset, u32 n) {
    String *r = heap_alloc(vm, STRING_HEADER + 16, CELL_STRING);
    r->cell.flags = (u8)(STR_REF | (base->cell.flags & STR_UTF16));
    r->length = n;
    r->hash = 0;
    r->u.ref.base = base;
    r->u.ref.offset = offset;
    r->u.ref.pad = 0;
    return r;
}

// A builder with the text of a (n units so far) and room to grow; a becomes a window of it.
static String *builder_new(VM *vm, String *a, u32 room, bool wide) {
    u32 n = a->length;
    String *base = flat_alloc(vm, room, wide);
    base->cell.flags |= STR_BUILDER;
    rope_write(vm, a, base->u.latin1, wide);
    base->length = n;
    if (a->cell.flags & STR_ROPE) {
        heap_touch(vm, a, STRING_HEADER + 16);
        a->cell.flags = (u8)((a->cell.flags & ~(STR_ROPE | STR_UTF16)) | STR_REF | (wide ? STR_UTF16 : 0));
        a->u.ref.base = base;
        a->u.ref.offset = 0;
        a->u.ref.pad = 0;
    }
    return base;
}

static Value builder_append(VM *vm, String *base, u32 offset, Chars c, u32 n) {
    bool wide = base->cell.flags & STR_UTF16;
    u32 used = base->length;
    heap_touch(vm, &base->length, 4);
    heap_touch(vm, base->u.latin1 + ((size_t)used << wide), (size_t)c.len << wide);
    copy_chars(c, base->u.latin1, used, wide);
    base->length = used + c.len;
    return v_from_string(ref_new(vm, base, offset, n));
}

#define APPEND_MAX 1024u // longer pieces become ropes: copying them now might be for nothing

// a + b where a ends at the tip of a builder, or is a chain of ropes long enough to become one. V_HOLE:
// neither.
static Value concat_in_place(VM *vm, String *a, String *b, u32 n) {
    if (b->length > APPEND_MAX) return V_HOLE;
    Chars c = str_chars(vm, b);
    u32 room = n < STRING_MAX_LENGTH / 2 ? n * 2 : STRING_MAX_LENGTH;
    if (a->cell.flags & STR_ROPE) { // here `hash` counts the links of the chain
        if (a->hash < 32 || (u64)a->hash * 64 < n) return V_HOLE;
        return builder_append(vm, builder_new(vm, a, room, ((a->cell.flags & STR_UTF16) != 0) | c.wide), 0, c,
                              n);
    }
    String *base = a->u.ref.base;
    bool wide = base->cell.flags & STR_UTF16;
    if (!(base->cell.flags & STR_BUILDER) || a->u.ref.offset + a->length != base->length) return V_HOLE;
    u64 cap = ((u64)base->cell.size * 8 - STRING_HEADER) >> wide;
    if (c.wide > wide || base->length + (u64)c.len > cap) {
        base = builder_new(vm, a, room, wide | c.wide);
        return builder_append(vm, base, 0, c, n);
    }
    return builder_append(vm, base, a->u.ref.offset, c, n);
}

Value str_concat(VM *vm, String *a, String *b) {
    if (!a->length) return v_from_string(b);
    if (!b->length) return v_from_string(a);
    u64 total = (u64)a->length + b->length;
    if (DX_UNLIKELY(total > STRING_MAX_LENGTH)) return vm_throw(vm, ERR_STRING_LENGTH);
    u32 n = (u32)total;
    if (n < ROPE_MIN) {
        Chars ca = str_chars(vm, a), cb = str_chars(vm, b);
        bool wide = ca.wide | cb.wide;
        String *s = flat_alloc(vm, n, wide);
        copy_chars(ca, s->u.latin1, 0, wide);
        copy_chars(cb, s->u.latin1, ca.len, wide);
        return v_from_string(s);
    }
    u32 links = 1;
    if (a->cell.flags & (STR_ROPE | STR_REF)) {
        Value v = concat_in_place(vm, a, b, n);
        if (v != V_HOLE) return v;
        if (a->cell.flags & STR_ROPE) links += a->hash;
    }
    String *s = heap_alloc(vm, STRING_HEADER + 16, CELL_STRING);
    s->cell.flags = STR_ROPE | ((a->cell.flags | b->cell.flags) & STR_UTF16);
    s->length = n;
    s->hash = links; // not a hash: STR_HASHED is off
    s->u.rope.left = a;
    s->u.rope.right = b;
    return v_from_string(s);
}

String *str_flatten(VM *vm, String *s) {
    if (!(s->cell.flags & STR_ROPE)) return s;
    bool wide = s->cell.flags & STR_UTF16;
    String *flat = flat_alloc(vm, s->length, wide);
    rope_write(vm, s, flat->u.latin1, wide);
    heap_touch(vm, s, STRING_HEADER + 16);
    s->cell.flags = (u8)((s->cell.flags & ~STR_ROPE) | STR_REF);
    s->u.ref.base = flat;
    s->u.ref.offset = 0;
    s->u.ref.pad = 0;
    return s;
}

String *str_slice(VM *vm, String *s, u32 from, u32 to) {
    DX_ASSERT(from <= to && to <= s->length);
    u32 n = to - from;
    if (n == s->length) return s;
    if (n == 0) return v_string(A_(vm, empty));
    Chars c = str_chars(vm, s);
    if (n == 1) return str_char(vm, chars_at(c, from));
    const u16 *w = (const u16 *)c.p + from;
    if (c.wide && (n * 2 < REF_MIN || utf16_fits_latin1(w, n))) return str_new_utf16(vm, w, n);
    if (!c.wide && n < REF_MIN) {
        String *r = flat_alloc(vm, n, false);
        memcpy(r->u.latin1, (const u8 *)c.p + from, n);
        return r;
    }
    bool ref = s->cell.flags & STR_REF;
    return ref_new(vm, ref ? s->u.ref.base : s, from + (ref ? s->u.ref.offset : 0), n);
}

// ---- comparing

bool str_equal(VM *vm, String *a, String *b) {
    if (a == b) return true;
    if (a->length != b->length) return false;
    u8 both = a->cell.flags & b->cell.flags;
    if (both & STR_ATOM) return false;
    if ((both & STR_HASHED) && a->hash != b->hash) return false;
    Chars x = str_chars(vm, a), y = str_chars(vm, b);
    if (x.wide == y.wide) return bytes_equal(x.p, y.p, (size_t)x.len << x.wide);
    for (u32 i = 0; i < x.len; i++)
        if (chars_at(x, i) != chars_at(y, i)) return false;
    return true;
}

int str_compare(VM *vm, String *a, String *b) {
    if (a == b) return 0;
    Chars x = str_chars(vm, a), y = str_chars(vm, b);
    u32 n = dx_min_u32(x.len, y.len);
    if (!x.wide && !y.wide) {
        int r = memcmp(x.p, y.p, n);
        if (r) return r;
    } else {
        for (u32 i = 0; i < n; i++) {
            int d = (int)chars_at(x, i) - (int)chars_at(y, i);
            if (d) return d;
        }
    }
    return x.len < y.len ? -1 : x.len > y.len;
}

u32 str_code_point_at(VM *vm, String *s, u32 i) {
    Chars c = str_chars(vm, s);
    if (!c.wide) return ((const u8 *)c.p)[i];
    u32 len;
    return utf16_at(c.p, c.len, i, &len);
}

// ---- searching

static i64 find_unit16(const u16 *p, u32 from, u32 n, u16 unit) {
    u32 i = from;
#if defined(__x86_64__)
    __m128i want = _mm_set1_epi16((short)unit);
    for (; i + 8 <= n; i += 8) {
        int m = _mm_movemask_epi8(_mm_cmpeq_epi16(_mm_loadu_si128((const __m128i *)(p + i)), want));
        if (m) return i + (u32)__builtin_ctz((unsigned)m) / 2;
    }
#endif
    for (; i < n; i++)
        if (p[i] == unit) return i;
    return -1;
}

i64 str_index_of(VM *vm, String *s, String *needle, u32 from) {
    Chars h = str_chars(vm, s), n = str_chars(vm, needle);
    if (from > h.len || n.len > h.len - from) return -1;
    if (!n.len) return from;
    u32 last = h.len - n.len; // last possible start
    u16 first = chars_at(n, 0);
    if (!h.wide) {
        if (n.wide) {
            for (u32 i = 0; i < n.len; i++)
                if (((const u16 *)n.p)[i] > 0xFF) return -1;
        } else {
            const u8 *base = h.p, *p = n.len == 1 ? memchr(base + from, first, h.len - from)
                                                  : memmem(base + from, h.len - from, n.p, n.len);
            return p ? p - base : -1;
        }
    }
    for (i64 i = from; i <= last; i++) {
        if (h.wide) {
            i = find_unit16(h.p, (u32)i, last + 1, first);
            if (i < 0) return -1;
        }
        u32 k = 0;
        if (h.wide && n.wide) k = memcmp((const u16 *)h.p + i, n.p, (size_t)n.len * 2) ? 0 : n.len;
        else while (k < n.len && chars_at(h, (u32)i + k) == chars_at(n, k)) k++;
        if (k == n.len) return i;
    }
    return -1;
}

// ---- out of the VM

void str_to_utf8(VM *vm, String *s, Buf *out) {
    Chars c = str_chars(vm, s);
    size_t n = c.wide ? utf_utf16_len(c.p, c.len) : utf_latin1_len(c.p, c.len);
    buf_reserve(out, n);
    if (c.wide) utf_utf16_to_utf8(c.p, c.len, UTF_WTF8, out->data + out->len);
    else utf_latin1_to_utf8(c.p, c.len, out->data + out->len);
    out->len += n;
}

char *str_to_cstr(VM *vm, String *s, Buf *tmp) {
    tmp->len = 0;
    str_to_utf8(vm, s, tmp);
    return (char *)(uintptr_t)buf_cstr(tmp);
}
