// SPDX-License-Identifier: MIT
// Time zones from the system's compiled zone files (RFC 8536, TZif) and from POSIX TZ rules. Zones are kept in process
// memory: they are read from outside and hold no JS values.
#include "vm/builtins/date.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define ZONE_DIRECTORY "/usr/share/zoneinfo/"
#define LOCALTIME "/etc/localtime"
#define DAY 86400

// ---- POSIX rules: "CET-1CEST,M3.5.0,M10.5.0/3" ----

typedef struct RuleDate {
    char kind; // 'M' month.week.weekday, 'J' day 1..365 without February 29th, 'N' day 0..365
    i32 month, week, day;
    i32 time; // seconds after midnight
} RuleDate;

typedef struct Rule {
    bool has_summer;
    i32 standard, summer; // seconds east of UTC
    RuleDate start, end;  // of summer time, each in the local time before it
} Rule;

typedef struct ZoneType {
    i32 offset;
    bool summer;
} ZoneType;

struct Zone {
    char name[64];
    u32 count;
    i64 *times;  // transitions, in UTC seconds
    u8 *types;   // the type from each transition on
    ZoneType type[256];
    bool has_rule;
    Rule rule;   // after the last transition
    i64 cache_from, cache_to; // offset of the last answer holds in between
    i32 cache_offset;
    Zone *next;  // in the list of loaded zones
};

static i64 days_from_civil(i64 y, i32 m, i32 d) { // m 1..12; days since 1970-01-01
    y -= m <= 2;
    i64 era = (y >= 0 ? y : y - 399) / 400;
    i64 yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool is_leap(i64 y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

static i64 year_of(i64 seconds) {
    i64 days = seconds / DAY - (seconds % DAY < 0);
    i64 y = 1970 + days * 400 / 146097;
    while (days_from_civil(y, 1, 1) > days) y--;
    while (days_from_civil(y + 1, 1, 1) <= days) y++;
    return y;
}

// Local seconds at which the rule's date falls in a year.
static i64 rule_seconds(const RuleDate *r, i64 year) {
    i64 day;
    if (r->kind == 'M') {
        i64 first = days_from_civil(year, r->month, 1);
        i32 weekday = (i32)(((first + 4) % 7 + 7) % 7);
        day = first + (r->day - weekday + 7) % 7 + 7 * (r->week - 1);
        i64 next = r->month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, r->month + 1, 1);
        while (day >= next) day -= 7; // week 5 is the last one
    } else {
        day = days_from_civil(year, 1, 1) + r->day;
        if (r->kind == 'J') day += (is_leap(year) && r->day >= 60 ? 1 : 0) - 1;
    }
    return day * DAY + r->time;
}

static ZoneType rule_type(const Rule *r, i64 utc) {
    ZoneType standard = {r->standard, false}, summer = {r->summer, true};
    if (!r->has_summer) return standard;
    i64 year = year_of(utc + r->standard);
    i64 start = rule_seconds(&r->start, year) - r->standard, end = rule_seconds(&r->end, year) - r->summer;
    bool in = start < end ? utc >= start && utc < end : !(utc >= end && utc < start);
    return in ? summer : standard;
}

static const char *skip_name(const char *p) {
    if (*p == '<') {
        while (*p && *p != '>') p++;
        return *p ? p + 1 : NULL;
    }
    const char *s = p;
    while ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')) p++;
    return p - s >= 3 ? p : NULL;
}

// [+-]h[:m[:s]]
static const char *read_time(const char *p, i32 *out) {
    i32 sign = *p == '-' ? -1 : 1, part[3] = {0};
    if (*p == '-' || *p == '+') p++;
    for (int i = 0; i < 3; i++) {
        if (i && *p != ':') break;
        p += i > 0;
        if (*p < '0' || *p > '9') return NULL;
        while (*p >= '0' && *p <= '9' && part[i] < 10000) part[i] = part[i] * 10 + (*p++ - '0');
    }
    *out = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
    return p;
}

static const char *read_rule_date(const char *p, RuleDate *r) {
    char *end;
    *r = (RuleDate){.kind = 'N', .time = 7200};
    if (*p == 'M') {
        r->kind = 'M';
        r->month = (i32)strtol(p + 1, &end, 10);
        if (*end != '.') return NULL;
        r->week = (i32)strtol(end + 1, &end, 10);
        if (*end != '.') return NULL;
        p = end;
        if (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5) return NULL;
    } else if (*p == 'J') {
        r->kind = 'J';
    } else {
        p--;
    }
    if (p[1] < '0' || p[1] > '9') return NULL;
    r->day = (i32)strtol(p + 1, &end, 10);
    p = end;
    if (*p == '/') p = read_time(p + 1, &r->time);
    return p;
}

static bool read_rule(const char *p, Rule *r) {
    *r = (Rule){0};
    if (!(p = skip_name(p)) || !(p = read_time(p, &r->standard))) return false;
    r->standard = -r->standard; // POSIX counts westwards
    if (!*p) return true;
    if (!(p = skip_name(p))) return false;
    r->has_summer = true;
    r->summer = r->standard + 3600;
    if (*p && *p != ',') {
        if (!(p = read_time(p, &r->summer))) return false;
        r->summer = -r->summer;
    }
    if (!*p) p = ",M3.2.0,M11.1.0"; // the United States' rule is the customary default
    if (*p++ != ',' || !(p = read_rule_date(p, &r->start)) || *p++ != ',' || !(p = read_rule_date(p, &r->end))) return false;
    return !*p;
}

// ---- TZif ----

static u32 be32(const u8 *p) { return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3]; }
static i64 be64(const u8 *p) { return (i64)((u64)be32(p) << 32 | be32(p + 4)); }

typedef struct TzHeader {
    u32 isut, isstd, leap, time, type, chars;
} TzHeader;
#define TZ_HEADER 44

static bool tz_header(const u8 *p, const u8 *end, TzHeader *h) {
    if (end - p < TZ_HEADER || memcmp(p, "TZif", 4) != 0) return false;
    *h = (TzHeader){be32(p + 20), be32(p + 24), be32(p + 28), be32(p + 32), be32(p + 36), be32(p + 40)};
    return h->time < 100000 && h->type >= 1 && h->type <= 256 && h->chars < 10000 && h->leap < 1000 && h->isut <= 256 && h->isstd <= 256;
}

static size_t tz_block(const TzHeader *h, u32 time_size) {
    return (size_t)h->time * (time_size + 1) + h->type * 6 + h->chars + h->leap * (time_size + 4) + h->isstd + h->isut;
}

static bool read_tzif(Zone *z, const u8 *p, size_t n) {
    const u8 *end = p + n;
    TzHeader h;
    if (!tz_header(p, end, &h) || p[4] < '2') return false; // version 1 alone has no 64-bit times
    size_t first = TZ_HEADER + tz_block(&h, 4);
    if (first > n || !tz_header(p + first, end, &h)) return false;
    p += first + TZ_HEADER;
    if ((size_t)(end - p) < tz_block(&h, 8)) return false;
    z->count = h.time;
    z->times = mem_alloc(h.time * sizeof(i64));
    z->types = mem_alloc(h.time);
    for (u32 i = 0; i < h.time; i++) z->times[i] = be64(p + i * 8);
    for (u32 i = 0; i < h.time; i++) z->types[i] = p[h.time * 8 + i] < h.type ? p[h.time * 8 + i] : 0;
    const u8 *t = p + (size_t)h.time * 9;
    for (u32 i = 0; i < h.type; i++) z->type[i] = (ZoneType){(i32)be32(t + i * 6), t[i * 6 + 4] != 0};
    const u8 *footer = p + tz_block(&h, 8);
    if (end - footer < 2 || *footer != '\n' || end[-1] != '\n') return true;
    char rule[128];
    size_t len = (size_t)(end - footer) - 2;
    if (len >= sizeof rule) return true;
    memcpy(rule, footer + 1, len);
    rule[len] = 0;
    z->has_rule = len && read_rule(rule, &z->rule);
    return true;
}

// ---- lookup ----

static ZoneType type_at(const Zone *z, i64 utc, i64 *from, i64 *to) {
    *from = INT64_MIN;
    *to = INT64_MAX;
    if (z->count == 0 || utc >= z->times[z->count - 1]) {
        if (z->has_rule) {
            *from = utc; // rules change within a year: no interval
            *to = utc + 1;
            return rule_type(&z->rule, utc);
        }
        if (z->count) *from = z->times[z->count - 1];
        return z->type[z->count ? z->types[z->count - 1] : 0];
    }
    if (utc < z->times[0]) {
        *to = z->times[0];
        return z->type[0];
    }
    u32 lo = 0, hi = z->count - 1; // times[lo] <= utc < times[hi]
    while (hi - lo > 1) {
        u32 mid = (lo + hi) / 2;
        if (z->times[mid] <= utc) lo = mid;
        else hi = mid;
    }
    *from = z->times[lo];
    *to = z->times[hi];
    return z->type[z->types[lo]];
}

i32 zone_offset(const Zone *zone, i64 utc) {
    Zone *z = (Zone *)zone;
    if (utc >= z->cache_from && utc < z->cache_to) return z->cache_offset;
    ZoneType t = type_at(z, utc, &z->cache_from, &z->cache_to);
    return z->cache_offset = t.offset;
}

i32 zone_offset_of_local(const Zone *z, i64 local) {
    i32 before = zone_offset(z, local - DAY), after = zone_offset(z, local + DAY);
    if (zone_offset(z, local - before) == before) return before;
    return before != after && zone_offset(z, local - after) == after ? after : before;
}

// The same day and time in a year from 2008 to 2035 that has the same calendar.
static i64 equivalent_time(i64 utc) {
    i64 year = year_of(utc), january = days_from_civil(year, 1, 1);
    i64 weekday = ((january + 4) % 7 + 7) % 7, recent = (is_leap(year) ? 1956 : 1967) + weekday * 12 % 28;
    return utc + (days_from_civil(2008 + (recent + 3 * 28 - 2008) % 28, 1, 1) - january) * DAY;
}

// A date is in summer time when its offset is the larger one of its year (which tells Irish winter from Irish summer).
// Names of dates before 1970 follow today's rules, as in V8.
static bool is_summer(const Zone *z, i64 utc) {
    if (utc < 0) utc = equivalent_time(utc);
    i64 january = days_from_civil(year_of(utc), 1, 1) * DAY;
    i32 a = zone_offset(z, january), b = zone_offset(z, january + 182 * DAY), now = zone_offset(z, utc);
    return a != b && now > (a < b ? a : b);
}

void zone_display_name(const Zone *z, i64 utc, char *out) {
    static const struct {
        const char *standard, *summer, *zones;
    } table[] = {
#define ZONE_NAMES(standard, summer, zones) {standard, summer, zones},
#include "vm/builtins/zone_names.def"
#undef ZONE_NAMES
    };
    char key[80];
    snprintf(key, sizeof key, " %s ", z->name);
    for (u32 i = 0; i < DX_COUNTOF(table); i++) {
        if (!strstr(table[i].zones, key)) continue;
        bool summer = table[i].summer[0] && is_summer(z, utc);
        snprintf(out, 64, "%s", summer ? table[i].summer : table[i].standard);
        return;
    }
    i32 minutes = zone_offset(z, utc) / 60;
    snprintf(out, 64, "GMT%c%02d:%02d", minutes < 0 ? '-' : '+', abs(minutes) / 60, abs(minutes) % 60);
}

const char *zone_name(const Zone *z) { return z->name; }

// ---- loading ----

static Zone *loaded;      // every zone ever used
static Zone *local_zone;  // NULL: ask the environment

static bool safe_name(const char *name) {
    size_t n = strlen(name);
    if (n == 0 || n >= sizeof ((Zone *)0)->name || name[0] == '/' || strstr(name, "..")) return false;
    return name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/")] == 0;
}

static Zone *zone_new(const char *name) {
    Zone *z = mem_zalloc(sizeof *z);
    snprintf(z->name, sizeof z->name, "%s", name);
    z->next = loaded;
    loaded = z;
    return z;
}

static Zone *load_file(const char *name, const char *path) {
    Buf file = {0};
    Zone *z = NULL;
    if (file_read(path, &file) == 0) {
        z = zone_new(name);
        if (!read_tzif(z, file.data, file.len)) {
            loaded = z->next;
            mem_free(z->times);
            mem_free(z->types);
            mem_free(z);
            z = NULL;
        }
    }
    buf_free(&file);
    return z;
}

const Zone *zone_named(const char *name) {
    char path[128];
    for (Zone *z = loaded; z; z = z->next)
        if (strcmp(z->name, name) == 0) return z;
    if (!safe_name(name)) return NULL;
    snprintf(path, sizeof path, ZONE_DIRECTORY "%s", name);
    Zone *z = load_file(name, path);
    if (!z && (strcmp(name, "UTC") == 0 || strcmp(name, "Etc/UTC") == 0)) z = zone_new(name); // systems without zone files
    return z;
}

// TZ: a zone's name or a POSIX rule; unset: the system's zone; nonsense: UTC, as other runtimes do.
static const Zone *zone_of_environment(void) {
    const char *tz = getenv("TZ");
    if (!tz) {
        char target[PATH_MAX];
        const char *name = realpath(LOCALTIME, target) ? strstr(target, "zoneinfo/") : NULL;
        const Zone *z = zone_named(name ? name + 9 : "Etc/UTC");
        if (!z) z = load_file("localtime", LOCALTIME);
        return z ? z : zone_new("Etc/UTC");
    }
    if (*tz == ':') tz++;
    const Zone *known = zone_named(tz);
    if (known) return known;
    Zone *z = zone_new(strlen(tz) < sizeof z->name ? tz : "");
    z->has_rule = read_rule(tz, &z->rule);
    return z;
}

const Zone *zone_local(VM *vm) {
    vm_mark_impure(vm, IMPURE_ENV);
    if (!local_zone) local_zone = (Zone *)zone_of_environment();
    return local_zone;
}

void zone_environment_changed(void) { local_zone = NULL; }

static i64 floor_seconds(f64 ms) { return (i64)floor(ms / 1000); }

f64 date_local_time(const Zone *z, f64 t) { return t != t ? t : t + 1000.0 * zone_offset(z, floor_seconds(t)); }

f64 date_utc(const Zone *z, f64 local) {
    if (!(fabs(local) < 9e15)) return NAN;
    return local - 1000.0 * zone_offset_of_local(z, floor_seconds(local));
}
