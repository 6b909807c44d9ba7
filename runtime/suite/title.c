// SPDX-License-Identifier: MIT
// Titles of `each` and `for` rows: printf placeholders, $name interpolation, per dialect.
#include "runtime/expect/pretty.h"
#include "runtime/runtime.h"

static bool is_ident(u16 c) { return c == '_' || c == '$' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }

static bool put_string(VM *vm, StrBuf *sb, String *s) {
    if (!s) return false;
    sb_str(vm, sb, s);
    return true;
}
static bool put_pretty_rjs(VM *vm, StrBuf *sb, Value v) { // pretty-format {maxDepth: 1, min: true}
    String *s = pretty_inline_rjs(vm, v, 1);
    return put_string(vm, sb, s);
}
static bool put_json_rjs(VM *vm, StrBuf *sb, Value v) {
    Value f = object_own_data(vm, v_object(vm->realm->JSON), A_(vm, stringify));
    Value s = CALL1(vm, f, vm->realm->JSON, v);
    if (v_is_exc(s)) return false;
    if (v_is_string(s)) sb_str(vm, sb, v_string(s));
    else sb_ascii(sb, "undefined");
    return true;
}
static bool put_number_rjs(VM *vm, StrBuf *sb, u16 kind, Value v) {
    if (v_is_bigint(v)) {
        if (!put_string(vm, sb, to_string_rjs(vm, v))) return false;
        sb_ascii(sb, "n");
        return true;
    }
    if (v_is_symbol(v)) return sb_ascii(sb, "NaN"), true;
    f64 d;
    if (kind == 'd') {
        if (v_is_object(v)) d = __builtin_nan("");
        else if (!to_f64_rjs(vm, v, &d)) return false;
    } else {
        String *s = to_string_rjs(vm, v);
        if (!s) return false;
        Value f = get_rjs(vm, vm->realm->global, key_c(vm, kind == 'i' ? "parseInt" : "parseFloat"));
        Value n = v_is_exc(f) ? V_EXC : CALL1(vm, f, V_UNDEFINED, v_from_string(s));
        if (v_is_exc(n)) return false;
        d = v_num(n);
    }
    if (d == 0 && 1 / d < 0 && runtime_dialect() == DIALECT_JEST) sb_ascii(sb, "-");
    return put_string(vm, sb, v_string(number_to_string(vm, d, 10)));
}

// One printf placeholder. Returns 1 and consumes the value, 0 when the letter is not one (left as it is), -1 thrown.
static int put_placeholder_rjs(VM *vm, StrBuf *sb, u16 letter, Value v) {
    bool bun = runtime_dialect() == DIALECT_BUN;
    switch (letter) {
    case 's':
        if (v_is_string(v)) return sb_str(vm, sb, v_string(v)), 1;
        if (bun) return 0;
        if (v_is_symbol(v)) return put_string(vm, sb, v_string(symbol_descriptive_string(vm, v_symbol(v)))) ? 1 : -1;
        if (v_is_object(v) && !v_is_kind(v, CELL_ERROR) && !v_is_callable(v)) return put_pretty_rjs(vm, sb, v) ? 1 : -1;
        if (v_is_double(v) && v_double(v) == 0) return sb_ascii(sb, "-0"), 1;
        if (!put_string(vm, sb, to_string_rjs(vm, v))) return -1;
        if (v_is_bigint(v)) sb_ascii(sb, "n");
        return 1;
    case 'd': case 'i': case 'f':
        if (bun && !v_is_number(v)) return 0;
        return put_number_rjs(vm, sb, letter, v) ? 1 : -1;
    case 'j': return put_json_rjs(vm, sb, v) ? 1 : -1;
    case 'o': case 'O': return put_pretty_rjs(vm, sb, v) ? 1 : -1;
    case 'p':
        if (runtime_dialect() == DIALECT_VITEST) return 0;
        return put_pretty_rjs(vm, sb, v) ? 1 : -1;
    default: return 0;
    }
}

// $a.b.c of an object row. Returns the length of the name consumed, 0 to leave the text, -1 thrown.
static i64 put_path_rjs(VM *vm, StrBuf *sb, Chars p, u32 at, Value row, u32 index) {
    if (at < p.len && chars_at(p, at) == '#') {
        if (runtime_dialect() == DIALECT_VITEST) return 0;
        return put_string(vm, sb, v_string(number_to_string(vm, index, 10))) ? 1 : -1;
    }
    if (!v_is_object(row)) return 0;
    Value v = row;
    u32 i = at;
    for (;;) {
        u32 from = i;
        while (i < p.len && is_ident(chars_at(p, i))) i++;
        if (i == from) return 0;
        StrBuf name = {0};
        sb_chars(&name, p, from, i);
        Value text = sb_finish(vm, &name);
        PropKey k = key_from_string(vm, v_string(text));
        if (!v_is_object(v)) return 0;
        int has = object_has_rjs(vm, v, k);
        if (has < 0) return -1;
        if (!has && runtime_dialect() != DIALECT_VITEST) return 0;
        v = get_rjs(vm, v, k);
        if (v_is_exc(v)) return -1;
        if (!(i + 1 < p.len && chars_at(p, i) == '.' && is_ident(chars_at(p, i + 1)) && v_is_object(v))) break;
        i++;
    }
    if (v_is_string(v)) sb_str(vm, sb, v_string(v));
    else if (!put_pretty_rjs(vm, sb, v)) return -1;
    return (i64)i - at;
}

String *each_title_rjs(VM *vm, String *pattern, Value row, Value table, u32 index, bool spread) {
    Value first = spread && v_is_array(row) ? get_rjs(vm, row, key_from_index(0)) : row;
    u32 next = 0, n = spread && v_is_array(row) ? v_array(row)->length : 1;
    Chars p = str_chars(vm, pattern);
    StrBuf sb = {0};
    if (v_is_exc(first)) return NULL;
    for (u32 i = 0; i < p.len; i++) {
        u16 c = chars_at(p, i);
        if (c == '$') {
            i64 used = put_path_rjs(vm, &sb, p, i + 1, first, index);
            if (used < 0) return sb_free(&sb), NULL;
            if (used == 0) sb_unit(&sb, '$');
            i += (u32)used;
            continue;
        }
        if (c != '%' || i + 1 == p.len) {
            sb_unit(&sb, c);
            continue;
        }
        u16 letter = chars_at(p, ++i);
        if (letter == '%') {
            sb_unit(&sb, '%');
            if (runtime_dialect() == DIALECT_VITEST) next++;
        } else if (letter == '#' || (letter == '$' && runtime_dialect() != DIALECT_BUN)) {
            if (!put_string(vm, &sb, v_string(number_to_string(vm, letter == '#' ? index : index + 1, 10)))) return sb_free(&sb), NULL;
        } else {
            Value v = next < n ? (spread && v_is_array(row) ? get_rjs(vm, row, key_from_index(next)) : row) : V_HOLE;
            if (v_is_exc(v)) return sb_free(&sb), NULL;
            int r = v == V_HOLE ? 0 : put_placeholder_rjs(vm, &sb, letter, v);
            if (r < 0) return sb_free(&sb), NULL;
            if (r) next++;
            else sb_unit(&sb, '%'), sb_unit(&sb, letter);
        }
    }
    Value s = sb_finish(vm, &sb);
    return v_is_exc(s) ? NULL : v_string(s);
}
