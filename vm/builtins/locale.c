// SPDX-License-Identifier: MIT
// Reading the arguments of toLocaleString methods (ECMA-402 9.2, as far as one locale needs it).
#include "vm/builtins/locale.h"

#include <math.h>
#include <stdio.h>

static bool fail(VM *vm, ErrorId id, const char *text) {
    vm_throw(vm, id, text);
    return false;
}

// Index of word among blank-separated words, or -1.
static int find_word(const char *words, const char *word) {
    size_t n = strlen(word);
    for (int i = 0; *words; i++) {
        size_t len = strcspn(words, " ");
        if (len == n && memcmp(words, word, n) == 0) return i;
        words += len + (words[len] == ' ');
    }
    return -1;
}

// LOCALE_US or LOCALE_GB; -1 thrown.
static int check_tag(VM *vm, Value tag, const char *method) {
    char text[200];
    Buf tmp = {0};
    if (!v_is_string(tag) && !v_is_object(tag)) return fail(vm, ERR_CUSTOM_TYPE, "Incorrect locale information provided") - 1;
    String *s = to_string_rjs(vm, tag);
    if (!s) return -1;
    const char *name = str_to_cstr(vm, s, &tmp);
    bool gb = strcmp(name, "en-GB") == 0;
    bool known = gb || strcmp(name, "en-US") == 0 || strcmp(name, "en") == 0 || strncmp(name, "en-US-u-", 8) == 0;
    snprintf(text, sizeof text, "%s: the locale '%.60s' is not available (only en-US and en-GB are)", method, name);
    buf_free(&tmp);
    return known ? (gb ? LOCALE_GB : LOCALE_US) : fail(vm, ERR_CUSTOM_TYPE, text) - 1;
}

int locale_pick_rjs(VM *vm, Value locales, const char *method) {
    if (v_is_undefined(locales)) return LOCALE_US;
    if (v_is_string(locales)) return check_tag(vm, locales, method);
    if (v_is_null(locales)) return fail(vm, ERR_CUSTOM_TYPE, "Cannot convert undefined or null to object") - 1;
    if (!v_is_object(locales)) return LOCALE_US; // a number or boolean has no elements
    i64 len = length_of_array_like_rjs(vm, locales);
    if (len <= 0) return len == 0 ? LOCALE_US : -1;
    Value first = get_rjs(vm, locales, key_from_index(0)); // the first one decides
    return v_is_exc(first) ? -1 : check_tag(vm, first, method);
}
bool locale_check_rjs(VM *vm, Value locales, const char *method) { return locale_pick_rjs(vm, locales, method) >= 0; }

static bool get_option(VM *vm, Value options, const char *name, Value *out) {
    *out = v_is_undefined(options) ? V_UNDEFINED : get_v_rjs(vm, options, key_c(vm, name));
    return !v_is_exc(*out);
}

bool locale_option_rjs(VM *vm, Value options, const char *name, const char *allowed, const char *method, int *out) {
    Value v;
    *out = -1;
    if (!get_option(vm, options, name, &v)) return false;
    if (v_is_undefined(v)) return true;
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    Buf tmp = {0};
    char text[256];
    const char *word = str_to_cstr(vm, s, &tmp);
    *out = find_word(allowed, word);
    snprintf(text, sizeof text, "Value %.60s out of range for %s options property %s", word, method, name);
    buf_free(&tmp);
    return *out >= 0 || fail(vm, ERR_CUSTOM_RANGE, text);
}

bool locale_number_option_rjs(VM *vm, Value options, const char *name, int lo, int hi, int dflt, int *out) {
    Value v;
    f64 n;
    *out = dflt;
    if (!get_option(vm, options, name, &v)) return false;
    if (v_is_undefined(v)) return true;
    if (!to_f64_rjs(vm, v, &n)) return false;
    if (!(n >= lo && n <= hi)) {
        char text[100];
        snprintf(text, sizeof text, "%s value is out of range.", name);
        return fail(vm, ERR_CUSTOM_RANGE, text);
    }
    *out = (int)floor(n);
    return true;
}

bool locale_flag_rjs(VM *vm, Value options, const char *name, int *out) {
    Value v;
    *out = -1;
    if (!get_option(vm, options, name, &v)) return false;
    if (!v_is_undefined(v)) *out = to_boolean(v);
    return true;
}

bool locale_refuse_rjs(VM *vm, Value options, const char *names, const char *method) {
    while (*names) {
        char name[40], text[160];
        size_t len = strcspn(names, " ");
        Value v;
        snprintf(name, sizeof name, "%.*s", (int)len, names);
        names += len + (names[len] == ' ');
        if (!get_option(vm, options, name, &v)) return false;
        if (v_is_undefined(v)) continue;
        snprintf(text, sizeof text, "%s: the option '%s' needs Intl, which is not available", method, name);
        return fail(vm, ERR_CUSTOM_TYPE, text);
    }
    return true;
}
