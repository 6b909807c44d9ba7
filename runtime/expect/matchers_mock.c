// SPDX-License-Identifier: MIT
// Matchers on mock functions: calls, arguments, results.
#include <stdio.h>

#include "runtime/expect/match.h"
#include "runtime/mock/mock.h"
#include "vm/assert/equal.h"

static Arena scratch; // outside a test run (dxvm run)

static bool need_mock(Match *m, const char *label) {
    if (mock_is(m->vm, m->received)) return true;
    usage_error(m, label, "received value must be a mock or spy function", "Received", m->received);
    return false;
}
static const char *received_label(Match *m, Buf *b) { // what stands in expect(…): the mock's name
    String *n = mock_name(m->vm, m->received);
    return n && n->length ? str_to_cstr(m->vm, n, b) : "jest.fn()";
}
static void mock_hint(Match *m, const char *label) {
    Buf b = {0};
    put_hint_received(m, received_label(m, &b), label, NULL);
    buf_free(&b);
}
static void put_count(Match *m, const char *label, u64 n, bool expected) {
    char s[32];
    snprintf(s, sizeof s, "%llu", (unsigned long long)n);
    put(m, label);
    expected ? put_expected_text(m, s) : put_received_text(m, s);
}

// ---- how often

static bool put_first_calls(Match *m); // up to three calls, for toHaveBeenCalled with not
static bool count_matcher(Match *m, u64 have, bool at_least_one, u64 want, const char *noun) {
    char label[96];
    m->pass = at_least_one ? have > 0 : have == want;
    if (!WRONG(m)) return true;
    mock_hint(m, m->argc ? "expected" : "");
    const char *cmp = at_least_one && !m->is_not ? ">= " : "";
    snprintf(label, sizeof label, "Expected number of %s: %s%s", noun, m->is_not && !at_least_one ? "not " : "", cmp);
    put_count(m, label, at_least_one ? (m->is_not ? 0 : 1) : want, true);
    snprintf(label, sizeof label, "\nReceived number of %s: %s", noun, m->is_not && !at_least_one ? "    " : at_least_one && !m->is_not ? "   " : "");
    put_count(m, label, have, false);
    return !(at_least_one && m->is_not && !strcmp(noun, "calls")) || put_first_calls(m);
}
static bool count_argument(Match *m, u64 *out) {
    Value v = MARG(0);
    f64 d = v_is_number(v) ? v_num(v) : -1;
    if (d < 0 || d != (f64)(u64)d) return usage_error(m, "expected", "expected value must be a non-negative integer", "Expected", v);
    *out = (u64)d;
    return true;
}
bool match_called(Match *m) { return need_mock(m, "") && count_matcher(m, mock_calls(m->vm, m->received)->length, true, 0, "calls"); }
bool match_called_once(Match *m) { return need_mock(m, "") && count_matcher(m, mock_calls(m->vm, m->received)->length, false, 1, "calls"); }
bool match_called_times(Match *m) {
    u64 n;
    return need_mock(m, "expected") && count_argument(m, &n) && count_matcher(m, mock_calls(m->vm, m->received)->length, false, n, "calls");
}

// ---- with what

static Value call_at(Array *calls, u32 i) { return obj_elems(&calls->o)->v[i]; }

static int call_matches_rjs(Match *m, Value args, int argc, Value *argv) { // 1, 0, -1; the argument count must be the same
    if (v_array(args)->length != (u32)argc) return 0;
    for (int i = 0; i < argc; i++) {
        Value x = get_rjs(m->vm, args, key_from_index((u32)i));
        int r = v_is_exc(x) ? -1 : equals_rjs(m->vm, x, argv[i]);
        if (r <= 0) return r;
    }
    return 1;
}
static bool put_arguments(Match *m, const Value *v, u32 n, bool expected, const Value *against, u32 against_n) {
    if (n == 0) return put(m, "called with 0 arguments"), true;
    for (u32 i = 0; i < n; i++) {
        if (i) put(m, ", ");
        int same = 0;
        if (!expected && i < against_n) same = equals_rjs(m->vm, v[i], against[i]);
        if (same < 0) return false;
        bool dim = same && !m->is_not && dxtest && dxtest->opt.color;
        if (dim) put(m, "\033[2m");
        if (!(same && !m->is_not ? put_value(m, v[i]) : expected ? put_expected(m, v[i]) : put_received(m, v[i]))) return false;
        if (dim) put(m, "\033[22m");
    }
    return true;
}
static bool put_one_call(Match *m, Array *calls, u32 i, int argc, Value *argv) {
    Value args = call_at(calls, i);
    return put_arguments(m, v_array(args)->length ? obj_elems(v_object(args))->v : NULL, v_array(args)->length, false, argv, (u32)argc);
}
static bool put_first_calls(Match *m) {
    Array *calls = mock_calls(m->vm, m->received);
    put(m, "\n");
    for (u32 i = 0; i < calls->length && i < 3; i++) {
        char s[32];
        snprintf(s, sizeof s, "\n%u: ", i + 1);
        put(m, s);
        if (!put_one_call(m, calls, i, 0, NULL)) return false;
    }
    return true;
}
// "Received: …" for the only call there is, else a numbered list; `at` >= 0 marks that call and shows its neighbours.
static bool put_calls(Match *m, Array *calls, int argc, Value *argv, i64 at, const bool *show) {
    u32 n = calls->length, shown = 0;
    const char *pad = m->is_not ? "    " : "";
    if (n == 1) {
        put(m, "\nReceived: ");
        put(m, pad);
        return put_one_call(m, calls, 0, argc, argv);
    }
    for (u32 i = 0; i < n && shown < 3; i++) {
        char s[48];
        if (at >= 0 ? i + 1 < at || (i64)i > at + 1 : !show[i]) continue;
        if (!shown++) put(m, "\nReceived");
        snprintf(s, sizeof s, "\n%s     %u: %s", (i64)i == at ? "->" : "  ", i + 1, pad);
        put(m, s);
        if (!put_one_call(m, calls, i, argc, argv)) return false;
    }
    return true;
}

static bool with_matcher(Match *m, Array *calls, i64 from, i64 to, i64 at, int argc, Value *argv, const char *label, const char *extra) {
    bool *show = arena_zalloc(dxtest ? dxtest->arena : &scratch, calls->length + 1); // which calls a list would name
    int found = 0;
    for (i64 i = from; i < to && (!found || m->is_not); i++) {
        int r = call_matches_rjs(m, call_at(calls, (u32)i), argc, argv);
        if (r < 0) return false;
        found |= r;
        show[i] = m->is_not ? r : true;
    }
    m->pass = found;
    if (!WRONG(m)) return true;
    mock_hint(m, label);
    put(m, extra);
    put(m, m->is_not ? "Expected: not " : "Expected: ");
    if (!put_arguments(m, argv, (u32)argc, true, NULL, 0)) return false;
    if (calls->length && !put_calls(m, calls, argc, argv, at, show)) return false;
    put_count(m, "\n\nNumber of calls: ", calls->length, false);
    return true;
}
bool match_called_with(Match *m) {
    if (!need_mock(m, "...expected")) return false;
    Array *calls = mock_calls(m->vm, m->received);
    return with_matcher(m, calls, 0, calls->length, -1, m->argc, m->argv, "...expected", "");
}
bool match_called_exactly_once_with(Match *m) {
    if (!need_mock(m, "...expected")) return false;
    Array *calls = mock_calls(m->vm, m->received);
    return with_matcher(m, calls, 0, calls->length == 1, -1, m->argc, m->argv, "...expected", "");
}
bool match_last_called_with(Match *m) {
    if (!need_mock(m, "...expected")) return false;
    Array *calls = mock_calls(m->vm, m->received);
    i64 n = calls->length;
    return with_matcher(m, calls, n ? n - 1 : 0, n, n - 1, m->argc, m->argv, "...expected", "");
}
static bool nth_argument(Match *m, i64 *n, const char *label) {
    Value v = MARG(0);
    if (!v_is_int(v) || v_int(v) < 1) return usage_error(m, label, "n must be a positive integer", "n", v);
    *n = v_int(v);
    return true;
}
bool match_nth_called_with(Match *m) {
    i64 n = 0;
    char extra[32];
    if (!need_mock(m, "n, ...expected") || !nth_argument(m, &n, "n, ...expected")) return false;
    Array *calls = mock_calls(m->vm, m->received);
    snprintf(extra, sizeof extra, "n: %lld\n", (long long)n);
    bool there = n <= (i64)calls->length;
    return with_matcher(m, calls, there ? n - 1 : 0, there ? n : 0, there ? n - 1 : -1, m->argc - 1, m->argv + 1, "n, ...expected", extra);
}

// ---- order between mocks

static bool order_matcher(Match *m, bool before) {
    Value other = MARG(0);
    if (!need_mock(m, "expected")) return false;
    if (!mock_is(m->vm, other)) return usage_error(m, "expected", "expected value must be a mock or spy function", "Expected", other);
    Array *a = mock_call_order(m->vm, m->received), *b = mock_call_order(m->vm, other);
    bool fail_if_none = m->argc < 2 || to_boolean(m->argv[1]);
    f64 x = a->length ? v_num(call_at(a, 0)) : -1, y = b->length ? v_num(call_at(b, before ? 0 : 0)) : -1;
    if (before) m->pass = x < 0 ? !fail_if_none : y >= 0 && x < y;
    else m->pass = y < 0 ? !fail_if_none : x >= 0 && x > y;
    if (!WRONG(m)) return true;
    mock_hint(m, "expected");
    put(m, "Expected the mock to have been called ");
    put(m, m->is_not ? "not " : "");
    put(m, before ? "before the other mock" : "after the other mock");
    return true;
}
bool match_called_before(Match *m) { return order_matcher(m, true); }
bool match_called_after(Match *m) { return order_matcher(m, false); }

// ---- results: objects {type, value}; `settled` looks at what returned promises became (Vitest)

typedef struct Results { Array *list; PropKey type; const char *noun; } Results;
static Results results_of(Match *m, bool settled) {
    VM *vm = m->vm;
    if (settled) return (Results){mock_settled(vm, m->received), A_(vm, fulfilled), "resolved promises"};
    return (Results){mock_results(vm, m->received), A_(vm, return), "returns"};
}
static int result_counts_rjs(Match *m, const Results *rs, u32 i, Value *value) { // 1 of the wanted type, 0 not, -1
    VM *vm = m->vm;
    Value r = call_at(rs->list, i), type = get_rjs(vm, r, A_(vm, type));
    if (v_is_exc(type)) return -1;
    *value = get_rjs(vm, r, A_(vm, value));
    if (v_is_exc(*value)) return -1;
    return v_is_string(type) && str_equal(vm, v_string(type), v_string(rs->type));
}
static i64 count_results_rjs(Match *m, const Results *rs) {
    i64 n = 0;
    for (u32 i = 0; i < rs->list->length; i++) {
        Value v;
        int r = result_counts_rjs(m, rs, i, &v);
        if (r < 0) return -1;
        n += r;
    }
    return n;
}
static bool returned(Match *m, bool settled) {
    if (!need_mock(m, "")) return false;
    Results rs = results_of(m, settled);
    i64 n = count_results_rjs(m, &rs);
    return n >= 0 && count_matcher(m, (u64)n, true, 0, rs.noun);
}
static bool returned_times(Match *m, bool settled) {
    u64 want = 0;
    if (!need_mock(m, "expected") || !count_argument(m, &want)) return false;
    Results rs = results_of(m, settled);
    i64 n = count_results_rjs(m, &rs);
    return n >= 0 && count_matcher(m, (u64)n, false, want, rs.noun);
}
static bool put_results(Match *m, const Results *rs, i64 at) {
    u32 shown = 0;
    for (u32 i = 0; i < rs->list->length && shown < 3; i++) {
        Value v;
        char s[48];
        int r = result_counts_rjs(m, rs, i, &v);
        if (r < 0) return false;
        if (!r || (at >= 0 && (i + 1 < at || (i64)i > at + 1))) continue;
        if (rs->list->length == 1) put(m, m->is_not ? "\nReceived:     " : "\nReceived: ");
        else {
            if (!shown) put(m, "\nReceived");
            snprintf(s, sizeof s, "\n%s     %u: %s", (i64)i == at ? "->" : "  ", i + 1, m->is_not ? "    " : "");
            put(m, s);
        }
        shown++;
        if (!put_received(m, v)) return false;
    }
    return true;
}
static bool compare_results(Match *m, const Results *rs, i64 from, i64 to, i64 at, Value want, const char *label, const char *extra) {
    char line[64];
    m->pass = false;
    for (i64 i = from; i < to && !m->pass; i++) {
        Value v;
        int r = result_counts_rjs(m, rs, (u32)i, &v), eq = r > 0 ? equals_rjs(m->vm, v, want) : r;
        if (eq < 0) return false;
        m->pass = eq;
    }
    if (!WRONG(m)) return true;
    mock_hint(m, label);
    put(m, extra);
    put(m, m->is_not ? "Expected: not " : "Expected: ");
    if (!put_expected(m, want) || !put_results(m, rs, at)) return false;
    i64 n = count_results_rjs(m, rs);
    if (n < 0) return false;
    snprintf(line, sizeof line, "\n\nNumber of %s: ", rs->noun);
    put_count(m, line, (u64)n, false);
    return true;
}
enum Which { WHICH_ANY, WHICH_LAST, WHICH_NTH };
static bool returned_with(Match *m, bool settled, enum Which which) {
    const char *label = which == WHICH_NTH ? "n, expected" : "expected";
    char extra[32] = "";
    i64 n = 0;
    if (!need_mock(m, label) || (which == WHICH_NTH && !nth_argument(m, &n, label))) return false;
    Results rs = results_of(m, settled);
    i64 count = rs.list->length;
    if (which == WHICH_ANY) return compare_results(m, &rs, 0, count, -1, MARG(0), label, extra);
    if (which == WHICH_LAST) return compare_results(m, &rs, count ? count - 1 : 0, count, count - 1, MARG(0), label, extra);
    snprintf(extra, sizeof extra, "n: %lld\n", (long long)n);
    return compare_results(m, &rs, n <= count ? n - 1 : 0, n <= count ? n : 0, n - 1, MARG(1), label, extra);
}
bool match_returned(Match *m) { return returned(m, false); }
bool match_returned_times(Match *m) { return returned_times(m, false); }
bool match_returned_with(Match *m) { return returned_with(m, false, WHICH_ANY); }
bool match_last_returned_with(Match *m) { return returned_with(m, false, WHICH_LAST); }
bool match_nth_returned_with(Match *m) { return returned_with(m, false, WHICH_NTH); }
bool match_resolved(Match *m) { return returned(m, true); }
bool match_resolved_times(Match *m) { return returned_times(m, true); }
bool match_resolved_with(Match *m) { return returned_with(m, true, WHICH_ANY); }
bool match_last_resolved_with(Match *m) { return returned_with(m, true, WHICH_LAST); }
bool match_nth_resolved_with(Match *m) { return returned_with(m, true, WHICH_NTH); }
