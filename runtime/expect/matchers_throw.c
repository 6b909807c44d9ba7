// SPDX-License-Identifier: MIT
// toThrow and its argument kinds.
#include <stdio.h>

#include "runtime/expect/asymmetric.h"
#include "runtime/expect/match.h"
#include "vm/assert/equal.h"

typedef struct Thrown { bool has; Value value; bool has_message; Value message; } Thrown;

static bool read_thrown_rjs(Match *m, Thrown *t) {
    VM *vm = m->vm;
    *t = (Thrown){false, V_UNDEFINED, false, V_UNDEFINED};
    if (m->promise[0] && m->from_promise_throw) { // rejects: the rejection is what was thrown
        bool error = v_is_kind(m->received, CELL_ERROR) || runtime_dialect() != DIALECT_JEST;
        t->has = error;
        t->value = m->received;
    } else if (!v_is_callable(m->received)) {
        if (m->promise[0]) return true; // resolves with a value: nothing was thrown
        return usage_error(m, m->argc ? "expected" : "", "received value must be a function", "Received", m->received);
    } else {
        Value r = CALL0(vm, m->received, V_UNDEFINED);
        if (v_is_exc(r)) {
            t->has = true;
            t->value = vm_take_exception(vm);
        }
    }
    if (!t->has) return true;
    if (v_is_object(t->value)) {
        Value msg = get_rjs(vm, t->value, A_(vm, message));
        if (v_is_exc(msg)) return false;
        t->has_message = v_is_string(msg);
        t->message = msg;
    } else if (v_is_string(t->value)) {
        t->has_message = true;
        t->message = t->value;
    } else if (runtime_dialect() == DIALECT_BUN) {
        String *s = to_string_rjs(vm, t->value);
        if (!s) return false;
        t->has_message = true;
        t->message = v_from_string(s);
    }
    return true;
}

// Where the error came from: code frame and stack lines, moved in as Jest does.
static void put_origin(Match *m, const Thrown *t) {
    put(m, "\n");
    if (!dxtest || !v_is_kind(t->value, CELL_ERROR)) return;
    DxtestFailure f = failure_from_error(dxtest, t->value);
    const char *parts[2] = {f.code_frame, f.stack};
    for (u32 i = 0; i < 2; i++) {
        if (!parts[i] || !parts[i][0]) continue;
        put(m, "\n");
        for (const char *p = parts[i]; *p;) {
            size_t n = strcspn(p, "\n");
            char *line = arena_strndup(dxtest->arena, p, n);
            put(m, !n ? "" : i == 0 ? "    " : "      ");
            put(m, line);
            put(m, "\n");
            p += n + (p[n] == '\n');
        }
    }
    m->out.buf.len -= m->out.wide ? 2 : 1; // the last line break
    m->out.len--;
}

static bool put_thrown(Match *m, const Thrown *t, const char *label_message, const char *label_value) {
    if (!t->has) return put(m, m->promise[0] ? "Received promise resolved or rejected without an error" : "Received function did not throw"), true;
    bool error = v_is_kind(t->value, CELL_ERROR) || t->has_message;
    put(m, error && v_is_object(t->value) ? label_message : label_value);
    if (!put_received(m, error && v_is_object(t->value) ? t->message : t->value)) return false;
    put_origin(m, t);
    return true;
}

static bool fail_text(Match *m, const Thrown *t, const char *what, Value expected) { // substring, pattern, message
    put_hint(m, "expected", NULL);
    put(m, "Expected ");
    put(m, what);
    put(m, m->is_not ? ": not " : ": ");
    if (!put_expected(m, expected)) return false;
    put(m, !t->has && !m->is_not ? "\n\n" : "\n");
    char label[64], value[64];
    size_t w = strlen(what) + 9 + 2 + (m->is_not ? 4 : 0);
    snprintf(label, sizeof label, "Received message:%*s", (int)(w > 17 ? w - 17 : 1), "");
    snprintf(value, sizeof value, "Received value:%*s", (int)(w > 15 ? w - 15 : 1), "");
    return put_thrown(m, t, label, value);
}

static bool throw_any(Match *m, const Thrown *t) {
    m->pass = t->has;
    if (!WRONG(m)) return true;
    put_hint(m, "", NULL);
    if (!m->is_not) return put_thrown(m, t, "", "");
    put(m, v_is_kind(t->value, CELL_ERROR) ? "Error name:    " : "Thrown value: ");
    if (!v_is_kind(t->value, CELL_ERROR)) return put_received(m, t->value);
    Value name = get_rjs(m->vm, t->value, A_(m->vm, name));
    if (v_is_exc(name) || !put_received(m, name)) return false;
    put(m, "\nError message: ");
    if (!put_received(m, t->message)) return false;
    put_origin(m, t);
    return true;
}

static bool throw_class(Match *m, const Thrown *t, Value c) {
    VM *vm = m->vm;
    int r = t->has ? instance_of_rjs(vm, t->value, c) : 0;
    if (r < 0) return false;
    m->pass = r;
    if (!WRONG(m)) return true;
    Buf b = {0};
    put_hint(m, "expected", NULL);
    put(m, m->is_not ? "Expected constructor: not " : "Expected constructor: ");
    put_expected_text(m, str_to_cstr(vm, v_string(function_name(vm, c)), &b));
    put(m, "\n");
    bool ok = true;
    if (!t->has) ok = put_thrown(m, t, "", "");
    else if (v_is_object(t->value)) {
        Value ctor = get_rjs(vm, t->value, A_(vm, constructor));
        ok = !v_is_exc(ctor);
        if (ok && !m->is_not) {
            put(m, "Received constructor: ");
            b.len = 0;
            put_received_text(m, v_is_callable(ctor) ? str_to_cstr(vm, v_string(function_name(vm, ctor)), &b) : "anonymous");
            put(m, "\n\n");
        }
        put(m, "Received message: ");
        ok = ok && put_received(m, t->message);
        if (ok) put_origin(m, t);
    } else {
        put(m, "\nReceived value: ");
        ok = put_received(m, t->value);
    }
    buf_free(&b);
    return ok;
}

static bool throw_value(Match *m, const Thrown *t, Value expected) { // Vitest: deep equality with the thrown value
    int r = t->has ? equals_rjs(m->vm, t->value, expected) : 0;
    if (r < 0) return false;
    m->pass = r;
    if (!WRONG(m)) return true;
    put_hint(m, "expected", NULL);
    if (!t->has) {
        if (!put_labelled(m, "Expected: ", true, expected)) return false;
        return put_thrown(m, t, "", "");
    }
    return put_diff_or_values(m, expected, t->value, "Expected", "Received");
}

static bool throw_error_object(Match *m, const Thrown *t, Value expected) {
    VM *vm = m->vm;
    if (runtime_dialect() == DIALECT_VITEST) return throw_value(m, t, expected);
    Value msg = get_rjs(vm, expected, A_(vm, message));
    if (v_is_exc(msg)) return false;
    m->pass = t->has && t->has_message && same_value(vm, t->message, msg);
    if (m->pass && runtime_dialect() == DIALECT_JEST && v_is_kind(expected, CELL_ERROR)) {
        int has = has_own_rjs(vm, expected, A_(vm, cause));
        if (has < 0) return false;
        if (has) {
            Value a = get_v_rjs(vm, t->value, A_(vm, cause)), b = v_is_exc(a) ? V_EXC : get_rjs(vm, expected, A_(vm, cause));
            int eq = v_is_exc(b) ? -1 : equals_rjs(vm, a, b);
            if (eq < 0) return false;
            m->pass = eq;
        }
    }
    return !WRONG(m) || fail_text(m, t, "message", msg);
}

static bool verdict(Match *m, const Thrown *t) {
    VM *vm = m->vm;
    Value e = MARG(0);
    if (m->argc == 0 || v_is_undefined(e)) return throw_any(m, t);
    int asym = is_asymmetric_rjs(vm, e);
    if (asym < 0) return false;
    if (asym) {
        int r = t->has ? asymmetric_match_rjs(vm, e, t->value) : 0;
        if (r < 0) return false;
        m->pass = r;
        return !WRONG(m) || fail_text(m, t, "asymmetric matcher", e);
    }
    if (v_is_callable(e)) return throw_class(m, t, e);
    if (v_is_string(e)) {
        m->pass = t->has && t->has_message && str_index_of(vm, v_string(t->message), v_string(e), 0) >= 0;
        return !WRONG(m) || fail_text(m, t, "substring", e);
    }
    if (v_is_kind(e, CELL_REGEXP)) {
        Value r = t->has && t->has_message ? invoke_rjs(vm, e, A_(vm, test), 1, &t->message) : V_FALSE;
        if (v_is_exc(r)) return false;
        m->pass = to_boolean(r);
        return !WRONG(m) || fail_text(m, t, "pattern", e);
    }
    if (v_is_object(e)) return throw_error_object(m, t, e);
    if (runtime_dialect() == DIALECT_VITEST && !v_is_null(e)) return throw_value(m, t, e);
    return usage_error(m, "expected", "expected value must be a string or regular expression or class or error", "Expected", e);
}

bool match_throw(Match *m) {
    Thrown t;
    return read_thrown_rjs(m, &t) && verdict(m, &t);
}
