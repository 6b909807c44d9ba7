// SPDX-License-Identifier: MIT
// RegExp objects (ECMA-262 22.2.4 to 22.2.7): construction, the compile cache, RegExpBuiltinExec, accessors, the legacy static properties.
// The methods keyed by symbols are regexp_symbol.c.
#include "vm/regexp.h"

#include "vm/builtins/builtins.h"
#include "vm/builtins/regexp_internal.h"
#include "vm/regexp/rx_exec.h"

// ---- matching

static _Thread_local RxScratch scratch; // the matcher's memory, kept for the life of the thread

enum { STOP_MASK = 0x7fffffff }; // bits of vm->interrupt that end the run

static int poll_interrupt(void *ctx) { return (((VM *)ctx)->interrupt & STOP_MASK) != 0; }

void regexp_match_init(RegExpMatch *m, const RegExpObject *re) {
    m->n = re->captures;
    m->v = m->n * 2 <= DX_COUNTOF(m->small) ? m->small : mem_alloc((size_t)m->n * 2 * sizeof(i32));
}

void regexp_match_free(RegExpMatch *m) {
    if (m->v != m->small)
        mem_free(m->v);
}

// What RegExp.$1 and its like read: a cell of the realm.
enum { LAST_INPUT, LAST_SET_INPUT, LAST_COUNT, LAST_PAREN, LAST_RANGES = LAST_PAREN + 2, LAST_WORDS = LAST_RANGES + 20 };

static void record_last_match(VM *vm, String *s, const RegExpMatch *m) {
    ValueArray *last = v_ptr(vm->realm->RegExpLast);
    heap_touch(vm, last->v, LAST_WORDS * sizeof(Value));
    last->v[LAST_INPUT] = last->v[LAST_SET_INPUT] = v_from_string(s);
    u32 n = m->n < 10 ? m->n : 10;
    last->v[LAST_COUNT] = v_from_int((i32)m->n);
    for (u32 i = 0; i < 2 * n; i++)
        last->v[LAST_RANGES + i] = v_from_int(m->v[i]);
    last->v[LAST_PAREN] = v_from_int(m->v[2 * m->n - 2]);
    last->v[LAST_PAREN + 1] = v_from_int(m->v[2 * m->n - 1]);
}

int regexp_run(VM *vm, RegExpObject *re, String *s, u32 last_index, bool sticky, RegExpMatch *m) {
    Chars c = str_chars(vm, s);
    scratch.poll = poll_interrupt;
    scratch.poll_ctx = vm;
    int status = rx_exec_sticky(re->program, c.p, c.len, c.wide, last_index, sticky, m->v, &scratch);
    if (DX_LIKELY(status == RX_MATCH)) {
        record_last_match(vm, s, m);
        return 1;
    }
    if (status == RX_NO_MATCH)
        return 0;
    if (status == RX_E_MEMORY)
        vm_throw(vm, ERR_STACK_OVERFLOW);
    return -1; // stopped: the run is over, nothing is pending
}

Value regexp_capture(VM *vm, String *s, const RegExpMatch *m, u32 i) {
    if (m->v[2 * i] < 0)
        return V_UNDEFINED;
    return v_from_string(str_slice(vm, s, (u32)m->v[2 * i], (u32)m->v[2 * i + 1]));
}

static PropKey group_key(VM *vm, const RegExpObject *re, u32 i, u32 *group) {
    const u16 *name;
    u32 len;
    *group = rx_name_get(re->program, i, &name, &len);
    return key_from_string(vm, str_new_utf16(vm, name, len));
}

typedef Value (*GroupValue)(VM *vm, String *s, const RegExpMatch *m, u32 group);

// The groups object; of groups that share a name the one that matched counts.
static Value groups_object(VM *vm, const RegExpObject *re, String *s, const RegExpMatch *m, GroupValue value) {
    u32 n = rx_name_count(re->program);
    if (!n)
        return V_UNDEFINED;
    Object *groups = object_new_proto(vm, V_NULL);
    for (u32 i = 0; i < n; i++) {
        u32 group;
        PropKey key = group_key(vm, re, i, &group);
        if (m->v[2 * group] >= 0 || v_is_undefined(object_own_data(vm, groups, key)) || object_own_data(vm, groups, key) == V_HOLE)
            object_put(vm, groups, key, value(vm, s, m, group), ATTR_WEC);
    }
    return v_obj(groups);
}

Value regexp_groups(VM *vm, const RegExpObject *re, String *s, const RegExpMatch *m) {
    return groups_object(vm, re, s, m, regexp_capture);
}

static Value capture_range(VM *vm, String *s, const RegExpMatch *m, u32 i) {
    if (m->v[2 * i] < 0)
        return V_UNDEFINED;
    Value pair[2] = {v_from_int(m->v[2 * i]), v_from_int(m->v[2 * i + 1])};
    return array_create_from_list(vm, pair, 2);
}

// MakeMatchIndicesIndexPairArray (22.2.7.8)
static Value indices_array(VM *vm, const RegExpObject *re, String *s, const RegExpMatch *m) {
    Array *a = array_new(vm, m->n);
    for (u32 i = 0; i < m->n; i++)
        array_push(vm, a, capture_range(vm, s, m, i));
    object_add(vm, &a->o, A_(vm, groups), groups_object(vm, re, s, m, capture_range), ATTR_WEC);
    return v_from_array(a);
}

Value regexp_match_array(VM *vm, const RegExpObject *re, String *s, const RegExpMatch *m) {
    Array *a = (Array *)object_alloc(vm, CELL_ARRAY, sizeof(Array), vm->realm->shape_array, re->flags & RX_HAS_INDICES ? 4 : 3);
    Elements *e = elements_reserve(vm, &a->o, m->n);
    for (u32 i = 0; i < m->n; i++) {
        Value v = regexp_capture(vm, s, m, i);
        e->v[i] = v;
        e->len = i + 1;
    }
    a->length = m->n;
    object_add(vm, &a->o, A_(vm, index), v_from_int(m->v[0]), ATTR_WEC);
    object_add(vm, &a->o, A_(vm, input), v_from_string(s), ATTR_WEC);
    object_add(vm, &a->o, A_(vm, groups), regexp_groups(vm, re, s, m), ATTR_WEC);
    if (re->flags & RX_HAS_INDICES)
        object_add(vm, &a->o, A_(vm, indices), indices_array(vm, re, s, m), ATTR_WEC);
    return v_from_array(a);
}

// ---- lastIndex

bool regexp_get_last_index_rjs(VM *vm, RegExpObject *re, i64 *out) {
    Value v = re->o.shape == re->initial ? re->o.slots[0] : get_rjs(vm, v_obj(re), A_(vm, lastIndex));
    if (v_is_int(v) && v_int(v) >= 0) {
        *out = v_int(v);
        return true;
    }
    return !v_is_exc(v) && to_length_rjs(vm, v, out);
}

bool regexp_set_last_index_rjs(VM *vm, RegExpObject *re, i64 n) {
    if (re->o.shape == re->initial) {
        heap_set(vm, &re->o.slots[0], v_from_i64(n));
        return true;
    }
    return set_rjs(vm, v_obj(re), A_(vm, lastIndex), v_from_i64(n), true) >= 0;
}

// RegExpBuiltinExec (22.2.7.2) up to the match array: 1, 0, -1 thrown. Subject and expression may be re-entered by lastIndex's valueOf.
static DX_MUST_USE int builtin_exec_rjs(VM *vm, RegExpObject *re, String *s, RegExpMatch *m) {
    i64 last_index;
    if (!regexp_get_last_index_rjs(vm, re, &last_index))
        return -1;
    bool moves = re->flags & (RX_GLOBAL | RX_STICKY);
    if (!moves)
        last_index = 0;
    regexp_match_init(m, re);
    int found = last_index > s->length ? 0 : regexp_run(vm, re, s, (u32)last_index, re->flags & RX_STICKY, m);
    if (found >= 0 && moves && !regexp_set_last_index_rjs(vm, re, found ? m->v[1] : 0))
        found = -1;
    if (found <= 0)
        regexp_match_free(m);
    return found;
}

static Value exec_to_array_rjs(VM *vm, RegExpObject *re, String *s) {
    RegExpMatch m;
    int found = builtin_exec_rjs(vm, re, s, &m);
    if (found <= 0)
        return found < 0 ? V_EXC : V_NULL;
    Value a = regexp_match_array(vm, re, s, &m);
    regexp_match_free(&m);
    return a;
}

// RegExpExec's call of a user's exec: an object or null, else TypeError. V_HOLE: there is none, `re` is a RegExp of ours.
static Value user_exec_rjs(VM *vm, Value re, String *s) {
    if (regexp_is_pristine(vm, re))
        return V_HOLE;
    Value exec = get_rjs(vm, re, A_(vm, exec));
    if (v_is_exc(exec))
        return V_EXC;
    if (v_is_callable(exec) && !(exec == vm->realm->RegExpExec && v_is_kind(re, CELL_REGEXP))) {
        Value result = CALL1(vm, exec, re, v_from_string(s));
        if (v_is_exc(result) || v_is_object(result) || v_is_null(result))
            return result;
        return vm_throw(vm, ERR_CUSTOM_TYPE, "RegExp exec method returned something other than an Object or null");
    }
    if (!v_is_kind(re, CELL_REGEXP))
        return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype.exec", re);
    return V_HOLE;
}

Value regexp_exec_rjs(VM *vm, Value re, String *s) {
    Value result = user_exec_rjs(vm, re, s);
    return result == V_HOLE ? exec_to_array_rjs(vm, regexp_of(re), s) : result;
}

int regexp_test_rjs(VM *vm, Value re, String *s) {
    Value result = user_exec_rjs(vm, re, s);
    if (result != V_HOLE)
        return v_is_exc(result) ? -1 : !v_is_null(result);
    RegExpMatch m;
    int found = builtin_exec_rjs(vm, regexp_of(re), s, &m);
    if (found > 0)
        regexp_match_free(&m);
    return found;
}

// ---- construction

// Programs of expressions built at run time, found again by pattern and flags. Malloc memory of the thread; objects copy them.
#define CACHE_ENTRIES 64
#define CACHE_MAX_UNITS 512

typedef struct CachedProgram {
    u64 hash;
    u16 *units; // NULL: free
    u32 len, flags;
    Buf program;
} CachedProgram;

static _Thread_local CachedProgram cache[CACHE_ENTRIES];

static u64 pattern_hash(Chars c, u32 flags) {
    u64 h = 0xcbf29ce484222325ull ^ flags;
    for (u32 i = 0; i < c.len; i++)
        h = (h ^ chars_at(c, i)) * 0x100000001b3ull;
    return h ^ h >> 29;
}

static bool cached_equal(const CachedProgram *e, Chars c, u32 flags, u64 hash) {
    if (!e->units || e->hash != hash || e->len != c.len || e->flags != flags)
        return false;
    for (u32 i = 0; i < c.len; i++)
        if (e->units[i] != chars_at(c, i))
            return false;
    return true;
}

static void cache_store(CachedProgram *e, Chars c, u32 flags, u64 hash, const Buf *program) {
    if (c.len > CACHE_MAX_UNITS)
        return;
    mem_free(e->units);
    e->units = mem_alloc((c.len + 1) * sizeof(u16));
    for (u32 i = 0; i < c.len; i++)
        e->units[i] = chars_at(c, i);
    e->hash = hash;
    e->len = c.len;
    e->flags = flags;
    e->program.len = 0;
    buf_put(&e->program, program->data, program->len);
}

static void throw_syntax(VM *vm, Chars c, u32 flags, const RxError *err) {
    Buf text = {0};
    u16 *units = mem_alloc((c.len + 1) * sizeof(u16));
    for (u32 i = 0; i < c.len; i++)
        units[i] = chars_at(c, i);
    rx_error_text(&text, units, c.len, flags, err);
    vm_throw(vm, ERR_CUSTOM_SYNTAX, buf_cstr(&text));
    mem_free(units);
    buf_free(&text);
}

// The program of a pattern as a cell; NULL after a SyntaxError.
static ByteCell *compile_pattern(VM *vm, String *pattern, u32 flags) {
    Chars c = str_chars(vm, pattern);
    u64 hash = pattern_hash(c, flags);
    CachedProgram *e = &cache[hash % CACHE_ENTRIES];
    if (!cached_equal(e, c, flags, hash)) {
        Buf program = {0};
        RxError err;
        int status = c.wide ? rx_compile(c.p, c.len, flags, &program, &err) : rx_compile_latin1(c.p, c.len, flags, &program, &err);
        if (status) {
            throw_syntax(vm, c, flags, &err);
            return NULL;
        }
        cache_store(e, c, flags, hash, &program);
        if (c.len > CACHE_MAX_UNITS) {
            ByteCell *cell = bytes_new(vm, program.len);
            memcpy(cell->data, program.data, program.len);
            buf_free(&program);
            return cell;
        }
        buf_free(&program);
    }
    ByteCell *cell = bytes_new(vm, e->program.len);
    memcpy(cell->data, e->program.data, e->program.len);
    return cell;
}

// RegExpAlloc (22.2.3.2)
static RegExpObject *regexp_alloc(VM *vm, Value proto) {
    RegExpObject *re = (RegExpObject *)object_alloc(vm, CELL_REGEXP, sizeof *re, shape_root(vm, proto), 1);
    re->source = V_UNDEFINED;
    re->owner = NULL;
    re->program = NULL;
    object_add(vm, &re->o, A_(vm, lastIndex), v_from_int(0), ATTR_W);
    re->initial = re->o.shape;
    return re;
}

static void regexp_set_program(VM *vm, RegExpObject *re, Value source, const u8 *program, ByteCell *owner) {
    heap_touch(vm, re, sizeof *re);
    re->source = source;
    re->program = program;
    re->owner = owner;
    re->flags = rx_flags(program);
    re->captures = rx_capture_count(program);
}

Value regexp_clone(VM *vm, const RegExpObject *from, u32 flags) {
    if (flags != from->flags)
        return regexp_create_rjs(vm, from->source, regexp_flags_text(vm, flags));
    RegExpObject *re = regexp_alloc(vm, vm->realm->RegExpPrototype);
    regexp_set_program(vm, re, from->source, from->program, from->owner);
    return v_obj(re);
}

static int flags_from_string(VM *vm, String *text) {
    u16 units[16];
    Chars c = str_chars(vm, text);
    if (c.len <= 8)
        for (u32 i = 0; i < c.len; i++)
            units[i] = chars_at(c, i);
    int flags = c.len <= 8 ? rx_flags_parse(units, c.len) : -1;
    if (flags < 0) {
        Buf tmp = {0};
        char *shown = str_to_cstr(vm, text, &tmp);
        Value message = v_from_string(str_format(vm, "Invalid flags supplied to RegExp constructor '%s'", shown));
        buf_free(&tmp);
        vm_throw_value(vm, error_new(vm, REALM_SyntaxErrorPrototype, message));
    }
    return flags;
}

// RegExpInitialize (22.2.3.3)
static Value initialize_rjs(VM *vm, RegExpObject *re, Value pattern, Value flags) {
    String *p = v_is_undefined(pattern) ? v_string(A_(vm, empty)) : to_string_rjs(vm, pattern);
    if (!p)
        return V_EXC;
    int bits = 0;
    if (!v_is_undefined(flags)) {
        String *f = to_string_rjs(vm, flags);
        if (!f)
            return V_EXC;
        bits = flags_from_string(vm, f);
        if (bits < 0)
            return V_EXC;
    }
    ByteCell *program = compile_pattern(vm, p, (u32)bits);
    if (!program)
        return V_EXC;
    regexp_set_program(vm, re, v_from_string(p), program->data, program);
    return regexp_set_last_index_rjs(vm, re, 0) ? v_obj(re) : V_EXC;
}

Value regexp_create_rjs(VM *vm, Value pattern, Value flags) {
    return initialize_rjs(vm, regexp_alloc(vm, vm->realm->RegExpPrototype), pattern, flags);
}

Value regexp_literal(VM *vm, Module *m, u32 konst) { // 13.2.7.3
    const DxtConst *k = &m->dxt->consts[konst];
    Value source = m->strings[(u32)k->bits];
    if (k->aux == DXT_NONE)
        return regexp_create_rjs(vm, source, m->strings[k->bits >> 32]);
    RegExpObject *re = regexp_alloc(vm, vm->realm->RegExpPrototype);
    regexp_set_program(vm, re, source, m->dxt->data + k->aux + 4, NULL);
    return v_obj(re);
}

int is_regexp_rjs(VM *vm, Value v) { // 7.2.6
    if (!v_is_object(v))
        return 0;
    if (regexp_is_pristine(vm, v))
        return 1;
    Value m = get_rjs(vm, v, SYM_(vm, match));
    if (v_is_exc(m))
        return -1;
    return v_is_undefined(m) ? v_is_kind(v, CELL_REGEXP) : to_boolean(m);
}

static Value regexp_ctor(VM *vm, Value self, int argc, Value *argv) { // 22.2.4.1
    Value pattern = ARG(0), flags = ARG(1), new_target = native_new_target(vm), callee = native_callee(vm);
    int is_regexp = is_regexp_rjs(vm, pattern);
    if (is_regexp < 0)
        return V_EXC;
    if (v_is_undefined(new_target)) {
        new_target = callee;
        if (is_regexp && v_is_undefined(flags)) {
            Value ctor = get_rjs(vm, pattern, A_(vm, constructor));
            if (v_is_exc(ctor) || ctor == new_target)
                return v_is_exc(ctor) ? V_EXC : pattern;
        }
    }
    if (v_is_kind(pattern, CELL_REGEXP)) {
        if (v_is_undefined(flags))
            flags = regexp_flags_text(vm, regexp_of(pattern)->flags);
        pattern = regexp_of(pattern)->source;
    } else if (is_regexp) {
        Value object = pattern;
        pattern = get_rjs(vm, object, A_(vm, source));
        if (v_is_exc(pattern))
            return V_EXC;
        if (v_is_undefined(flags) && v_is_exc(flags = get_rjs(vm, object, A_(vm, flags))))
            return V_EXC;
    }
    Value proto = proto_from_ctor_rjs(vm, new_target, REALM_RegExpPrototype);
    if (v_is_exc(proto))
        return V_EXC;
    return initialize_rjs(vm, regexp_alloc(vm, proto), pattern, flags);
}

static void put_hex(StrBuf *out, const char *prefix, u32 c, int digits) {
    sb_ascii(out, prefix);
    for (int i = digits - 1; i >= 0; i--)
        sb_unit(out, (u16) "0123456789abcdef"[c >> (4 * i) & 15]);
}

// EncodeForRegExpEscape (22.2.5.1.1) of the unit at i; `pair`: it belongs to a surrogate pair.
static void escape_unit(StrBuf *out, u32 c, bool pair) {
    static const char controls[] = "tnvfr";
    if (c < 128 && c && strchr("^$\\.*+?()[]{}|/", (int)c)) {
        sb_unit(out, '\\');
        sb_unit(out, (u16)c);
    } else if (c >= 9 && c <= 13) {
        sb_unit(out, '\\');
        sb_unit(out, (u16)controls[c - 9]);
    } else if ((c < 128 && c && strchr(",-=<>#&!%:;@~'`\"", (int)c)) || str_is_space(c) || (c >= 0xd800 && c < 0xe000 && !pair)) {
        put_hex(out, c < 256 ? "\\x" : "\\u", c, c < 256 ? 2 : 4);
    } else {
        sb_unit(out, (u16)c);
    }
}

static Value regexp_escape(VM *vm, Value self, int argc, Value *argv) { // 22.2.5.1
    if (!v_is_string(ARG(0)))
        return vm_throw(vm, ERR_CUSTOM_TYPE, "input argument must be a string");
    Chars c = str_chars(vm, v_string(argv[0]));
    StrBuf out = {0};
    for (u32 i = 0; i < c.len; i++) {
        u32 u = chars_at(c, i), next = i + 1 < c.len ? chars_at(c, i + 1) : 0;
        if (i == 0 && (u - '0' < 10u || ((u | 0x20) - 'a' < 26u && u < 128))) {
            put_hex(&out, "\\x", u, 2);
        } else if ((u & 0xfc00) == 0xd800 && (next & 0xfc00) == 0xdc00) {
            escape_unit(&out, u, true);
            escape_unit(&out, next, true);
            i++;
        } else {
            escape_unit(&out, u, false);
        }
    }
    return sb_finish(vm, &out);
}

// ---- legacy static properties

enum LegacyProperty { LEGACY_INPUT = 16, LEGACY_LAST_MATCH, LEGACY_LAST_PAREN, LEGACY_LEFT, LEGACY_RIGHT }; // 1..9: $1..$9

static Value last_range(VM *vm, const ValueArray *last, i32 from, i32 to) {
    if (!v_is_string(last->v[LAST_INPUT]) || from < 0)
        return A_(vm, empty);
    return v_from_string(str_slice(vm, v_string(last->v[LAST_INPUT]), (u32)from, (u32)to));
}

// The properties are this realm's constructor's own: not its subclasses', not another realm's (proposal-regexp-legacy-features).
static bool legacy_this(VM *vm, Value self) {
    return self == vm->realm->RegExp || (vm_throw(vm, ERR_INCOMPATIBLE, "RegExp legacy property", self), false);
}

static Value regexp_legacy_get(VM *vm, Value self, int argc, Value *argv) {
    u32 which = native_magic(vm);
    if (!legacy_this(vm, self))
        return V_EXC;
    const ValueArray *last = v_ptr(vm->realm->RegExpLast);
    const Value *r = last->v + LAST_RANGES;
    i32 n = v_int(last->v[LAST_COUNT]);
    if (which == LEGACY_INPUT)
        return last->v[LAST_SET_INPUT];
    if (!n)
        return A_(vm, empty);
    switch (which) {
    case LEGACY_LAST_MATCH: return last_range(vm, last, v_int(r[0]), v_int(r[1]));
    case LEGACY_LEFT: return last_range(vm, last, 0, v_int(r[0]));
    case LEGACY_RIGHT: return last_range(vm, last, v_int(r[1]), (i32)v_string(last->v[LAST_INPUT])->length);
    case LEGACY_LAST_PAREN: return n == 1 ? A_(vm, empty) : last_range(vm, last, v_int(last->v[LAST_PAREN]), v_int(last->v[LAST_PAREN + 1]));
    }
    if ((i32)which >= n)
        return A_(vm, empty);
    return last_range(vm, last, v_int(r[2 * which]), v_int(r[2 * which + 1]));
}

static Value regexp_legacy_set_input(VM *vm, Value self, int argc, Value *argv) {
    if (!legacy_this(vm, self))
        return V_EXC;
    String *s = to_string_rjs(vm, ARG(0));
    if (!s)
        return V_EXC;
    heap_set(vm, &((ValueArray *)v_ptr(vm->realm->RegExpLast))->v[LAST_SET_INPUT], v_from_string(s));
    return V_UNDEFINED;
}

static Value regexp_species(VM *vm, Value self, int argc, Value *argv) { return self; } // 22.2.5.3

// ---- accessors of the prototype

Value regexp_flags_text(VM *vm, u32 flags) {
    char text[9];
    rx_flags_text(flags, text);
    return v_str(vm, text);
}

static Value regexp_proto_flag(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.3 and its like
    static const char *const names[] = {"hasIndices", "global", "ignoreCase", "multiline", "dotAll", "unicode", "unicodeSets", "sticky"};
    u32 i = native_magic(vm);
    if (v_is_kind(self, CELL_REGEXP))
        return v_from_bool(regexp_of(self)->flags >> i & 1);
    if (self == vm->realm->RegExpPrototype)
        return V_UNDEFINED;
    Value message = v_from_string(str_format(vm, "RegExp.prototype.%s getter called on non-RegExp object", names[i]));
    return vm_throw_value(vm, error_new(vm, REALM_TypeErrorPrototype, message));
}

static Value regexp_proto_flags(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.4
    if (regexp_is_pristine(vm, self))
        return regexp_flags_text(vm, regexp_of(self)->flags);
    if (!v_is_object(self)) {
        String *shown = value_display(vm, self);
        Buf tmp = {0};
        Value message = v_from_string(str_format(vm, "RegExp.prototype.flags getter called on non-object %s", str_to_cstr(vm, shown, &tmp)));
        buf_free(&tmp);
        return vm_throw_value(vm, error_new(vm, REALM_TypeErrorPrototype, message));
    }
    const PropKey keys[] = {A_(vm, hasIndices), A_(vm, global), A_(vm, ignoreCase), A_(vm, multiline),
                            A_(vm, dotAll), A_(vm, unicode), A_(vm, unicodeSets), A_(vm, sticky)};
    u32 flags = 0;
    for (u32 i = 0; i < DX_COUNTOF(keys); i++) {
        Value v = get_rjs(vm, self, keys[i]);
        if (v_is_exc(v))
            return V_EXC;
        flags |= (u32)to_boolean(v) << i;
    }
    return regexp_flags_text(vm, flags);
}

// EscapeRegExpPattern (22.2.6.13.1)
String *regexp_source_text(VM *vm, RegExpObject *re) {
    String *s = v_string(re->source);
    Chars c = str_chars(vm, s);
    if (!c.len)
        return str_new_c(vm, "(?:)");
    bool in_class = false, plain = true;
    for (u32 i = 0; i < c.len && plain; i++) {
        u32 u = chars_at(c, i);
        plain = u != '/' && u != '\n' && u != '\r' && u != 0x2028 && u != 0x2029;
    }
    if (plain)
        return s;
    StrBuf out = {0};
    for (u32 i = 0; i < c.len; i++) {
        u32 u = chars_at(c, i);
        bool escaped = u == '\\' && i + 1 < c.len;
        if (escaped)
            u = chars_at(c, ++i);
        else if (u == '[')
            in_class = true;
        else if (u == ']')
            in_class = false;
        if (u == '\n' || u == '\r') {
            sb_ascii(&out, u == '\n' ? "\\n" : "\\r");
        } else if (u == 0x2028 || u == 0x2029) {
            sb_ascii(&out, u == 0x2028 ? "\\u2028" : "\\u2029");
        } else {
            if (escaped || (u == '/' && !in_class))
                sb_unit(&out, '\\');
            sb_unit(&out, (u16)u);
        }
    }
    Value text = sb_finish(vm, &out);
    return v_is_exc(text) ? s : v_string(text);
}

static Value regexp_proto_source(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.13
    if (v_is_kind(self, CELL_REGEXP))
        return v_from_string(regexp_source_text(vm, regexp_of(self)));
    if (self == vm->realm->RegExpPrototype)
        return v_str(vm, "(?:)");
    return vm_throw(vm, ERR_CUSTOM_TYPE, "RegExp.prototype.source getter called on non-RegExp object");
}

// ---- methods

static Value regexp_proto_exec(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.2
    if (!v_is_kind(self, CELL_REGEXP))
        return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype.exec", self);
    String *s = to_string_rjs(vm, ARG(0));
    return s ? exec_to_array_rjs(vm, regexp_of(self), s) : V_EXC;
}

static Value regexp_proto_test(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.16
    if (!v_is_object(self))
        return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype.test", self);
    String *s = to_string_rjs(vm, ARG(0));
    int found = s ? regexp_test_rjs(vm, self, s) : -1;
    return found < 0 ? V_EXC : v_from_bool(found);
}

static Value regexp_proto_to_string(VM *vm, Value self, int argc, Value *argv) { // 22.2.6.17
    if (!v_is_object(self))
        return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype.toString", self);
    StrBuf out = {0};
    sb_unit(&out, '/');
    for (int i = 0; i < 2; i++) {
        Value v = get_rjs(vm, self, i ? A_(vm, flags) : A_(vm, source));
        String *s = v_is_exc(v) ? NULL : to_string_rjs(vm, v);
        if (!s) {
            sb_free(&out);
            return V_EXC;
        }
        sb_str(vm, &out, s);
        if (!i)
            sb_unit(&out, '/');
    }
    return sb_finish(vm, &out);
}

static Value regexp_proto_compile(VM *vm, Value self, int argc, Value *argv) { // B.2.4.1
    Value pattern = ARG(0), flags = ARG(1);
    if (!v_is_kind(self, CELL_REGEXP))
        return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype.compile", self);
    if (regexp_of(self)->initial->proto != vm->realm->RegExpPrototype) // made by a subclass or in another realm
        return vm_throw(vm, ERR_INCOMPATIBLE, "RegExp.prototype.compile", self);
    if (v_is_kind(pattern, CELL_REGEXP)) {
        if (!v_is_undefined(flags))
            return vm_throw(vm, ERR_CUSTOM_TYPE, "Invalid flags supplied to RegExp constructor");
        flags = regexp_flags_text(vm, regexp_of(pattern)->flags);
        pattern = regexp_of(pattern)->source;
    }
    return initialize_rjs(vm, regexp_of(self), pattern, flags);
}

// ---- tables

#define LEGACY(n, m)    GETTER_MAGIC(n, regexp_legacy_get, m)
#define LEGACY_INPUT(n) {.name = n, .fn = regexp_legacy_get, .fn2 = regexp_legacy_set_input, .kind = ROW_ACCESSOR, .attrs = ATTR_C, .magic = LEGACY_INPUT}

const NativeRow regexp_rows[] = {
    CTOR("RegExp", 2, regexp_ctor),
    GETTER("@@species", regexp_species),
    LEGACY_INPUT("input"),
    LEGACY_INPUT("$_"),
    LEGACY("lastMatch", LEGACY_LAST_MATCH),
    LEGACY("$&", LEGACY_LAST_MATCH),
    LEGACY("lastParen", LEGACY_LAST_PAREN),
    LEGACY("$+", LEGACY_LAST_PAREN),
    LEGACY("leftContext", LEGACY_LEFT),
    LEGACY("$`", LEGACY_LEFT),
    LEGACY("rightContext", LEGACY_RIGHT),
    LEGACY("$'", LEGACY_RIGHT),
    LEGACY("$1", 1),
    LEGACY("$2", 2),
    LEGACY("$3", 3),
    LEGACY("$4", 4),
    LEGACY("$5", 5),
    LEGACY("$6", 6),
    LEGACY("$7", 7),
    LEGACY("$8", 8),
    LEGACY("$9", 9),
    FN("escape", 1, regexp_escape),
    ROWS_END,
};

const NativeRow regexp_proto_rows[] = {
    FN("exec", 1, regexp_proto_exec),
    GETTER_MAGIC("dotAll", regexp_proto_flag, 4),
    GETTER("flags", regexp_proto_flags),
    GETTER_MAGIC("global", regexp_proto_flag, 1),
    GETTER_MAGIC("hasIndices", regexp_proto_flag, 0),
    GETTER_MAGIC("ignoreCase", regexp_proto_flag, 2),
    GETTER_MAGIC("multiline", regexp_proto_flag, 3),
    GETTER("source", regexp_proto_source),
    GETTER_MAGIC("sticky", regexp_proto_flag, 7),
    GETTER_MAGIC("unicode", regexp_proto_flag, 5),
    FN("compile", 2, regexp_proto_compile),
    FN("toString", 0, regexp_proto_to_string),
    FN("test", 1, regexp_proto_test),
    GETTER_MAGIC("unicodeSets", regexp_proto_flag, 6),
    ROWS_END,
};

// ---- pristine

// The prototype's shape and the values of its slots as installed, in a cell of the realm.
static void remember_prototype(VM *vm) {
    Object *proto = v_object(vm->realm->RegExpPrototype);
    shape_root(vm, vm->realm->RegExpPrototype); // becoming a prototype gives it a shape of its own
    u32 n = proto->shape->count;
    ValueArray *kept = values_new(vm, n + 1);
    kept->v[0] = v_from_ptr(TAG_INTERNAL, proto->shape);
    memcpy(kept->v + 1, proto->slots, n * sizeof(Value));
    vm->realm->RegExpPristine = v_from_ptr(TAG_INTERNAL, kept);
}

bool regexp_is_pristine(VM *vm, Value re) {
    if (!v_is_kind(re, CELL_REGEXP) || regexp_of(re)->o.shape != regexp_of(re)->initial)
        return false;
    if (obj_proto(&regexp_of(re)->o) != vm->realm->RegExpPrototype)
        return false;
    const Object *proto = v_object(vm->realm->RegExpPrototype);
    const ValueArray *kept = v_ptr(vm->realm->RegExpPristine);
    return proto->shape == v_ptr(kept->v[0]) && !memcmp(proto->slots, kept->v + 1, (values_capacity(kept) - 1) * sizeof(Value));
}

bool regexp_species_is_pristine(VM *vm) {
    Object *ctor = v_object(vm->realm->RegExp);
    u8 attrs;
    int slot = shape_lookup(vm, ctor->shape, SYM_(vm, species), &attrs);
    if (slot < 0 || !(attrs & ATTR_ACCESSOR))
        return false;
    const Accessor *a = v_ptr(ctor->slots[slot]);
    return v_is_kind(a->get, CELL_NATIVE) && ((NativeFunction *)v_ptr(a->get))->id == NATIVE_ID(regexp_rows, 1);
}

void builtin_regexp_install(VM *vm) {
    Realm *r = vm->realm;
    ValueArray *last = values_new(vm, LAST_WORDS);
    last->v[LAST_INPUT] = last->v[LAST_SET_INPUT] = A_(vm, empty);
    last->v[LAST_COUNT] = v_from_int(0);
    r->RegExpLast = v_from_ptr(TAG_INTERNAL, last);
    r->RegExpPrototype = v_obj(object_new_proto(vm, r->ObjectPrototype));
    r->RegExp = builtin_class(vm, TABLE_regexp_rows, TABLE_regexp_proto_rows, r->RegExpPrototype, r->FunctionPrototype);
    builtin_install(vm, r->RegExpPrototype, TABLE_regexp_symbol_rows);
    r->RegExpExec = object_own_data(vm, v_object(r->RegExpPrototype), A_(vm, exec));
    r->RegExpStringIteratorPrototype = v_obj(object_new_proto(vm, r->IteratorPrototype));
    builtin_install(vm, r->RegExpStringIteratorPrototype, TABLE_regexp_string_iterator_rows);
    remember_prototype(vm);
}
