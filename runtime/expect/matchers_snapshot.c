// SPDX-License-Identifier: MIT
// toMatchSnapshot, toMatchInlineSnapshot and the error forms.
#include "runtime/expect/asymmetric.h"
#include "runtime/expect/diff.h"
#include "runtime/expect/match.h"
#include "runtime/expect/pretty.h"
#include "runtime/snapshot/snapshot.h"
#include "runtime/web/web.h"
#include "vm/assert/equal.h"

static char *serialize_rjs(Match *m, Value v, size_t *len) { // UTF-8 in the arena; NULL thrown
    PrettyOptions o = pretty_snapshot_options;
    o.plugins = expect_serializers(m->vm);
    if (runtime_dialect() == DIALECT_BUN) o.escape_string = false;
    StrBuf sb = {0};
    if (!pretty_format_rjs(m->vm, v, &o, &sb)) return sb_free(&sb), NULL;
    Value s = sb_finish(m->vm, &sb);
    if (v_is_exc(s)) return NULL;
    char *text = runtime_utf8(dxtest, v_string(s));
    char *w = text; // \r\n and \r become \n
    for (char *p = text; *p; p++) {
        if (*p == '\r') {
            *w++ = '\n';
            if (p[1] == '\n') p++;
        } else *w++ = *p;
    }
    *w = 0;
    *len = (size_t)(w - text);
    return text;
}

// received with the property matchers in place of what they matched
static Value merge_rjs(VM *vm, Value received, Value props, u32 depth) {
    if (depth > 100 || !v_is_object(received) || !v_is_object(props)) return props;
    int asym = is_asymmetric_rjs(vm, props);
    if (asym) return asym < 0 ? V_EXC : props;
    bool arr = v_is_array(received);
    Value out = arr ? v_from_array(array_new(vm, 0)) : v_obj(object_new_proto(vm, object_get_proto_rjs(vm, received)));
    Array *keys = object_own_keys_rjs(vm, received, KEYS_ALL | KEYS_ENUMERABLE_ONLY);
    if (!keys) return V_EXC;
    for (u32 i = 0; i < keys->length; i++) {
        PropKey k;
        if (!to_property_key_rjs(vm, obj_elems(&keys->o)->v[i], &k)) return V_EXC;
        Value v = get_rjs(vm, received, k);
        int has = v_is_exc(v) ? -1 : has_own_rjs(vm, props, k);
        if (has < 0) return V_EXC;
        if (has) {
            Value p = get_rjs(vm, props, k);
            v = v_is_exc(p) ? V_EXC : merge_rjs(vm, v, p, depth + 1);
            if (v_is_exc(v)) return V_EXC;
        }
        if (create_data_property_or_throw_rjs(vm, out, k, v) < 0) return V_EXC;
    }
    return out;
}

static bool in_test(Match *m) {
    if (dxtest && dxtest->current) {
        if (!m->is_not) return true;
        usage_error(m, "", "Snapshot matchers cannot be used with not", NULL, V_UNDEFINED);
        return false;
    }
    vm_throw(m->vm, ERR_CUSTOM_ERROR, "Snapshot state must be initialized: snapshot matchers can only be used inside a test");
    return false;
}

static bool put_snapshot_diff(Match *m, const char *expected, const char *received) {
    DiffOptions o = {"Snapshot", "Received", dxtest->opt.color, false, true, 0};
    Buf out = {0};
    diff_lines(expected, received, NULL, NULL, &o, &out);
    put(m, buf_cstr(&out));
    buf_free(&out);
    return true;
}

static bool put_not_written(Match *m, const char *key, const char *text) { // what CI refuses
    put(m, "Snapshot name: `");
    put(m, key);
    put(m, "`\n\nNew snapshot was not written. The update flag must be explicitly passed to write a new snapshot.\n\nThis is likely because this test is run in a continuous integration (CI) environment in which snapshots are not written by default.\n\nReceived:");
    put(m, strchr(text, '\n') ? "\n" : " ");
    put_received_text(m, text);
    return true;
}

static bool compare_stored(Match *m, Value v, const char *hint, const char *label) {
    size_t len;
    char *text = serialize_rjs(m, v, &len);
    const char *expected, *key;
    if (!text) return false;
    m->pass = snapshot_match(dxtest, text, len, hint, &expected, &key);
    if (m->pass) return true;
    put_hint(m, label, NULL);
    if (!expected) return put_not_written(m, key, text);
    put(m, "Snapshot name: `");
    put(m, key);
    put(m, "`\n\n");
    return put_snapshot_diff(m, expected, text);
}

// Property matchers are checked first; *v becomes what is stored.
static bool apply_properties(Match *m, Value props, Value *v, const char *label) {
    VM *vm = m->vm;
    if (!v_is_object(*v)) return usage_error(m, label, "received value must be an object when the matcher has properties", "Received", *v);
    int ok = deep_equal_rjs(vm, *v, props, equal_flags(runtime_dialect(), false) | EQUAL_SUBSET);
    if (ok < 0) return false;
    if (!ok) {
        m->pass = false;
        put_hint(m, label, NULL);
        return put_diff_or_values(m, props, *v, "Expected properties", "Received value");
    }
    *v = merge_rjs(vm, *v, props, 0);
    m->pass = true;
    return !v_is_exc(*v);
}

bool match_snapshot(Match *m) { // (hint) or (properties, hint)
    if (!in_test(m)) return false;
    Value v = m->received, hint = V_UNDEFINED;
    const char *label = m->argc == 0 ? "" : v_is_object(MARG(0)) ? (m->argc > 1 ? "properties, hint" : "properties") : "hint";
    if (v_is_object(MARG(0))) {
        if (!apply_properties(m, m->argv[0], &v, label)) return false;
        if (!m->pass) return true;
        hint = MARG(1);
    } else hint = MARG(0);
    return compare_stored(m, v, v_is_string(hint) ? runtime_utf8(dxtest, v_string(hint)) : NULL, label);
}

// ---- thrown errors

static bool thrown_value(Match *m, Value *v) { // what is stored for the error
    VM *vm = m->vm;
    Value e;
    if (m->from_promise_throw) e = m->received;
    else {
        if (!v_is_callable(m->received)) return usage_error(m, "", "received value must be a function", "Received", m->received);
        Value r = CALL0(vm, m->received, V_UNDEFINED);
        if (!v_is_exc(r)) return usage_error(m, "", "Received function did not throw", NULL, V_UNDEFINED);
        e = vm_take_exception(vm);
    }
    *v = e;
    if (runtime_dialect() == DIALECT_VITEST || !v_is_object(e)) return true;
    *v = get_rjs(vm, e, A_(vm, message));
    return !v_is_exc(*v);
}
bool match_throw_snapshot(Match *m) {
    Value v;
    if (!in_test(m) || !thrown_value(m, &v)) return false;
    return compare_stored(m, v, v_is_string(MARG(0)) ? runtime_utf8(dxtest, v_string(m->argv[0])) : NULL, m->argc ? "hint" : "");
}

// ---- inline

// Removes the indentation the formatter added (stripAddedIndentation), then the line breaks round the text.
static char *strip_inline(char *s) {
    size_t n = strlen(s);
    char *last = strrchr(s, '\n');
    if (last && s[0] == '\n' && strspn(last + 1, " \t") == strlen(last + 1)) {
        char *first = s + 1;
        while (*first == '\n') first++;
        size_t indent = strspn(first, " \t");
        bool all = true;
        for (char *line = s + 1; line < last && all; line = strchr(line, '\n') + 1)
            all = *line == '\n' || strspn(line, " \t") >= indent || strspn(line, " \t") == strcspn(line, "\n");
        char *w = s;
        for (char *line = s + 1; line <= last; ) {
            char *end = line > last ? s + n : strchr(line, '\n');
            if (line > last || !end) break;
            size_t skip = all ? (strspn(line, " \t") < indent ? strspn(line, " \t") : indent) : 0;
            memmove(w, line + skip, (size_t)(end - line) - skip);
            w += (size_t)(end - line) - skip;
            *w++ = '\n';
            line = end + 1;
        }
        if (w > s) w--;
        *w = 0;
    }
    return s;
}
static bool write_inline(Match *m, const char *text, bool is_new) {
    VM *vm = m->vm;
    Value site = v_is_undefined(m->site) ? error_new(vm, REALM_ErrorPrototype, A_(vm, empty)) : m->site;
    switch (inline_add(dxtest, site, text)) {
    case INLINE_OTHER_VALUE: return throw_error(vm, "%s with different snapshots cannot be called at the same location", m->name), false;
    case INLINE_NOWHERE: return throw_error(vm, "cannot write the inline snapshot: no call of %s is found in the source", m->name), false;
    default:
        (*(is_new ? &dxtest->result->snapshots.added : &dxtest->result->snapshots.updated))++;
        return m->pass = true;
    }
}
static bool compare_inline(Match *m, Value v, Value text, const char *label) {
    size_t len;
    char *received = serialize_rjs(m, v, &len);
    if (!received) return false;
    const char *key = snapshot_count_inline(dxtest);
    bool update = dxtest->opt.update_snapshots;
    if (!v_is_string(text)) {
        if (!dxtest->opt.ci || update) return write_inline(m, received, true);
        dxtest->result->snapshots.unmatched++;
        m->pass = false;
        put_hint(m, label, NULL);
        return put_not_written(m, key, received);
    }
    char *expected = strip_inline(runtime_utf8(dxtest, v_string(text)));
    size_t n = strlen(expected);
    m->pass = n == len && !memcmp(expected, received, n);
    if (m->pass) return dxtest->result->snapshots.matched++, true;
    if (update) return write_inline(m, received, false);
    dxtest->result->snapshots.unmatched++;
    put_hint(m, label, NULL);
    put(m, "Snapshot name: `");
    put(m, key);
    put(m, "`\n\n");
    return put_snapshot_diff(m, expected, received);
}
bool match_inline_snapshot(Match *m) { // (text) or (properties, text)
    if (!in_test(m)) return false;
    Value v = m->received;
    if (!v_is_object(MARG(0))) return compare_inline(m, v, MARG(0), m->argc ? "snapshot" : "");
    const char *label = m->argc > 1 ? "properties, snapshot" : "properties";
    if (!apply_properties(m, m->argv[0], &v, label)) return false;
    return !m->pass || compare_inline(m, v, MARG(1), label);
}
bool match_throw_inline_snapshot(Match *m) {
    Value v;
    return in_test(m) && thrown_value(m, &v) && compare_inline(m, v, MARG(0), m->argc ? "snapshot" : "");
}
