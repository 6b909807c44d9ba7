// SPDX-License-Identifier: MIT
// Numbers in the locale en-US (ECMA-402 15): decimal, percent and currency; rounding is half away from zero on the
// shortest decimal digits, as ICU's default is for numbers.
#include "format/base/numtext.h"
#include "vm/builtins/locale.h"

#include <math.h>
#include <stdio.h>

#define METHOD "Number.prototype.toLocaleString"
#define MAX_DIGITS 21

typedef struct NumberFormat {
    int style; // 0 decimal, 1 percent, 2 currency
    int min_int, min_fraction, max_fraction, min_significant, max_significant; // significant: 0 if not in use
    int grouping, sign; // sign: 0 auto, 1 never, 2 always, 3 exceptZero, 4 negative
    char currency[4];
} NumberFormat;

static const struct {
    char code[4];
    const char *symbol;
    u8 digits;
} CURRENCIES[] = {
    {"USD", "$", 2},   {"EUR", "€", 2},   {"GBP", "£", 2},   {"JPY", "¥", 0},   {"INR", "₹", 2},   {"CAD", "CA$", 2}, {"AUD", "A$", 2},
    {"CNY", "CN¥", 2}, {"KRW", "₩", 0},   {"MXN", "MX$", 2}, {"BRL", "R$", 2},  {"NZD", "NZ$", 2}, {"HKD", "HK$", 2}, {"ILS", "₪", 2},
    {"TWD", "NT$", 2}, {"VND", "₫", 0},   {"PHP", "₱", 2},   {"XCD", "EC$", 2}, {"CLP", NULL, 0},  {"ISK", NULL, 0},  {"PYG", NULL, 0},
    {"UGX", NULL, 0},  {"BHD", NULL, 3},  {"KWD", NULL, 3},  {"JOD", NULL, 3},  {"OMR", NULL, 3},  {"TND", NULL, 3},  {"IQD", NULL, 0},
};

static bool read_currency(VM *vm, Value options, NumberFormat *f) {
    Value v = v_is_undefined(options) ? V_UNDEFINED : get_v_rjs(vm, options, key_c(vm, "currency"));
    if (v_is_exc(v)) return false;
    if (v_is_undefined(v)) {
        if (f->style == 2) vm_throw(vm, ERR_CUSTOM_TYPE, "Currency code is required with currency style.");
        return f->style != 2;
    }
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    Chars c = str_chars(vm, s);
    bool ok = c.len == 3 && !c.wide;
    for (u32 i = 0; i < 3 && ok; i++) {
        u8 u = ((const u8 *)c.p)[i] & 0xDF;
        ok = u >= 'A' && u <= 'Z';
        f->currency[i] = (char)u;
    }
    f->currency[3] = 0;
    if (!ok) vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid currency code");
    return ok;
}

// 15.1.3 SetNumberFormatDigitOptions
static bool read_digits(VM *vm, Value o, NumberFormat *f) {
    int digits = 2, min = 0, max = 3, low, high;
    for (u32 i = 0; i < DX_COUNTOF(CURRENCIES); i++)
        if (strcmp(CURRENCIES[i].code, f->currency) == 0) digits = CURRENCIES[i].digits;
    if (f->style == 1) max = 0;
    if (f->style == 2) min = max = digits;
    if (!locale_number_option_rjs(vm, o, "minimumIntegerDigits", 1, MAX_DIGITS, 1, &f->min_int) ||
        !locale_number_option_rjs(vm, o, "minimumFractionDigits", 0, 100, -1, &low) ||
        !locale_number_option_rjs(vm, o, "maximumFractionDigits", 0, 100, -1, &high) ||
        !locale_number_option_rjs(vm, o, "minimumSignificantDigits", 1, MAX_DIGITS, 0, &f->min_significant) ||
        !locale_number_option_rjs(vm, o, "maximumSignificantDigits", 1, MAX_DIGITS, 0, &f->max_significant)) {
        return false;
    }
    if (f->min_significant && !f->max_significant) f->max_significant = MAX_DIGITS;
    if (f->max_significant && !f->min_significant) f->min_significant = 1;
    if (f->min_significant > f->max_significant) {
        vm_throw(vm, ERR_CUSTOM_RANGE, "maximumSignificantDigits value is out of range.");
        return false;
    }
    if (low >= 0 && high >= 0 && low > high) {
        vm_throw(vm, ERR_CUSTOM_RANGE, "maximumFractionDigits value is out of range.");
        return false;
    }
    f->min_fraction = low >= 0 ? low : high >= 0 && high < min ? high : min;
    f->max_fraction = high >= 0 ? high : low > max ? low : max;
    return true;
}

static bool read_format(VM *vm, Value o, NumberFormat *f) {
    int notation;
    *f = (NumberFormat){.grouping = 1};
    if (!locale_refuse_rjs(vm, o, "unit compactDisplay currencySign roundingMode roundingIncrement numberingSystem", METHOD)) return false;
    if (!locale_option_rjs(vm, o, "style", "decimal percent currency", METHOD, &f->style)) return false;
    if (f->style < 0) f->style = 0;
    if (!read_currency(vm, o, f) || !locale_option_rjs(vm, o, "notation", "standard", METHOD, &notation) || !read_digits(vm, o, f)) return false;
    if (!locale_flag_rjs(vm, o, "useGrouping", &f->grouping)) return false;
    return locale_option_rjs(vm, o, "signDisplay", "auto never always exceptZero negative", METHOD, &f->sign);
}

// ---- digits ----

typedef struct Digits { // 0.DIGITS x 10^point
    char d[NUM_EXACT_MAX];
    i32 n, point;
} Digits;

static void round_to(Digits *x, i32 keep) {
    if (keep >= x->n) return;
    if (keep < 0) {
        x->n = 0;
        return;
    }
    bool up = x->d[keep] >= '5';
    x->n = keep;
    if (!up) return;
    i32 i = keep;
    while (i > 0 && x->d[i - 1] == '9') i--;
    x->n = i;
    if (i > 0) {
        x->d[i - 1]++;
    } else {
        x->d[0] = '1';
        x->n = 1;
        x->point++;
    }
}

static char digit_at(const Digits *x, i32 i) { return i >= 0 && i < x->n ? x->d[i] : '0'; }

// |v| in text, grouped.
static void put_digits(Buf *b, const NumberFormat *f, f64 v) {
    Digits x = {.n = 0};
    if (v != 0) x.n = (i32)num_shortest_digits(v, x.d, &x.point);
    if (f->style == 1 && v != 0) x.point += 2;
    round_to(&x, f->max_significant ? f->max_significant : x.point + f->max_fraction);
    if (x.n == 0) x.point = 0;
    while (x.n && x.d[x.n - 1] == '0') x.n--;
    i32 whole = x.point > f->min_int ? x.point : f->min_int;
    for (i32 i = whole; i > 0; i--) {
        buf_u8(b, (u8)digit_at(&x, x.point - i));
        if (f->grouping && i > 1 && i % 3 == 1) buf_u8(b, ',');
    }
    i32 fraction = x.n - x.point;
    if (!f->max_significant && fraction < f->min_fraction) fraction = f->min_fraction;
    if (f->max_significant && x.n < f->min_significant) fraction = f->min_significant - (x.point > 0 ? x.point : x.n ? x.point : 1);
    if (fraction > 0) buf_u8(b, '.');
    for (i32 i = 0; i < fraction; i++) buf_u8(b, (u8)digit_at(&x, x.point + i));
}

static void put_currency(Buf *b, const NumberFormat *f) {
    for (u32 i = 0; i < DX_COUNTOF(CURRENCIES); i++) {
        if (strcmp(CURRENCIES[i].code, f->currency) != 0 || !CURRENCIES[i].symbol) continue;
        buf_str(b, CURRENCIES[i].symbol);
        return;
    }
    buf_printf(b, "%s\u00a0", f->currency);
}

static void put_sign(Buf *b, const NumberFormat *f, f64 v, bool zero) {
    bool negative = signbit(v) && v == v;
    switch (f->sign) {
    case 1: return;
    case 2: buf_u8(b, negative ? '-' : '+'); return;
    case 3: if (!zero) buf_u8(b, negative ? '-' : '+'); return;
    case 4: if (negative && !zero) buf_u8(b, '-'); return;
    default: if (negative) buf_u8(b, '-');
    }
}

Value locale_number_text_rjs(VM *vm, f64 v, Value locales, Value options) {
    NumberFormat f;
    Buf b = {0}, digits = {0};
    if (!locale_check_rjs(vm, locales, METHOD) || !read_format(vm, options, &f)) return V_EXC;
    if (v != v) buf_str(&digits, "NaN");
    else if (isinf(v)) buf_str(&digits, "∞");
    else put_digits(&digits, &f, fabs(v));
    bool zero = strspn(buf_cstr(&digits), "0.,") == digits.len;
    put_sign(&b, &f, v, zero);
    if (f.style == 2) put_currency(&b, &f);
    buf_put(&b, digits.data, digits.len);
    if (f.style == 1) buf_u8(&b, '%');
    String *s = str_new_utf8(vm, (const char *)b.data, b.len);
    buf_free(&b);
    buf_free(&digits);
    return v_from_string(s);
}
