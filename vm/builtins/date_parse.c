// SPDX-License-Identifier: MIT
// Date.parse: the ISO format of ECMA-262 21.4.1.32, then V8's older, forgiving grammar: numbers become a time where a ':'
// or '.' follows, otherwise day, month and year; words are months, AM/PM or zones, or are ignored before the first
// number; text in parentheses is ignored. Start at date_parse.
#include "vm/builtins/date.h"

#include <math.h>

#define NONE INT32_MIN

// ---- tokens ----

typedef enum TokenKind { T_END, T_NUMBER, T_SYMBOL, T_WORD, T_SPACE, T_OTHER, T_BAD } TokenKind;
typedef enum WordKind { W_UNKNOWN, W_MONTH, W_HALF_DAY, W_ZONE, W_TIME } WordKind;

typedef struct Token {
    TokenKind kind;
    i32 value;  // number, symbol's character, or the word's value
    u32 length; // characters
    WordKind word;
} Token;

typedef struct Scanner {
    Chars c;
    u32 pos;
    Token next;
} Scanner;

static const struct {
    char text[4];
    WordKind kind;
    i32 value;
} WORDS[] = {
    {"jan", W_MONTH, 1},    {"feb", W_MONTH, 2},  {"mar", W_MONTH, 3},  {"apr", W_MONTH, 4},     {"may", W_MONTH, 5},
    {"jun", W_MONTH, 6},    {"jul", W_MONTH, 7},  {"aug", W_MONTH, 8},  {"sep", W_MONTH, 9},     {"oct", W_MONTH, 10},
    {"nov", W_MONTH, 11},   {"dec", W_MONTH, 12}, {"am", W_HALF_DAY, 0}, {"pm", W_HALF_DAY, 12}, {"ut", W_ZONE, 0},
    {"utc", W_ZONE, 0},     {"z", W_ZONE, 0},     {"gmt", W_ZONE, 0},   {"cdt", W_ZONE, -5},     {"cst", W_ZONE, -6},
    {"edt", W_ZONE, -4},    {"est", W_ZONE, -5},  {"mdt", W_ZONE, -6},  {"mst", W_ZONE, -7},     {"pdt", W_ZONE, -7},
    {"pst", W_ZONE, -8},    {"t", W_TIME, 0},
};

static u32 unit_at(const Scanner *s, u32 i) { return i < s->c.len ? chars_at(s->c, i) : 0; }
static bool is_digit(u32 c) { return c - '0' < 10; }
static bool is_space(u32 c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}
static bool is_word(u32 c) { return c >= 'A' && !is_space(c); }

static Token scan_number(Scanner *s) {
    Token t = {.kind = T_NUMBER};
    u32 from = s->pos, digits = 0;
    while (unit_at(s, s->pos) == '0') s->pos++;
    for (; is_digit(unit_at(s, s->pos)); s->pos++)
        if (digits++ < 9) t.value = t.value * 10 + (i32)(unit_at(s, s->pos) - '0'); // further digits do not count
    t.length = s->pos - from;
    return t;
}

static Token scan_word(Scanner *s) {
    Token t = {.kind = T_WORD};
    char text[4] = {0};
    u32 from = s->pos;
    for (; s->pos < s->c.len && is_word(unit_at(s, s->pos)); s->pos++) {
        u32 c = unit_at(s, s->pos), at = s->pos - from;
        if (at < 3) text[at] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c < 0x80 ? c : 0x7F);
    }
    t.length = s->pos - from;
    for (u32 i = 0; i < DX_COUNTOF(WORDS); i++) {
        if (strcmp(text, WORDS[i].text) != 0 || (t.length > 3 && WORDS[i].kind != W_MONTH)) continue;
        t.word = WORDS[i].kind;
        t.value = WORDS[i].value;
    }
    return t;
}

static void skip_parentheses(Scanner *s) {
    i32 depth = 0;
    do {
        u32 c = unit_at(s, s->pos++);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    } while (depth > 0 && s->pos < s->c.len);
}

static Token scan(Scanner *s) {
    u32 c = unit_at(s, s->pos);
    if (s->pos >= s->c.len) return (Token){.kind = T_END};
    if (is_digit(c)) return scan_number(s);
    if (c == ':' || c == '-' || c == '+' || c == '.' || c == ')') {
        s->pos++;
        return (Token){.kind = T_SYMBOL, .value = (i32)c, .length = 1};
    }
    if (is_word(c)) return scan_word(s);
    if (is_space(c)) {
        u32 from = s->pos;
        while (is_space(unit_at(s, s->pos))) s->pos++;
        return (Token){.kind = T_SPACE, .length = s->pos - from};
    }
    if (c == '(') skip_parentheses(s);
    else s->pos++;
    return (Token){.kind = T_OTHER};
}

static Token take(Scanner *s) {
    Token t = s->next;
    s->next = scan(s);
    return t;
}

static bool is_symbol(Token t, char c) { return t.kind == T_SYMBOL && t.value == c; }
static bool is_sign(Token t) { return is_symbol(t, '+') || is_symbol(t, '-'); }
static bool is_number_of(Token t, u32 digits) { return t.kind == T_NUMBER && t.length == digits; }
static bool is_z(Token t) { return t.kind == T_WORD && t.word == W_ZONE && t.length == 1; }

static bool skip_symbol(Scanner *s, char c) {
    if (!is_symbol(s->next, c)) return false;
    take(s);
    return true;
}

// ---- the parts of a date ----

typedef struct Parts {
    i32 day[3];  // the numbers that are not times, in order
    u32 days;
    i32 month;   // named month or NONE
    bool iso;
    i32 time[4]; // hour, minute, second, millisecond
    u32 times;
    i32 half_day; // hours to add for AM/PM or NONE
    i32 sign, zone_hour, zone_minute; // NONE when not given
} Parts;

static bool between(i32 n, i32 lo, i32 hi) { return n >= lo && n <= hi; }

static bool add_day(Parts *p, i32 n) {
    if (p->days == 3) return false;
    p->day[p->days++] = n;
    return true;
}

static bool add_time(Parts *p, i32 n) {
    if (p->times == 4) return false;
    p->time[p->times++] = n;
    return true;
}

static void finish_time(Parts *p, i32 n) {
    add_time(p, n);
    while (add_time(p, 0)) {}
}

static bool expects_time(const Parts *p, i32 n) {
    return p->times == 1 || p->times == 2 ? between(n, 0, 59) : p->times == 3 && between(n, 0, 999);
}

static void set_zone(Parts *p, i32 hours) {
    p->sign = hours < 0 ? -1 : 1;
    p->zone_hour = hours * p->sign;
    p->zone_minute = 0;
}

// The digits behind a decimal point as milliseconds.
static i32 milliseconds(Token t) {
    i32 n = t.value;
    u32 length = t.length > 9 ? 9 : t.length;
    for (; length < 3; length++) n *= 10;
    for (; length > 3; length--) n /= 10;
    return n;
}

// ---- the ISO format. Returns the first token it did not use: T_END when it took everything, T_BAD when the text
// cannot be a date at all (a 'T' was read, so the older grammar has no say).

static Token bad(void) { return (Token){.kind = T_BAD}; }

static Token iso_zone(Scanner *s, Parts *p) {
    if (is_z(s->next)) {
        take(s);
        set_zone(p, 0);
    } else if (is_sign(s->next)) {
        p->sign = take(s).value == '+' ? 1 : -1;
        if (is_number_of(s->next, 4)) {
            i32 n = take(s).value;
            if (!between(n / 100, 0, 23) || !between(n % 100, 0, 59)) return bad();
            p->zone_hour = n / 100;
            p->zone_minute = n % 100;
        } else {
            if (!is_number_of(s->next, 2) || !between(s->next.value, 0, 23)) return bad();
            p->zone_hour = take(s).value;
            if (!skip_symbol(s, ':') || !is_number_of(s->next, 2) || !between(s->next.value, 0, 59)) return bad();
            p->zone_minute = take(s).value;
        }
    }
    return s->next.kind == T_END ? s->next : bad();
}

static Token iso_time(Scanner *s, Parts *p) {
    take(s); // T
    if (!is_number_of(s->next, 2) || !between(s->next.value, 0, 24)) return bad();
    i32 limit = s->next.value == 24 ? 0 : 59; // 24:00:00 is allowed
    add_time(p, take(s).value);
    if (!skip_symbol(s, ':') || !is_number_of(s->next, 2) || !between(s->next.value, 0, limit)) return bad();
    add_time(p, take(s).value);
    if (skip_symbol(s, ':')) {
        if (!is_number_of(s->next, 2) || !between(s->next.value, 0, limit)) return bad();
        add_time(p, take(s).value);
        if (skip_symbol(s, '.')) {
            if (s->next.kind != T_NUMBER || (limit == 0 && s->next.value > 0)) return bad();
            add_time(p, milliseconds(take(s)));
        }
    }
    return iso_zone(s, p);
}

static Token iso_date_time(Scanner *s, Parts *p) {
    if (is_sign(s->next)) {
        Token sign = take(s);
        if (!is_number_of(s->next, 6)) return sign;
        i32 year = take(s).value;
        if (sign.value == '-' && year == 0) return sign;
        add_day(p, sign.value == '-' ? -year : year);
    } else if (is_number_of(s->next, 4)) {
        add_day(p, take(s).value);
    } else {
        return take(s);
    }
    if (skip_symbol(s, '-')) {
        if (!is_number_of(s->next, 2) || !between(s->next.value, 1, 12)) return take(s);
        add_day(p, take(s).value);
        if (skip_symbol(s, '-')) {
            if (!is_number_of(s->next, 2) || !between(s->next.value, 1, 31)) return take(s);
            add_day(p, take(s).value);
        }
    }
    if (s->next.kind == T_WORD && s->next.word == W_TIME) {
        Token t = iso_time(s, p);
        if (t.kind == T_BAD) return t;
    } else if (s->next.kind != T_END) {
        return take(s);
    }
    if (p->sign == NONE && p->times == 0) set_zone(p, 0); // a date alone is UTC
    p->iso = true;
    return (Token){.kind = T_END};
}

// ---- the older grammar ----

static bool legacy_number(Scanner *s, Parts *p, i32 n) {
    if (skip_symbol(s, ':')) {
        if (skip_symbol(s, ':')) { // n::
            if (p->times) return false;
            add_time(p, n);
            return add_time(p, 0);
        }
        if (!add_time(p, n)) return false;
        skip_symbol(s, '.');
        return true;
    }
    if (skip_symbol(s, '.') && expects_time(p, n)) {
        add_time(p, n);
        if (s->next.kind != T_NUMBER) return false;
        finish_time(p, milliseconds(take(s)));
        return true;
    }
    if (p->zone_hour != NONE && p->zone_minute == NONE && between(n, 0, 59)) {
        p->zone_minute = n;
        return true;
    }
    if (expects_time(p, n)) {
        finish_time(p, n);
        Token t = s->next;
        return t.kind == T_END || t.kind == T_SPACE || is_z(t) || is_sign(t);
    }
    if (!add_day(p, n)) return false;
    skip_symbol(s, '-');
    return true;
}

static bool legacy_word(Scanner *s, Parts *p, Token t, bool after_number) {
    if (t.word == W_HALF_DAY && p->times) {
        p->half_day = t.value;
    } else if (t.word == W_MONTH) {
        p->month = t.value;
        skip_symbol(s, '-');
    } else if (t.word == W_ZONE && after_number) {
        set_zone(p, t.value);
    } else { // other words only before the first number, and not glued to it
        return !after_number && s->next.kind != T_NUMBER;
    }
    return true;
}

static bool legacy_offset(Scanner *s, Parts *p, Token sign) {
    Token t = {0};
    p->sign = sign.value == '+' ? 1 : -1;
    if (s->next.kind == T_NUMBER) t = take(s);
    if (is_symbol(s->next, ':')) {
        p->zone_hour = t.value;
        p->zone_minute = NONE; // a number follows
    } else if (t.length == 1 || t.length == 2) {
        p->zone_hour = t.value;
        p->zone_minute = 0;
    } else if (t.length == 3 || t.length == 4) {
        p->zone_hour = t.value / 100;
        p->zone_minute = t.value % 100;
    } else {
        return false;
    }
    return true;
}

static bool legacy(Scanner *s, Parts *p, Token t) {
    bool after_number = p->days > 0;
    for (; t.kind != T_END; t = take(s)) {
        bool utc = p->zone_hour == 0 && p->zone_minute == 0;
        if (t.kind == T_NUMBER) {
            after_number = true;
            if (!legacy_number(s, p, t.value)) return false;
        } else if (t.kind == T_WORD) {
            if (!legacy_word(s, p, t, after_number)) return false;
        } else if (is_sign(t) && (utc || p->times)) {
            after_number = true;
            if (!legacy_offset(s, p, t)) return false;
        } else if ((is_sign(t) || is_symbol(t, ')')) && after_number) {
            return false;
        }
    }
    return true;
}

// ---- putting it together ----

static bool write_day(Parts *p, f64 *out) {
    if (p->days == 0) return false;
    u32 given = p->days;
    while (add_day(p, 1)) {} // day and month default to 1, a missing year to 2001
    i32 *n = p->day, year, month, day;
    bool first_is_day = between(n[0], 1, 31);
    if (p->month != NONE) { // day-month-year and month-day-year, or the year first
        month = p->month;
        day = first_is_day ? n[0] : n[1];
        year = first_is_day ? n[1] : n[0];
    } else if (p->iso || (given && !first_is_day)) {
        year = n[0];
        month = n[1];
        day = n[2];
    } else {
        month = n[0];
        day = n[1];
        year = n[2];
    }
    if (!p->iso) year += between(year, 0, 49) ? 2000 : between(year, 50, 99) ? 1900 : 0;
    if (!between(month, 1, 12) || !between(day, 1, 31)) return false;
    *out = date_make_day(year, month - 1, day);
    return true;
}

static bool write_time(Parts *p, f64 *out) {
    while (add_time(p, 0)) {}
    i32 hour = p->time[0];
    if (p->half_day != NONE) {
        if (!between(hour, 0, 12)) return false;
        hour = hour % 12 + p->half_day;
    }
    bool rest = p->time[1] || p->time[2] || p->time[3];
    if (!(between(hour, 0, 23) && between(p->time[1], 0, 59) && between(p->time[2], 0, 59) && between(p->time[3], 0, 999))) {
        if (hour != 24 || rest) return false;
    }
    *out = date_make_time(hour, p->time[1], p->time[2], p->time[3]);
    return true;
}

f64 date_parse(VM *vm, String *text) {
    Scanner s = {.c = str_chars(vm, text)};
    Parts p = {.month = NONE, .half_day = NONE, .sign = NONE, .zone_hour = NONE, .zone_minute = NONE};
    s.next = scan(&s);
    Token t = iso_date_time(&s, &p);
    if (t.kind == T_BAD || !legacy(&s, &p, t)) return NAN;
    f64 day, time;
    if (!write_day(&p, &day) || !write_time(&p, &time)) return NAN;
    f64 date = date_make_date(day, time);
    if (p.sign == NONE) return date_time_clip(date_utc(zone_local(vm), date));
    f64 hours = p.zone_hour == NONE ? 0 : p.zone_hour, minutes = p.zone_minute == NONE ? 0 : p.zone_minute;
    return date_time_clip(date - p.sign * (hours * 3600 + minutes * 60) * 1000);
}
