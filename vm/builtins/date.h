// SPDX-License-Identifier: MIT
// Time values, calendar fields and time zones, for Date and for whoever formats dates.
#ifndef DX_DATE_H
#define DX_DATE_H

#include "vm/convert.h"

// ---- calendar (ECMA-262 21.4.1); t is a time value: milliseconds since 1970 UTC, integral, |t| <= 8.64e15, or NaN
typedef struct DateFields {
    i64 year;
    i32 month, day, hour, minute, second, ms; // month 0..11, day 1..31
    i32 weekday;                              // 0 Sunday
} DateFields;
void date_fields(f64 t, DateFields *out);     // t finite
f64 date_make_day(f64 year, f64 month, f64 day);
f64 date_make_time(f64 hour, f64 minute, f64 second, f64 ms);
f64 date_make_date(f64 day, f64 time);
f64 date_time_clip(f64 t);

f64 date_now(VM *vm);                         // marks the run impure
extern f64 (*date_clock)(VM *vm);             // NULL: the system's clock. Fake timers plug in here
f64 date_parse(VM *vm, String *s);            // Date.parse; NaN if not understood
Value date_new(VM *vm, f64 t);                // a Date object of the current realm
String *date_iso_string(VM *vm, f64 t);       // t finite
String *date_to_string(VM *vm, f64 t);        // as Date.prototype.toString

// ---- time zones (zone.c)
typedef struct Zone Zone;
const Zone *zone_local(VM *vm);               // by the environment's TZ; marks the run as having read the environment
void zone_environment_changed(void);          // TZ was assigned: the next use reads it again
const Zone *zone_named(const char *name);     // NULL if unknown; lives as long as the process
const char *zone_name(const Zone *z);         // "Europe/Berlin"
i32 zone_offset(const Zone *z, i64 utc_seconds);        // seconds east of UTC
i32 zone_offset_of_local(const Zone *z, i64 local_seconds); // 21.4.1.26: first of two, offset before a gap
// "Central European Summer Time", or "GMT+01:00" for zones without names; out has 64 bytes.
void zone_display_name(const Zone *z, i64 utc_seconds, char *out);
f64 date_local_time(const Zone *z, f64 t);    // LocalTime; NaN stays
f64 date_utc(const Zone *z, f64 local);       // UTC

#endif
