// SPDX-License-Identifier: MIT
// A matcher call, and the message kit (jest-matcher-utils). A matcher computes its verdict and, when the verdict is the wrong one
// (m->pass == m->is_not), appends its message to m->out.
#ifndef DX_MATCH_H
#define DX_MATCH_H

#include "runtime/expect/expect.h"

typedef struct Match {
    VM *vm;
    const char *name;      // "toBe"
    Value received;
    int argc;
    Value *argv;
    bool is_not;
    const char *promise;   // "", "resolves", "rejects"
    bool from_promise_throw; // rejects.toThrow: received is the rejection itself
    Value site;            // an Error made where the matcher was called; undefined: here
    bool pass;
    StrBuf out;            // message
} Match;

typedef bool (*MatcherFn)(Match *m); // false: an exception is pending (usage error or user code threw)
typedef struct Matcher { const char *name; MatcherFn fn; u8 length; } Matcher;
extern const Matcher matchers[];
u32 matcher_find(const char *name);  // index, 0xFFFFFFFF

#define MARG(i) ((i) < m->argc ? m->argv[i] : V_UNDEFINED)
#define WRONG(m) ((m)->pass == (m)->is_not)

// ---- message.c
void put(Match *m, const char *utf8);
bool put_value(Match *m, Value v);                       // stringify: one line, cut down when long
bool put_expected(Match *m, Value v);                    // green
bool put_received(Match *m, Value v);                    // red
void put_expected_text(Match *m, const char *s);
void put_received_text(Match *m, const char *s);
// expect(received).not.name(expected) // comment \n\n
void put_hint(Match *m, const char *expected_label, const char *comment);
void put_hint_received(Match *m, const char *received_label, const char *expected_label, const char *comment);
// "Expected: …\nReceived: …" or a diff (printDiffOrStringify)
bool put_diff_or_values(Match *m, Value expected, Value received, const char *expected_label, const char *received_label);
const char *type_name(VM *vm, Value v);                   // jest-get-type
// Usage error: hint, then "Matcher error: " + text and the culprit. Always false.
bool usage_error(Match *m, const char *expected_label, const char *text, const char *which, Value v);
bool put_labelled(Match *m, const char *label, bool expected, Value v); // label + value + newline

u32 equal_flags(enum DxDialect d, bool strict);
int equals_rjs(VM *vm, Value received, Value expected);   // toEqual in the file's dialect: 1, 0, -1

// ---- matcher files
#define MATCHER(fn) bool fn(Match *m)
MATCHER(match_to_be); MATCHER(match_to_equal); MATCHER(match_to_strict_equal); MATCHER(match_to_match_object);
MATCHER(match_truthy); MATCHER(match_falsy); MATCHER(match_null); MATCHER(match_undefined); MATCHER(match_defined); MATCHER(match_nan);
MATCHER(match_greater); MATCHER(match_greater_equal); MATCHER(match_less); MATCHER(match_less_equal); MATCHER(match_close_to);
MATCHER(match_instance_of); MATCHER(match_contain); MATCHER(match_contain_equal); MATCHER(match_length); MATCHER(match_property);
MATCHER(match_match); MATCHER(match_throw);
MATCHER(match_called); MATCHER(match_called_times); MATCHER(match_called_once); MATCHER(match_called_with); MATCHER(match_last_called_with); MATCHER(match_nth_called_with);
MATCHER(match_called_exactly_once_with); MATCHER(match_called_before); MATCHER(match_called_after);
MATCHER(match_returned); MATCHER(match_returned_times); MATCHER(match_returned_with); MATCHER(match_last_returned_with); MATCHER(match_nth_returned_with);
MATCHER(match_resolved); MATCHER(match_resolved_times); MATCHER(match_resolved_with); MATCHER(match_last_resolved_with); MATCHER(match_nth_resolved_with);
MATCHER(match_snapshot); MATCHER(match_throw_snapshot); MATCHER(match_inline_snapshot); MATCHER(match_throw_inline_snapshot);
MATCHER(match_simple);      // toBeArray, toBeString ... : by name (matchers_more.c)
MATCHER(match_one_of); MATCHER(match_satisfy); MATCHER(match_type_of); MATCHER(match_within); MATCHER(match_string_part); MATCHER(match_keys); MATCHER(match_values);
MATCHER(match_size); MATCHER(match_include_repeated); MATCHER(match_ignoring_whitespace);
#undef MATCHER

#endif
