// SPDX-License-Identifier: MIT
// Number text against the C library (whose printf and strtod are exact) and against values that V8 prints.
#include "format/base/numtext.h"
#include "tests/base/test.h"

#include <math.h>
#include <stdlib.h>

#ifdef DX_DEBUG
#define ROUNDS 30000
#else
#define ROUNDS 300000
#endif

static f64 of_bits(u64 b) {
    f64 v;
    memcpy(&v, &b, 8);
    return v;
}

static u64 to_bits(f64 v) {
    u64 b;
    memcpy(&b, &v, 8);
    return b;
}

static f64 random_finite(void) {
    for (;;) {
        u64 r = test_random();
        f64 v;
        switch (test_random() % 6) {
        case 0: v = (f64)(i64)(r >> (r & 63)); break;
        case 1: v = (f64)(r % 100000000) / 1000.0; break;
        case 2: v = of_bits((r & 0x800FFFFFFFFFFFFFull) | (1023 - 60 + r % 120) << 52); break; // near 1
        case 3: v = of_bits(r & 0xFFF0000000000000ull); break;                       // powers of two
        case 4: v = of_bits(r & 0x000FFFFFFFFFFFFFull); break;                       // subnormal
        default: v = of_bits(r);
        }
        if (isfinite(v)) return v;
    }
}

static f64 parse(const char *s) { return num_from_latin1((const u8 *)s, strlen(s)); }

static void shortest_one(f64 v) {
    char out[NUM_TEXT_MAX + 1], digits[32], best[64];
    u32 n = num_to_text(v, out);
    out[n] = 0;
    T_CHECK(n <= NUM_TEXT_MAX && strtod(out, NULL) == v, "%.17g printed as %s", v, out);
    T_CHECK(to_bits(parse(out)) == to_bits(v == 0 ? 0 : v), "%s read back", out);
    if (v == 0) return;
    i32 point;
    n = num_shortest_digits(fabs(v), digits, &point);
    digits[n] = 0;
    snprintf(best, sizeof best, "%.*e", (int)n - 1, fabs(v)); // the closest of this many digits
    if (n > 1) memmove(best + 1, best + 2, strlen(best) - 1);
    {
        char full[64];
        snprintf(full, sizeof full, "0.%.*se%d", (int)n, best, point);
        if (strtod(full, NULL) == fabs(v)) T_CHECK(memcmp(best, digits, n) == 0, "%.17g: %s, closest %s", v, digits, best);
    }
    if (n > 1) {
        snprintf(best, sizeof best, "%.*e", (int)n - 2, fabs(v));
        T_CHECK(strtod(best, NULL) != fabs(v), "%.17g: %s is not the shortest", v, digits);
    }
}

static void shortest(void) {
    for (int i = 0; i < ROUNDS; i++) shortest_one(random_finite());
    for (int e = -1074; e < 1024; e++) {
        shortest_one(ldexp(1, e));
        shortest_one(nextafter(ldexp(1, e), 0));
        shortest_one(nextafter(ldexp(1, e), INFINITY));
    }
    for (int e = -323; e < 309; e++) {
        char s[16];
        snprintf(s, sizeof s, "1e%d", e);
        shortest_one(strtod(s, NULL));
    }
}

static void read_one(const char *s) {
    size_t used;
    f64 want = strtod(s, NULL), got = num_from_decimal((const u8 *)s, strlen(s), &used);
    T_CHECK(to_bits(want) == to_bits(got) && used == strlen(s), "%s: %.17g, strtod %.17g", s, got, want);
}

static void reading(void) {
    char s[1600];
    for (int i = 0; i < ROUNDS; i++) {
        u32 n = 0, len = 1 + (u32)(test_random() % (i % 50 ? 25 : 900)), dot = (u32)(test_random() % (len + 1));
        for (u32 k = 0; k < len; k++) {
            if (k == dot) s[n++] = '.';
            s[n++] = (char)('0' + test_random() % 10);
        }
        if (test_random() % 4) snprintf(s + n, 20, "e%d", (int)(test_random() % 700) - 360);
        else s[n] = 0;
        read_one(s);
    }
    // The points halfway between two doubles, a little less and a little more.
    for (int i = 0; i < ROUNDS / 20; i++) {
        u64 bits = to_bits(fabs(random_finite()));
        u64 m = bits & 0xFFFFFFFFFFFFFull;
        i32 biased = (i32)(bits >> 52), point;
        if (biased) m |= 1ull << 52;
        u32 n = num_exact_digits(2 * m + 1, (biased ? biased : 1) - 1076, s + 2, &point);
        memcpy(s, "0.", 2);
        static const char *const tails[] = {"", "000001", "0"};
        for (u32 k = 0; k < 4; k++) {
            if (k == 3) s[n + 1]--; // the last digit of a halfway point is 5
            snprintf(s + 2 + n, 40, "%se%d", k < 3 ? tails[k] : "9", point);
            read_one(s);
        }
    }
}

// printf breaks exact ties to even, ECMAScript upwards; everything else must agree.
static void fixed_digits(void) {
    char mine[NUM_FORMAT_MAX + 1], theirs[600], exact[1200];
    for (int i = 0; i < ROUNDS / 3; i++) {
        f64 v = random_finite();
        int d = (int)(test_random() % (i % 3 ? 20 : 101));
        if (fabs(v) < 1e21) {
            mine[num_to_fixed(v, d, mine)] = 0;
            snprintf(theirs, sizeof theirs, "%.*f", d, v == 0 ? 0 : v);
            snprintf(exact, sizeof exact, "%.1100f", v);
            const char *rest = strchr(exact, '.') + 1 + d;
            bool tie = rest[0] == '5' && strspn(rest + 1, "0") == strlen(rest + 1);
            T_CHECK(tie || strcmp(mine, theirs) == 0, "toFixed(%.17g, %d): %s, printf %s", v, d, mine, theirs);
        }
        mine[num_to_exponential(v, d, mine)] = 0;
        snprintf(theirs, sizeof theirs, "%.*e", d, v == 0 ? 0 : v);
        char *e = strchr(theirs, 'e');
        int exponent = atoi(e + 1);
        snprintf(e, 16, "e%c%d", exponent < 0 ? '-' : '+', abs(exponent));
        snprintf(exact, sizeof exact, "%.1100e", v);
        const char *rest = strchr(exact, '.') + 1 + d;
        bool tie = rest[0] == '5' && strspn(rest + 1, "0") == (size_t)(strchr(rest, 'e') - rest - 1);
        T_CHECK(tie || strcmp(mine, theirs) == 0, "toExponential(%.17g, %d): %s, printf %s", v, d, mine, theirs);
    }
}

static void texts(void) {
    static const struct {
        f64 v;
        const char *text;
    } rows[] = {
        {0, "0"}, {-0.0, "0"}, {1e21, "1e+21"}, {1e20, "100000000000000000000"}, {123456789012345680000.0, "123456789012345680000"},
        {1e-6, "0.000001"}, {1e-7, "1e-7"}, {1.5e-7, "1.5e-7"}, {5e-324, "5e-324"}, {1.7976931348623157e308, "1.7976931348623157e+308"},
        {-1.25, "-1.25"}, {0.1 + 0.2, "0.30000000000000004"}, {NAN, "NaN"}, {INFINITY, "Infinity"}, {-INFINITY, "-Infinity"},
        {2147483648.0, "2147483648"}, {-2147483648.0, "-2147483648"}, {9007199254740993.0, "9007199254740992"},
    };
    for (u32 i = 0; i < DX_COUNTOF(rows); i++) {
        char out[NUM_TEXT_MAX + 1];
        out[num_to_text(rows[i].v, out)] = 0;
        T_CHECK(strcmp(out, rows[i].text) == 0, "%s, not %s", out, rows[i].text);
    }
    struct {
        char kind;
        f64 v;
        i32 arg;
        const char *text;
    } formats[] = {
        {'f', 0.5, 0, "1"}, {'f', 2.5, 0, "3"}, {'f', 1.005, 2, "1.00"}, {'f', 1.45, 1, "1.4"}, {'f', -1.5, 0, "-2"},
        {'f', -1e-7, 2, "-0.00"}, {'f', -0.0, 2, "0.00"}, {'f', 123.456, 0, "123"}, {'f', 0.05, 1, "0.1"}, {'f', 0.04, 1, "0.0"},
        {'f', 99.99, 1, "100.0"}, {'f', 1e21, 2, "1e+21"}, {'e', 0, 2, "0.00e+0"}, {'e', 12345, -1, "1.2345e+4"},
        {'e', 0, -1, "0e+0"}, {'p', 0, 1, "0"}, {'p', 0, 3, "0.00"}, {'p', 123.456, 4, "123.5"}, {'p', 123456, 2, "1.2e+5"},
        {'p', 0.000001, 2, "0.0000010"}, {'p', 1e-7, 2, "1.0e-7"}, {'p', 99.99, 3, "100"}, {'p', 9.99e99, 1, "1e+100"}, {'p', 25, 1, "3e+1"},
        {'r', 255, 16, "ff"}, {'r', -255, 2, "-11111111"}, {'r', 0.5, 2, "0.1"}, {'r', 0.1, 3, "0.0022002200220022002200220022002201"},
        {'r', 1e21, 36, "5v1j4f4ds7c000"}, {'r', 3.14159, 36, "3.53i0tuycp"}, {'r', 0, 7, "0"}, {'r', NAN, 5, "NaN"},
    };
    for (u32 i = 0; i < DX_COUNTOF(formats); i++) {
        char out[NUM_RADIX_MAX + 1];
        f64 v = formats[i].v;
        i32 a = formats[i].arg;
        u32 n = formats[i].kind == 'f' ? num_to_fixed(v, a, out) : formats[i].kind == 'e' ? num_to_exponential(v, a, out)
              : formats[i].kind == 'p' ? num_to_precision(v, a, out) : num_to_radix(v, (u32)a, out);
        out[n] = 0;
        T_CHECK(strcmp(out, formats[i].text) == 0, "%c: %s, not %s", formats[i].kind, out, formats[i].text);
    }
}

static bool same(f64 a, f64 b) { return a == b ? signbit(a) == signbit(b) : a != a && b != b; }

static void grammars(void) {
    static const struct {
        const char *text;
        f64 number, as_float, as_int; // Number(text), parseFloat(text), parseInt(text)
    } rows[] = {
        {"", 0, NAN, NAN}, {" \t\n", 0, NAN, NAN}, {"12", 12, 12, 12}, {" 12 ", 12, 12, 12}, {"12px", NAN, 12, 12},
        {"0x1F", 31, 0, 31}, {"0X1f", 31, 0, 31}, {"-0x10", NAN, -0.0, -16}, {"0b101", 5, 0, 0}, {"0o17", 15, 0, 0},
        {"0x", NAN, 0, NAN}, {"0b2", NAN, 0, 0}, {".5", 0.5, 0.5, NAN}, {"5.", 5, 5, 5}, {".", NAN, NAN, NAN}, {"+.5e1", 5, 5, NAN},
        {"1e", NAN, 1, 1}, {"1e+", NAN, 1, 1}, {"1e3", 1000, 1000, 1}, {"-0", -0.0, -0.0, -0.0}, {"Infinity", INFINITY, INFINITY, NAN},
        {"-Infinity", -INFINITY, -INFINITY, NAN}, {"Infinityx", NAN, INFINITY, NAN}, {"infinity", NAN, NAN, NAN}, {"1_000", NAN, 1, 1},
        {"00010", 10, 10, 10}, {"1e1000", INFINITY, INFINITY, 1}, {"1e-1000", 0, 0, 1}, {"+", NAN, NAN, NAN}, {"--1", NAN, NAN, NAN},
        {"0.0000000000000000000000000000000001", 1e-34, 1e-34, 0}, {"9007199254740993", 9007199254740992.0, 9007199254740992.0, 9007199254740992.0},
        {"0x20000000000001", 9007199254740992.0, 0, 9007199254740992.0}, {"0x20000000000003", 9007199254740996.0, 0, 9007199254740996.0},
        {"0x20000000000001000000000001", 0x20000000000002p+48, 0, 0x20000000000002p+48},
    };
    for (u32 i = 0; i < DX_COUNTOF(rows); i++) {
        const u8 *p = (const u8 *)rows[i].text;
        size_t n = strlen(rows[i].text);
        u16 wide[128];
        for (size_t k = 0; k < n; k++) wide[k] = p[k];
        T_CHECK(same(num_from_latin1(p, n), rows[i].number), "Number('%s') = %.17g", p, num_from_latin1(p, n));
        T_CHECK(same(num_parse_float_latin1(p, n), rows[i].as_float), "parseFloat('%s')", p);
        T_CHECK(same(num_parse_int_latin1(p, n, 0), rows[i].as_int), "parseInt('%s')", p);
        T_CHECK(same(num_from_utf16(wide, n), rows[i].number), "wide Number('%s')", p);
        wide[n] = 0x3000; // an ideographic space
        T_CHECK(same(num_from_utf16(wide, n + 1), rows[i].number), "wide Number('%s ')", p);
        wide[n] = 0x131; // cut to a byte it would be a digit
        T_CHECK(num_from_utf16(wide, n + 1) != num_from_utf16(wide, n + 1), "wide Number('%s\\u0131')", p);
        T_CHECK(same(num_parse_float_utf16(wide, n + 1), rows[i].as_float), "wide parseFloat('%s')", p);
    }
    T_CHECK(num_parse_int_latin1((const u8 *)"zz", 2, 36) == 1295, "radix 36");
    T_CHECK(isnan(num_parse_int_latin1((const u8 *)"1", 1, 37)), "radix 37");
    static const struct {
        const char *text;
        bool ok;
        f64 v;
    } literals[] = {
        {"1_000", true, 1000}, {"017", true, 15}, {"019", true, 19}, {"0x_1", false, 0}, {"0xF_F", true, 255}, {"1__0", false, 0},
        {"1_", false, 0}, {"08.5", true, 8.5}, {"1e1_0", true, 1e10}, {"0b1_1", true, 3}, {"0", true, 0}, {"1.e3", true, 1000}, {"x", false, 0},
    };
    for (u32 i = 0; i < DX_COUNTOF(literals); i++) {
        f64 v = 0;
        bool ok = num_from_literal((const u8 *)literals[i].text, strlen(literals[i].text), &v);
        T_CHECK(ok == literals[i].ok && (!ok || v == literals[i].v), "literal %s", literals[i].text);
    }
}

void test_numtext(void) {
    texts();
    grammars();
    shortest();
    reading();
    fixed_digits();
}
