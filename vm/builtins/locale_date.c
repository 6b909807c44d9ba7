// SPDX-License-Identifier: MIT
// Dates and times in the locale en-US (ECMA-402 11, patterns of Unicode CLDR), for Date.prototype.toLocale*String.
#include "vm/builtins/date.h"
#include "vm/builtins/locale.h"

#include <math.h>
#include <stdio.h>
#include <strings.h>

enum { NUMERIC, TWO_DIGIT, SHORT, LONG, NARROW, SHORT_OFFSET, LONG_OFFSET }; // option values; -1: not given
enum { FULL, LONG_STYLE, MEDIUM, SHORT_STYLE };
enum { H11, H12, H23, H24 };

typedef struct DateFormat {
    int weekday, year, month, day, hour, minute, second, fraction, zone_name; // widths or -1
    int date_style, time_style;
    int cycle;
    bool gb;            // en-GB: the day comes first, 24 hours
    const Zone *zone;
} DateFormat;

static const char *const WEEKDAYS[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

// ---- options ----

static bool read_zone(VM *vm, Value options, DateFormat *f) {
    f->zone = zone_local(vm);
    if (v_is_undefined(options)) return true;
    Value v = get_v_rjs(vm, options, key_c(vm, "timeZone"));
    if (v_is_exc(v) || v_is_undefined(v)) return !v_is_exc(v);
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    Buf tmp = {0};
    char text[160], name[64];
    snprintf(name, sizeof name, "%s", str_to_cstr(vm, s, &tmp));
    bool utc = strcasecmp(name, "utc") == 0 || strcasecmp(name, "gmt") == 0;
    f->zone = zone_named(utc ? "UTC" : name);
    snprintf(text, sizeof text, "Invalid time zone specified: %s", name);
    buf_free(&tmp);
    if (!f->zone) vm_throw(vm, ERR_CUSTOM_RANGE, text);
    return f->zone != NULL;
}

static bool read_fields(VM *vm, Value o, const char *m, DateFormat *f) {
    static const char number[] = "numeric 2-digit", text[] = "- - short long narrow"; // indices are the width enum
    return locale_option_rjs(vm, o, "weekday", text, m, &f->weekday) && locale_option_rjs(vm, o, "year", number, m, &f->year) &&
           locale_option_rjs(vm, o, "month", "numeric 2-digit short long narrow", m, &f->month) &&
           locale_option_rjs(vm, o, "day", number, m, &f->day) && locale_option_rjs(vm, o, "hour", number, m, &f->hour) &&
           locale_option_rjs(vm, o, "minute", number, m, &f->minute) && locale_option_rjs(vm, o, "second", number, m, &f->second) &&
           locale_number_option_rjs(vm, o, "fractionalSecondDigits", 1, 3, -1, &f->fraction) &&
           locale_option_rjs(vm, o, "timeZoneName", "- - short long narrow shortOffset longOffset", m, &f->zone_name) &&
           locale_option_rjs(vm, o, "dateStyle", "full long medium short", m, &f->date_style) &&
           locale_option_rjs(vm, o, "timeStyle", "full long medium short", m, &f->time_style);
}

// hour12: false gives the cycle 24:00 to 23:59, as ICU does for this locale.
static bool read_cycle(VM *vm, Value o, const char *m, DateFormat *f) {
    int hour12, cycle;
    if (!locale_flag_rjs(vm, o, "hour12", &hour12) || !locale_option_rjs(vm, o, "hourCycle", "h11 h12 h23 h24", m, &cycle)) return false;
    f->cycle = hour12 >= 0 ? (hour12 ? H12 : f->gb ? H23 : H24) : cycle >= 0 ? cycle : f->gb ? H23 : H12;
    return true;
}

static bool refuse_style(VM *vm, const char *text) {
    vm_throw(vm, ERR_CUSTOM_TYPE, text);
    return false;
}

static bool resolve_styles(VM *vm, DateFormat *f, int which) {
    int date = f->date_style, time = f->time_style;
    static const struct {
        const char *name;
        size_t at;
    } fields[] = {{"weekday", offsetof(DateFormat, weekday)}, {"year", offsetof(DateFormat, year)},
                  {"month", offsetof(DateFormat, month)},     {"day", offsetof(DateFormat, day)},
                  {"hour", offsetof(DateFormat, hour)},       {"minute", offsetof(DateFormat, minute)},
                  {"second", offsetof(DateFormat, second)},   {"fractionalSecondDigits", offsetof(DateFormat, fraction)},
                  {"timeZoneName", offsetof(DateFormat, zone_name)}};
    for (u32 i = 0; i < DX_COUNTOF(fields); i++) {
        if (*(int *)((char *)f + fields[i].at) < 0) continue;
        char text[100];
        snprintf(text, sizeof text, "Can't set option %s when %s is used", fields[i].name, date >= 0 ? "dateStyle" : "timeStyle");
        return refuse_style(vm, text);
    }
    if (time >= 0 && which == LOCALE_DATE) return refuse_style(vm, "Invalid option : timeStyle");
    if (date >= 0 && which == LOCALE_TIME) return refuse_style(vm, "Invalid option : dateStyle");
    if (date >= 0) {
        f->weekday = date == FULL ? LONG : -1;
        f->month = date == MEDIUM ? SHORT : date == SHORT_STYLE ? NUMERIC : LONG;
        f->day = NUMERIC;
        f->year = date == SHORT_STYLE ? TWO_DIGIT : NUMERIC;
    }
    if (time >= 0) {
        f->hour = f->minute = NUMERIC;
        f->second = time == SHORT_STYLE ? -1 : NUMERIC;
        f->zone_name = time == FULL ? LONG : time == LONG_STYLE ? SHORT : -1;
    }
    return true;
}

static bool read_format(VM *vm, Value options, const char *method, int which, DateFormat *f) {
    if (!locale_refuse_rjs(vm, options, "era dayPeriod calendar numberingSystem", method)) return false;
    if (!read_cycle(vm, options, method, f) || !read_zone(vm, options, f) || !read_fields(vm, options, method, f)) return false;
    if (f->date_style >= 0 || f->time_style >= 0) return resolve_styles(vm, f, which);
    bool has_date = f->weekday >= 0 || f->year >= 0 || f->month >= 0 || f->day >= 0;
    bool has_time = f->hour >= 0 || f->minute >= 0 || f->second >= 0 || f->fraction >= 0;
    bool given = (which & LOCALE_DATE && has_date) || (which & LOCALE_TIME && has_time);
    if (!given && which & LOCALE_DATE) f->year = f->month = f->day = NUMERIC;
    if (!given && which & LOCALE_TIME) f->hour = f->minute = f->second = NUMERIC;
    return true;
}

// ---- text ----

static void put_number(Buf *b, i64 n, int width) { buf_printf(b, width == TWO_DIGIT ? "%02lld" : "%lld", (long long)(width == TWO_DIGIT ? n % 100 : n)); }

static void put_name(Buf *b, const char *name, int width) { buf_put(b, name, width == SHORT ? 3 : width == NARROW ? 1 : strlen(name)); }

static void put_year(Buf *b, const DateFields *d, int width) { put_number(b, d->year > 0 ? d->year : 1 - d->year, width); }

static void put_numeric_date(Buf *b, const DateFormat *f, const DateFields *d) {
    size_t from = b->len;
    if (f->gb) { // 05/01/2024
        if (f->day >= 0) put_number(b, d->day, TWO_DIGIT);
        if (f->day >= 0) buf_u8(b, '/');
        put_number(b, d->month + 1, f->day >= 0 || f->year >= 0 ? TWO_DIGIT : f->month);
        if (f->year >= 0) buf_u8(b, '/');
        if (f->year >= 0) put_year(b, d, f->year);
        return;
    }
    if (f->month >= 0) put_number(b, d->month + 1, f->month);
    if (f->day >= 0 && b->len > from) buf_u8(b, '/');
    if (f->day >= 0) put_number(b, d->day, f->day);
    if (f->year >= 0 && b->len > from) buf_u8(b, '/');
    if (f->year >= 0) put_year(b, d, f->year);
}

static void put_named_date(Buf *b, const DateFormat *f, const DateFields *d) { // "Jan 5, 2024"
    if (f->gb) { // "5 Jan 2024"
        if (f->day >= 0) put_number(b, d->day, f->day);
        if (f->day >= 0) buf_u8(b, ' ');
        put_name(b, MONTHS[d->month], f->month);
        if (f->year >= 0) buf_u8(b, ' ');
        if (f->year >= 0) put_year(b, d, f->year);
        return;
    }
    put_name(b, MONTHS[d->month], f->month);
    if (f->day >= 0) buf_u8(b, ' ');
    if (f->day >= 0) put_number(b, d->day, f->day);
    if (f->year >= 0) buf_str(b, f->day >= 0 ? ", " : " ");
    if (f->year >= 0) put_year(b, d, f->year);
}

static void put_date(Buf *b, const DateFormat *f, const DateFields *d) {
    if (f->month < 0) { // CLDR's patterns for what is left without a month
        if (f->year >= 0) put_year(b, d, f->year);
        if (f->year >= 0 && f->day >= 0) {
            buf_str(b, " (day: ");
            put_number(b, d->day, f->day);
            buf_u8(b, ')');
        } else if (f->day >= 0) {
            put_number(b, d->day, f->day);
        }
        if (f->weekday >= 0 && (f->year >= 0 || f->day >= 0)) buf_u8(b, ' ');
        if (f->weekday >= 0) put_name(b, WEEKDAYS[d->weekday], f->weekday);
        return;
    }
    if (f->weekday >= 0) {
        put_name(b, WEEKDAYS[d->weekday], f->weekday);
        buf_str(b, ", ");
    }
    if (f->month == NUMERIC || f->month == TWO_DIGIT) put_numeric_date(b, f, d);
    else put_named_date(b, f, d);
}

static void put_hour(Buf *b, const DateFormat *f, i32 hour) {
    bool half = f->cycle == H11 || f->cycle == H12;
    i32 shown = f->cycle == H11 ? hour % 12 : f->cycle == H12 ? (hour + 11) % 12 + 1 : f->cycle == H24 ? (hour + 23) % 24 + 1 : hour;
    buf_printf(b, !half || f->hour == TWO_DIGIT ? "%02d" : "%d", shown);
}

static void put_fraction(Buf *b, const DateFormat *f, i32 ms) {
    static const i32 divisor[] = {100, 10, 1};
    buf_printf(b, "%0*d", f->fraction, ms / divisor[f->fraction - 1]);
}

static void put_time(Buf *b, const DateFormat *f, const DateFields *d) {
    size_t from = b->len;
    if (f->hour >= 0) put_hour(b, f, d->hour);
    if (f->minute >= 0) {
        bool alone = f->hour < 0 && f->second < 0;
        buf_printf(b, b->len > from ? ":%02d" : alone ? "%d" : "%02d", d->minute);
    }
    if (f->second >= 0) {
        bool alone = b->len == from;
        buf_printf(b, !alone ? ":%02d" : "%d", d->second);
        if (f->fraction > 0) buf_u8(b, '.');
    }
    if (f->fraction > 0) put_fraction(b, f, d->ms);
    if (f->hour >= 0 && (f->cycle == H11 || f->cycle == H12)) buf_str(b, d->hour < 12 ? " AM" : " PM");
}

// Zones with an abbreviation in the United States; others are shown by their distance from GMT.
static void put_short_zone(Buf *b, const char *name, i32 offset) {
    static const char *const known[][2] = {
        {"Eastern Standard Time", "EST"},   {"Eastern Daylight Time", "EDT"},  {"Central Standard Time", "CST"},
        {"Central Daylight Time", "CDT"},   {"Mountain Standard Time", "MST"}, {"Mountain Daylight Time", "MDT"},
        {"Pacific Standard Time", "PST"},   {"Pacific Daylight Time", "PDT"},  {"Alaska Standard Time", "AKST"},
        {"Alaska Daylight Time", "AKDT"},   {"Hawaii-Aleutian Standard Time", "HST"}, {"Coordinated Universal Time", "UTC"},
    };
    for (u32 i = 0; i < DX_COUNTOF(known); i++) {
        if (strcmp(known[i][0], name) != 0) continue;
        buf_str(b, known[i][1]);
        return;
    }
    i32 minutes = offset / 60, a = minutes < 0 ? -minutes : minutes;
    buf_str(b, "GMT");
    if (a) buf_printf(b, "%c%d", minutes < 0 ? '-' : '+', a / 60);
    if (a % 60) buf_printf(b, ":%02d", a % 60);
}

static void put_offset(Buf *b, i32 offset, bool wide) { // GMT+1, GMT+01:00
    i32 minutes = offset / 60, a = minutes < 0 ? -minutes : minutes;
    buf_str(b, "GMT");
    if (!a) return;
    buf_printf(b, wide ? "%c%02d" : "%c%d", minutes < 0 ? '-' : '+', a / 60);
    if (wide || a % 60) buf_printf(b, ":%02d", a % 60);
}

static void put_zone(Buf *b, const DateFormat *f, f64 t) {
    char name[64];
    i64 seconds = (i64)floor(t / 1000);
    if (f->zone_name >= SHORT_OFFSET) return put_offset(b, zone_offset(f->zone, seconds), f->zone_name == LONG_OFFSET);
    zone_display_name(f->zone, seconds, name);
    if (f->zone_name == LONG) buf_str(b, name);
    else put_short_zone(b, name, zone_offset(f->zone, seconds));
}

Value locale_date_text_rjs(VM *vm, f64 t, Value locales, Value options, int which) {
    static const char *const methods[] = {"", "Date.prototype.toLocaleDateString", "Date.prototype.toLocaleTimeString",
                                          "Date.prototype.toLocaleString"};
    DateFormat f;
    int locale = locale_pick_rjs(vm, locales, methods[which]);
    f.gb = locale == LOCALE_GB;
    if (locale < 0 || !read_format(vm, options, methods[which], which, &f)) return V_EXC;
    if (t != t) return v_str(vm, "Invalid Date");
    DateFields d;
    date_fields(date_local_time(f.zone, t), &d);
    bool has_date = f.weekday >= 0 || f.year >= 0 || f.month >= 0 || f.day >= 0;
    bool has_time = f.hour >= 0 || f.minute >= 0 || f.second >= 0 || f.fraction >= 0;
    Buf b = {0};
    if (has_date) put_date(&b, &f, &d);
    if (has_date && has_time) { // long dates are joined with a word
        bool only_weekday = f.weekday >= 0 && f.month < 0 && f.day < 0 && f.year < 0;
        buf_str(&b, f.month == LONG ? " at " : only_weekday ? " " : ", ");
    }
    if (has_time) put_time(&b, &f, &d);
    if (f.zone_name >= 0) {
        if (b.len) buf_str(&b, has_time ? " " : ", ");
        put_zone(&b, &f, t);
    }
    String *s = str_new_utf8(vm, (const char *)b.data, b.len);
    buf_free(&b);
    return v_from_string(s);
}
