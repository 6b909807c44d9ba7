// SPDX-License-Identifier: MIT
// Date (ECMA-262 21.4). Parsing: date_parse.c; time zones: zone.c.
#include "vm/builtins/date.h"
#include "vm/builtins/builtins.h"
#include "vm/builtins/locale.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#define MS_PER_DAY 86400000.0
#define MAX_TIME 8.64e15

f64 (*date_clock)(VM *vm);

f64 date_now(VM *vm) {
    vm_mark_impure(vm, IMPURE_CLOCK);
    if (date_clock) return date_clock(vm);
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (f64)ts.tv_sec * 1000 + (f64)(ts.tv_nsec / 1000000);
}

// ---- calendar ----

static i64 days_from_civil(i64 y, i32 month, i32 day) { // month 0..11
    i32 m = month + 1;
    y -= m <= 2;
    i64 era = (y >= 0 ? y : y - 399) / 400;
    i64 yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void date_fields(f64 t, DateFields *out) {
    i64 ms = (i64)t, days = ms / 86400000, rest = ms % 86400000;
    if (rest < 0) {
        rest += 86400000;
        days--;
    }
    i64 z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    i64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    i64 mp = (5 * doy + 2) / 153;
    out->day = (i32)(doy - (153 * mp + 2) / 5 + 1);
    out->month = (i32)(mp < 10 ? mp + 2 : mp - 10);
    out->year = yoe + era * 400 + (out->month <= 1);
    out->weekday = (i32)(((days + 4) % 7 + 7) % 7);
    out->hour = (i32)(rest / 3600000);
    out->minute = (i32)(rest / 60000 % 60);
    out->second = (i32)(rest / 1000 % 60);
    out->ms = (i32)(rest % 1000);
}

f64 date_make_time(f64 hour, f64 minute, f64 second, f64 ms) { // 21.4.1.27
    if (!isfinite(hour) || !isfinite(minute) || !isfinite(second) || !isfinite(ms)) return NAN;
    return trunc(hour) * 3600000 + trunc(minute) * 60000 + trunc(second) * 1000 + trunc(ms);
}

f64 date_make_day(f64 year, f64 month, f64 day) { // 21.4.1.28
    if (!isfinite(year) || !isfinite(month) || !isfinite(day)) return NAN;
    f64 m = trunc(month), y = trunc(year) + floor(m / 12);
    if (fabs(y) > 400000) return NAN;
    f64 in_year = fmod(m, 12);
    if (in_year < 0) in_year += 12;
    return (f64)days_from_civil((i64)y, (i32)in_year, 1) + trunc(day) - 1;
}

f64 date_make_date(f64 day, f64 time) { // 21.4.1.29
    f64 t = day * MS_PER_DAY + time;
    return isfinite(t) ? t : NAN;
}

f64 date_time_clip(f64 t) { // 21.4.1.31
    if (!(fabs(t) <= MAX_TIME)) return NAN;
    return trunc(t) + 0.0;
}

// ---- the object ----

static Value date_with_proto(VM *vm, Value proto, f64 t) {
    PrimitiveObject *o = (PrimitiveObject *)object_alloc(vm, CELL_DATE, sizeof *o, shape_root(vm, proto), 0);
    o->value = v_from_num(t);
    return v_obj(o);
}

Value date_new(VM *vm, f64 t) { return date_with_proto(vm, vm->realm->DatePrototype, t); }

static f64 time_of(Value date) { return v_num(((PrimitiveObject *)v_ptr(date))->value); }

static Value set_time(VM *vm, Value date, f64 t) {
    Value v = v_from_num(t);
    heap_set(vm, &((PrimitiveObject *)v_ptr(date))->value, v);
    return v;
}

static DX_MUST_USE bool this_time(VM *vm, Value self, f64 *t) {
    if (!v_is_kind(self, CELL_DATE)) {
        vm_throw(vm, ERR_CUSTOM_TYPE, "this is not a Date object.");
        return false;
    }
    *t = time_of(self);
    return true;
}

// ---- text ----

static const char DAYS[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char MONTHS[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

typedef enum DateText { TEXT_FULL, TEXT_DATE, TEXT_TIME, TEXT_UTC, TEXT_ISO } DateText;

static int put_date(char *out, size_t room, const DateFields *f) { // 21.4.4.41.2
    return snprintf(out, room, "%s %s %02d %s%04lld", DAYS[f->weekday], MONTHS[f->month], f->day, f->year < 0 ? "-" : "",
                    (long long)(f->year < 0 ? -f->year : f->year));
}

static int put_time(char *out, size_t room, const DateFields *f, const Zone *z, f64 t) { // 21.4.4.41.1, .3
    char name[64];
    i64 seconds = (i64)floor(t / 1000);
    i32 offset = zone_offset(z, seconds) / 60, a = offset < 0 ? -offset : offset;
    zone_display_name(z, seconds, name);
    return snprintf(out, room, "%02d:%02d:%02d GMT%c%02d%02d (%s)", f->hour, f->minute, f->second, offset < 0 ? '-' : '+', a / 60, a % 60, name);
}

static void put_digits(char *out, i64 n, u32 count) {
    while (count-- > 0) {
        out[count] = (char)('0' + n % 10);
        n /= 10;
    }
}

static int put_iso(char *out, const DateFields *f) { // 21.4.4.36
    char *p = out;
    bool plain = f->year >= 0 && f->year <= 9999;
    if (!plain) *p++ = f->year < 0 ? '-' : '+';
    u32 digits = plain ? 4 : 6;
    put_digits(p, f->year < 0 ? -f->year : f->year, digits);
    p += digits;
    memcpy(p, "-00-00T00:00:00.000Z", 20);
    put_digits(p + 1, f->month + 1, 2);
    put_digits(p + 4, f->day, 2);
    put_digits(p + 7, f->hour, 2);
    put_digits(p + 10, f->minute, 2);
    put_digits(p + 13, f->second, 2);
    put_digits(p + 16, f->ms, 3);
    return (int)(p + 20 - out);
}

static String *date_text(VM *vm, f64 t, DateText kind) {
    char out[200];
    const size_t room = sizeof out;
    if (t != t) return str_new_c(vm, "Invalid Date");
    DateFields f;
    const Zone *z = kind == TEXT_UTC || kind == TEXT_ISO ? NULL : zone_local(vm);
    date_fields(z ? date_local_time(z, t) : t, &f);
    int n = 0;
    switch (kind) {
    case TEXT_FULL:
        n = put_date(out, room, &f);
        out[n++] = ' ';
        n += put_time(out + n, room - (size_t)n, &f, z, t);
        break;
    case TEXT_DATE: n = put_date(out, room, &f); break;
    case TEXT_TIME: n = put_time(out, room, &f, z, t); break;
    case TEXT_UTC: // 21.4.4.43
        n = snprintf(out, room, "%s, %02d %s %s%04lld %02d:%02d:%02d GMT", DAYS[f.weekday], f.day, MONTHS[f.month], f.year < 0 ? "-" : "",
                     (long long)(f.year < 0 ? -f.year : f.year), f.hour, f.minute, f.second);
        break;
    case TEXT_ISO: n = put_iso(out, &f); break;
    }
    return str_new_latin1(vm, (u8 *)out, (u32)n);
}

String *date_iso_string(VM *vm, f64 t) { return date_text(vm, t, TEXT_ISO); }
String *date_to_string(VM *vm, f64 t) { return date_text(vm, t, TEXT_FULL); }

// ---- constructor ----

// The arguments year, month, ... of Date.UTC and of the constructor: a time value, not clipped. False: thrown.
static DX_MUST_USE bool time_of_arguments(VM *vm, int argc, Value *argv, f64 *out) {
    f64 n[7] = {NAN, 0, 1, 0, 0, 0, 0};
    for (int i = 0; i < argc && i < 7; i++)
        if (!to_f64_rjs(vm, argv[i], &n[i])) return false;
    f64 year = trunc(n[0]); // MakeFullYear
    if (year >= 0 && year <= 99) n[0] = 1900 + year;
    *out = date_make_date(date_make_day(n[0], n[1], n[2]), date_make_time(n[3], n[4], n[5], n[6]));
    return true;
}

// 21.4.2.1
static Value date_ctor(VM *vm, Value self, int argc, Value *argv) {
    Value new_target = native_new_target(vm);
    f64 t;
    if (v_is_undefined(new_target)) return v_from_string(date_to_string(vm, date_now(vm)));
    if (argc == 0) {
        t = date_now(vm);
    } else if (argc == 1 && v_is_kind(argv[0], CELL_DATE)) {
        t = time_of(argv[0]);
    } else if (argc == 1) {
        Value v = to_primitive_rjs(vm, argv[0], HINT_DEFAULT);
        if (v_is_exc(v)) return v;
        if (v_is_string(v)) t = date_parse(vm, v_string(v));
        else if (!to_f64_rjs(vm, v, &t)) return V_EXC;
        t = date_time_clip(t);
    } else {
        if (!time_of_arguments(vm, argc, argv, &t)) return V_EXC;
        t = date_time_clip(date_utc(zone_local(vm), t));
    }
    Value proto = proto_from_ctor_rjs(vm, new_target, REALM_DatePrototype);
    return v_is_exc(proto) ? proto : date_with_proto(vm, proto, t);
}

static Value date_now_native(VM *vm, Value self, int argc, Value *argv) { return v_from_num(date_now(vm)); } // 21.4.3.1

// 21.4.3.2
static Value date_parse_native(VM *vm, Value self, int argc, Value *argv) {
    String *s = to_string_rjs(vm, ARG(0));
    return s ? v_from_num(date_parse(vm, s)) : V_EXC;
}

// 21.4.3.4
static Value date_utc_native(VM *vm, Value self, int argc, Value *argv) {
    f64 t;
    return time_of_arguments(vm, argc, argv, &t) ? v_from_num(date_time_clip(t)) : V_EXC;
}

// ---- fields ----

enum Field { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MS, WEEKDAY, SHORT_YEAR };
#define LOCAL 16 // magic: Field, plus LOCAL for local time

// 21.4.4.2 - 21.4.4.19 and B.2.3.1
static Value date_proto_get(VM *vm, Value self, int argc, Value *argv) {
    u32 magic = native_magic(vm);
    f64 t;
    if (!this_time(vm, self, &t)) return V_EXC;
    if (t != t) return V_NAN;
    DateFields f;
    date_fields(magic & LOCAL ? date_local_time(zone_local(vm), t) : t, &f);
    switch (magic & 15) {
    case YEAR: return v_from_i64(f.year);
    case MONTH: return v_from_int(f.month);
    case DAY: return v_from_int(f.day);
    case HOUR: return v_from_int(f.hour);
    case MINUTE: return v_from_int(f.minute);
    case SECOND: return v_from_int(f.second);
    case MS: return v_from_int(f.ms);
    case WEEKDAY: return v_from_int(f.weekday);
    default: return v_from_i64(f.year - 1900);
    }
}

// 21.4.4.20 - 21.4.4.34: the field of the magic number and those behind it, as many as are given
static Value date_proto_set(VM *vm, Value self, int argc, Value *argv) {
    static const u8 most[] = {[YEAR] = 3, [MONTH] = 2, [DAY] = 1, [HOUR] = 4, [MINUTE] = 3, [SECOND] = 2, [MS] = 1};
    u32 magic = native_magic(vm), field = magic & 15;
    bool local = magic & LOCAL;
    f64 t, n[7];
    if (!this_time(vm, self, &t)) return V_EXC;
    int count = argc < 1 ? 1 : argc < most[field] ? argc : most[field];
    f64 given[4] = {NAN};
    for (int i = 0; i < count && i < argc; i++)
        if (!to_f64_rjs(vm, argv[i], &given[i])) return V_EXC;
    if (t != t && field != YEAR) return V_NAN;
    DateFields f;
    date_fields(t != t ? 0 : local ? date_local_time(zone_local(vm), t) : t, &f);
    n[YEAR] = (f64)f.year, n[MONTH] = f.month, n[DAY] = f.day;
    n[HOUR] = f.hour, n[MINUTE] = f.minute, n[SECOND] = f.second, n[MS] = f.ms;
    for (int i = 0; i < count; i++) n[field + (u32)i] = given[i];
    f64 date = date_make_date(date_make_day(n[YEAR], n[MONTH], n[DAY]), date_make_time(n[HOUR], n[MINUTE], n[SECOND], n[MS]));
    return set_time(vm, self, date_time_clip(local ? date_utc(zone_local(vm), date) : date));
}

// B.2.3.2
static Value date_proto_set_year(VM *vm, Value self, int argc, Value *argv) {
    f64 t, y;
    if (!this_time(vm, self, &t) || !to_f64_rjs(vm, ARG(0), &y)) return V_EXC;
    if (y != y) return set_time(vm, self, NAN);
    y = trunc(y);
    DateFields f;
    date_fields(t != t ? 0 : date_local_time(zone_local(vm), t), &f);
    f64 day = date_make_day(y >= 0 && y <= 99 ? y + 1900 : y, f.month, f.day);
    f64 date = date_make_date(day, date_make_time(f.hour, f.minute, f.second, f.ms));
    return set_time(vm, self, date_time_clip(date_utc(zone_local(vm), date)));
}

// 21.4.4.10, 21.4.4.44
static Value date_proto_get_time(VM *vm, Value self, int argc, Value *argv) {
    f64 t;
    return this_time(vm, self, &t) ? v_from_num(t) : V_EXC;
}

// 21.4.4.27
static Value date_proto_set_time(VM *vm, Value self, int argc, Value *argv) {
    f64 t, v;
    if (!this_time(vm, self, &t) || !to_f64_rjs(vm, ARG(0), &v)) return V_EXC;
    return set_time(vm, self, date_time_clip(v));
}

// 21.4.4.11
static Value date_proto_get_timezone_offset(VM *vm, Value self, int argc, Value *argv) {
    f64 t;
    if (!this_time(vm, self, &t)) return V_EXC;
    if (t != t) return V_NAN;
    return v_from_int(-(zone_offset(zone_local(vm), (i64)floor(t / 1000)) / 60)); // whole minutes
}

// ---- to text ----

// 21.4.4.35, .41 - .43; magic: DateText
static Value date_proto_to_text(VM *vm, Value self, int argc, Value *argv) {
    u32 kind = native_magic(vm);
    f64 t;
    if (!this_time(vm, self, &t)) return V_EXC;
    return v_from_string(date_text(vm, t, (DateText)kind));
}

// 21.4.4.36
static Value date_proto_to_iso_string(VM *vm, Value self, int argc, Value *argv) {
    f64 t;
    if (!this_time(vm, self, &t)) return V_EXC;
    if (t != t) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid time value");
    return v_from_string(date_iso_string(vm, t));
}

// 21.4.4.38 - .40 in the locale en-US; magic: LOCALE_DATE, LOCALE_TIME
static Value date_proto_to_locale(VM *vm, Value self, int argc, Value *argv) {
    u32 which = native_magic(vm);
    f64 t;
    if (!this_time(vm, self, &t)) return V_EXC;
    return locale_date_text_rjs(vm, t, ARG(0), ARG(1), (int)which);
}

// 21.4.4.37
static Value date_proto_to_json(VM *vm, Value self, int argc, Value *argv) {
    Value o = to_object(vm, self);
    if (v_is_exc(o)) return o;
    Value v = to_primitive_rjs(vm, o, HINT_NUMBER);
    if (v_is_exc(v)) return v;
    if (v_is_number(v) && !isfinite(v_num(v))) return V_NULL;
    Value f = get_rjs(vm, o, A_(vm, toISOString));
    if (v_is_exc(f)) return f;
    return v_is_callable(f) ? CALL0(vm, f, o) : vm_throw(vm, ERR_NOT_FUNCTION, "toISOString");
}

// 21.4.4.45
static Value date_proto_to_primitive(VM *vm, Value self, int argc, Value *argv) {
    if (!v_is_object(self)) return vm_throw(vm, ERR_INCOMPATIBLE, "Date.prototype [ @@toPrimitive ]", self);
    bool string = ARG(0) == A_(vm, default) || ARG(0) == A_(vm, string), number = ARG(0) == A_(vm, number);
    if (!string && !number && v_is_string(ARG(0))) {
        PropKey hint = key_from_string(vm, v_string(argv[0]));
        string = hint == A_(vm, default) || hint == A_(vm, string);
        number = hint == A_(vm, number);
    }
    if (!string && !number) return vm_throw(vm, ERR_INVALID_HINT, ARG(0));
    for (int i = 0; i < 2; i++) { // OrdinaryToPrimitive
        Value f = get_rjs(vm, self, (i == 0) == string ? A_(vm, toString) : A_(vm, valueOf));
        if (v_is_exc(f)) return f;
        if (!v_is_callable(f)) continue;
        Value v = CALL0(vm, f, self);
        if (!v_is_object(v)) return v; // a primitive, or an exception
    }
    return vm_throw(vm, ERR_TO_PRIMITIVE);
}

// ---- tables ----

const NativeRow date_ctor_rows[] = {
    CTOR("Date", 7, date_ctor),
    FN("now", 0, date_now_native),
    FN("parse", 1, date_parse_native),
    FN("UTC", 7, date_utc_native),
    ROWS_END,
};

#define GET_AND_SET(name, field, length)                                                                     \
    FN_MAGIC("get" name, 0, date_proto_get, field | LOCAL), FN_MAGIC("getUTC" name, 0, date_proto_get, field),      \
    FN_MAGIC("set" name, length, date_proto_set, field | LOCAL), FN_MAGIC("setUTC" name, length, date_proto_set, field)

const NativeRow date_proto_rows[] = {
    FN_MAGIC("toString", 0, date_proto_to_text, TEXT_FULL),
    FN_MAGIC("toDateString", 0, date_proto_to_text, TEXT_DATE),
    FN_MAGIC("toTimeString", 0, date_proto_to_text, TEXT_TIME),
    FN("toISOString", 0, date_proto_to_iso_string),
    FN_MAGIC("toUTCString", 0, date_proto_to_text, TEXT_UTC),
    ALIAS("toGMTString", "toUTCString"),
    GET_AND_SET("Date", DAY, 1),
    FN_MAGIC("getDay", 0, date_proto_get, WEEKDAY | LOCAL),
    FN_MAGIC("getUTCDay", 0, date_proto_get, WEEKDAY),
    GET_AND_SET("FullYear", YEAR, 3),
    GET_AND_SET("Hours", HOUR, 4),
    GET_AND_SET("Milliseconds", MS, 1),
    GET_AND_SET("Minutes", MINUTE, 3),
    GET_AND_SET("Month", MONTH, 2),
    GET_AND_SET("Seconds", SECOND, 2),
    FN("getTime", 0, date_proto_get_time),
    FN("setTime", 1, date_proto_set_time),
    FN("getTimezoneOffset", 0, date_proto_get_timezone_offset),
    FN("valueOf", 0, date_proto_get_time),
    FN_MAGIC("getYear", 0, date_proto_get, SHORT_YEAR | LOCAL),
    FN("setYear", 1, date_proto_set_year),
    FN("toJSON", 1, date_proto_to_json),
    FN_MAGIC("toLocaleString", 0, date_proto_to_locale, LOCALE_DATE | LOCALE_TIME),
    FN_MAGIC("toLocaleDateString", 0, date_proto_to_locale, LOCALE_DATE),
    FN_MAGIC("toLocaleTimeString", 0, date_proto_to_locale, LOCALE_TIME),
    FN_ATTR("@@toPrimitive", 1, date_proto_to_primitive, ATTR_C),
    ROWS_END,
};

void builtin_date_install(VM *vm) {
    Realm *r = vm->realm;
    r->DatePrototype = v_obj(object_new(vm));
    r->Date = builtin_class(vm, TABLE_date_ctor_rows, TABLE_date_proto_rows, r->DatePrototype, r->FunctionPrototype);
}
