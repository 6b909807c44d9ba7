// SPDX-License-Identifier: MIT
// Intl for the locales en-US and en-GB (ECMA-402 in part): DateTimeFormat, NumberFormat, Collator, PluralRules, ListFormat, RelativeTimeFormat over locale_*.c and the root collation.
// Other locales, and what is not here (parts, ranges, Segmenter ...), are TypeErrors that name it.
#include <stdio.h>

#include "vm/builtins/builtins.h"
#include "vm/builtins/date.h"
#include "vm/builtins/locale.h"

// Instances are HOST cells of these classes: data[0] locale, data[1] options (an object or undefined), data[2] the bound format/compare function.
enum IntlClass { INTL_DATE = 200, INTL_NUMBER, INTL_COLLATOR, INTL_PLURAL, INTL_LIST, INTL_RELATIVE };
static const char *const intl_names[] = {"Intl.DateTimeFormat", "Intl.NumberFormat", "Intl.Collator", "Intl.PluralRules", "Intl.ListFormat", "Intl.RelativeTimeFormat"};

static HostObject *this_intl(VM *vm, Value self, u32 cls, const char *method) {
    HostObject *o = v_is_kind(self, CELL_HOST) ? (HostObject *)v_ptr(self) : NULL;
    if (o && o->host_class == cls) return o;
    vm_throw(vm, ERR_INCOMPATIBLE, method, self);
    return NULL;
}

static Value format_date_rjs(VM *vm, HostObject *o, Value v);

static Value intl_ctor(VM *vm, Value self, int argc, Value *argv) { // magic: IntlClass
    u32 cls = native_magic(vm);
    Value nt = native_new_target(vm), callee = native_callee(vm);
    if (v_is_undefined(nt) && cls > INTL_COLLATOR) return vm_throw(vm, ERR_CTOR_NEEDS_NEW, intl_names[cls - INTL_DATE]);
    if (v_is_undefined(nt)) nt = callee;
    Value proto = proto_from_ctor_rjs(vm, nt, REALM_ObjectPrototype), options = V_UNDEFINED;
    if (v_is_exc(proto)) return V_EXC;
    if (!v_is_undefined(ARG(1)) && v_is_exc(options = to_object(vm, argv[1]))) return V_EXC;
    int locale = locale_pick_rjs(vm, ARG(0), intl_names[cls - INTL_DATE]);
    if (locale < 0) return V_EXC;
    HostObject *o = (HostObject *)object_alloc(vm, CELL_HOST, sizeof(HostObject), shape_root(vm, proto), 0);
    o->host_class = cls;
    o->data[0] = v_str(vm, locale == LOCALE_GB ? "en-GB" : "en-US");
    o->data[1] = options;
    o->data[2] = o->data[3] = V_UNDEFINED;
    if (cls == INTL_DATE && v_is_exc(format_date_rjs(vm, o, v_from_int(0)))) return V_EXC; // bad options are refused here, not at the first use
    return v_obj(o);
}

// ---- format, compare

static int given_rjs(VM *vm, Value options, const char *const *names) { // 1 if one of the names is not undefined
    if (!v_is_object(options)) return 0;
    for (; *names; names++) {
        Value v = get_rjs(vm, options, key_c(vm, *names));
        if (v_is_exc(v)) return -1;
        if (!v_is_undefined(v)) return 1;
    }
    return 0;
}
static Value format_date_rjs(VM *vm, HostObject *o, Value v) {
    static const char *const time_names[] = {"hour", "minute", "second", "fractionalSecondDigits", "timeStyle", "dayPeriod", NULL};
    static const char *const date_names[] = {"weekday", "year", "month", "day", "dateStyle", NULL};
    f64 t;
    if (v_is_undefined(v)) t = date_now(vm);
    else if (v_is_kind(v, CELL_DATE)) t = v_num(((PrimitiveObject *)v_ptr(v))->value);
    else if (!to_f64_rjs(vm, v, &t)) return V_EXC;
    if (t != t) return vm_throw(vm, ERR_CUSTOM_RANGE, "Invalid time value");
    int has_time = given_rjs(vm, o->data[1], time_names), has_date = has_time < 0 ? -1 : given_rjs(vm, o->data[1], date_names);
    if (has_date < 0) return V_EXC;
    int which = has_time && has_date ? LOCALE_DATE | LOCALE_TIME : has_time ? LOCALE_TIME : LOCALE_DATE;
    return locale_date_text_rjs(vm, t, o->data[0], o->data[1], which);
}
static Value format_number_rjs(VM *vm, HostObject *o, Value v) {
    Value n = to_numeric_rjs(vm, v);
    if (v_is_exc(n)) return V_EXC;
    if (v_is_bigint(n)) return invoke_rjs(vm, n, key_c(vm, "toLocaleString"), 0, NULL);
    return locale_number_text_rjs(vm, v_num(n), V_UNDEFINED, o->data[1]);
}
static Value bound_call(VM *vm, Value self, int argc, Value *argv) { // slot 0: the instance
    HostObject *o = (HostObject *)v_ptr(native_slots(vm)[0]);
    if (o->host_class == INTL_DATE) return format_date_rjs(vm, o, ARG(0));
    if (o->host_class == INTL_NUMBER) return format_number_rjs(vm, o, ARG(0));
    String *a = to_string_rjs(vm, ARG(0)), *b = a ? to_string_rjs(vm, ARG(1)) : NULL;
    return b ? v_from_int(str_locale_compare(vm, a, b)) : V_EXC;
}
static Value bound_get(VM *vm, Value self, int argc, Value *argv) { // get format, get compare: one function an instance
    u32 cls = native_magic(vm);
    HostObject *o = this_intl(vm, self, cls, cls == INTL_COLLATOR ? "get Intl.Collator.prototype.compare" : "get format");
    if (!o) return V_EXC;
    if (v_is_undefined(o->data[2])) {
        NativeFunction *f = native_new(vm, NATIVE_ID(intl_internal_rows, cls == INTL_COLLATOR), 1);
        f->slots[0] = self;
        HEAP_STORE(vm, o->data[2], v_obj(f));
    }
    return o->data[2];
}

// ---- PluralRules, ListFormat

static Value plural_select(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = this_intl(vm, self, INTL_PLURAL, "Intl.PluralRules.prototype.select");
    f64 n;
    int ordinal = -1;
    if (!o || !to_f64_rjs(vm, ARG(0), &n)) return V_EXC;
    if (v_is_object(o->data[1]) && !locale_option_rjs(vm, o->data[1], "type", "cardinal ordinal", "Intl.PluralRules", &ordinal)) return V_EXC;
    if (ordinal != 1) return v_str(vm, n == 1 ? "one" : "other");
    f64 ten = __builtin_fmod(n, 10), hundred = __builtin_fmod(n, 100);
    return v_str(vm, ten == 1 && hundred != 11 ? "one" : ten == 2 && hundred != 12 ? "two" : ten == 3 && hundred != 13 ? "few" : "other");
}
static bool push_string(VM *vm, Value v, void *ctx) {
    if (!v_is_string(v)) return vm_throw(vm, ERR_CUSTOM_TYPE, "Iterable yielded a value which is not a string"), false;
    array_push(vm, (Array *)ctx, v);
    return true;
}
static Value list_format(VM *vm, Value self, int argc, Value *argv) {
    HostObject *o = this_intl(vm, self, INTL_LIST, "Intl.ListFormat.prototype.format");
    int type = -1;
    if (!o) return V_EXC;
    if (v_is_object(o->data[1]) && !locale_option_rjs(vm, o->data[1], "type", "conjunction disjunction unit", "Intl.ListFormat", &type)) return V_EXC;
    Array *list = array_new(vm, 4);
    if (!v_is_undefined(ARG(0)) && !iterate_rjs(vm, argv[0], push_string, list)) return V_EXC;
    StrBuf sb = {0};
    for (u32 i = 0; i < list->length; i++) {
        bool last = i + 1 == list->length;
        if (i) sb_ascii(&sb, list->length > 2 || type == 2 ? ", " : " ");
        if (i && last && type != 2) sb_ascii(&sb, type == 1 ? "or " : "and ");
        sb_str(vm, &sb, v_string(obj_elems(&list->o)->v[i]));
    }
    return sb_finish(vm, &sb);
}

// ---- RelativeTimeFormat

static Value relative_format(VM *vm, Value self, int argc, Value *argv) { // format(value, unit)
    static const char *const units[] = {"second", "minute", "hour", "day", "week", "month", "quarter", "year"};
    static const char *const shorts[] = {"sec.", "min.", "hr.", "day", "wk.", "mo.", "qtr.", "yr."};
    static const char *const narrow[] = {"s", "m", "h", "d", "w", "mo", "q", "y"};
    HostObject *o = this_intl(vm, self, INTL_RELATIVE, "Intl.RelativeTimeFormat.prototype.format");
    f64 n;
    int numeric = -1, style = -1;
    u32 u = 0;
    if (!o || !to_f64_rjs(vm, ARG(0), &n)) return V_EXC;
    String *unit = to_string_rjs(vm, ARG(1));
    if (!unit) return V_EXC;
    if (v_is_object(o->data[1]) && (!locale_option_rjs(vm, o->data[1], "numeric", "always auto", intl_names[INTL_RELATIVE - INTL_DATE], &numeric) ||
                                    !locale_option_rjs(vm, o->data[1], "style", "long short narrow", intl_names[INTL_RELATIVE - INTL_DATE], &style)))
        return V_EXC;
    Buf b = {0};
    const char *name = str_to_cstr(vm, unit, &b);
    size_t len = strlen(name);
    while (u < DX_COUNTOF(units) && !(strncmp(units[u], name, strlen(units[u])) == 0 && (len == strlen(units[u]) || (len == strlen(units[u]) + 1 && name[len - 1] == 's')))) u++;
    Value shown = u == DX_COUNTOF(units) || n != n || n - n != 0 ? V_HOLE : locale_number_text_rjs(vm, __builtin_fabs(n), V_UNDEFINED, V_UNDEFINED);
    if (shown == V_HOLE) {
        Value r = u == DX_COUNTOF(units) ? vm_throw(vm, ERR_RELATIVE_UNIT, name) : vm_throw(vm, ERR_CUSTOM_RANGE, "Value need to be finite number for Intl.RelativeTimeFormat.prototype.format()");
        buf_free(&b);
        return r;
    }
    bool past = __builtin_signbit(n), whole = numeric == 1 && (n == 0 || n == 1 || n == -1);
    char text[160] = "";
    const char *word = style == 1 ? shorts[u] : style == 2 ? narrow[u] : units[u];
    if (whole && u == 3) snprintf(text, sizeof text, "%s", n == 0 ? "today" : n > 0 ? "tomorrow" : "yesterday");
    else if (whole && u == 0 && n == 0) snprintf(text, sizeof text, "now");
    else if (whole && (u >= 4 || (n == 0 && u > 0))) snprintf(text, sizeof text, "%s %s", n == 0 ? "this" : n > 0 ? "next" : "last", style < 1 || u < 3 ? units[u] : shorts[u]);
    if (!text[0]) {
        b.len = 0;
        const char *number = str_to_cstr(vm, v_string(shown), &b);
        bool plural = n != 1 && n != -1, bare = style == 2;
        const char *s = !plural || (style >= 1 && u != 3 && u != 6) || bare ? "" : style == 1 && u == 6 ? "" : "s";
        if (style == 1 && u == 6) word = plural ? "qtrs." : "qtr.";
        snprintf(text, sizeof text, past ? "%s%s%s%s ago" : "in %s%s%s%s", number, bare ? "" : " ", word, s);
    }
    buf_free(&b);
    return v_str(vm, text);
}

// ---- resolvedOptions, supportedLocalesOf

static Value intl_resolved(VM *vm, Value self, int argc, Value *argv) {
    u32 cls = native_magic(vm);
    HostObject *o = this_intl(vm, self, cls, "resolvedOptions");
    if (!o) return V_EXC;
    Object *r = object_new(vm);
    object_put(vm, r, key_c(vm, "locale"), o->data[0], ATTR_WEC);
    if (cls == INTL_DATE) object_put(vm, r, key_c(vm, "calendar"), v_str(vm, "gregory"), ATTR_WEC);
    if (cls == INTL_DATE || cls == INTL_NUMBER) object_put(vm, r, key_c(vm, "numberingSystem"), v_str(vm, "latn"), ATTR_WEC);
    if (cls == INTL_DATE) object_put(vm, r, key_c(vm, "timeZone"), v_str(vm, zone_name(zone_local(vm))), ATTR_WEC);
    if (v_is_object(o->data[1])) {
        Value assign = get_rjs(vm, vm->realm->Object, key_c(vm, "assign"));
        if (v_is_exc(assign) || v_is_exc(CALL2(vm, assign, V_UNDEFINED, v_obj(r), o->data[1]))) return V_EXC;
    }
    return v_obj(r);
}
static Value intl_supported(VM *vm, Value self, int argc, Value *argv) { // those of the list that are English
    Array *out = array_new(vm, 1);
    Value list = v_is_string(ARG(0)) ? array_create_from_list(vm, argv, 1) : ARG(0);
    if (v_is_undefined(list)) return v_from_array(out);
    i64 n = v_is_object(list) ? length_of_array_like_rjs(vm, list) : 0;
    for (i64 i = 0; i < n; i++) {
        Value v = get_rjs(vm, list, key_from_index((u32)i));
        String *s = v_is_exc(v) ? NULL : to_string_rjs(vm, v);
        if (!s) return V_EXC;
        Chars c = str_chars(vm, s);
        if (c.len >= 2 && chars_at(c, 0) == 'e' && chars_at(c, 1) == 'n' && (c.len == 2 || chars_at(c, 2) == '-')) array_push(vm, out, v_from_string(s));
    }
    return n < 0 ? V_EXC : v_from_array(out);
}

#define INTL_CTOR(n, cls) {.name = n, .fn = intl_ctor, .kind = ROW_CTOR, .length = 0, .attrs = ATTR_WC, .magic = cls}
#define RESOLVED(cls) FN_MAGIC("resolvedOptions", 0, intl_resolved, cls)
const NativeRow intl_internal_rows[] = {FN("", 1, bound_call), FN("", 2, bound_call), ROWS_END};
const NativeRow intl_rows[] = {VALUE_STR("@@toStringTag", "Intl", ATTR_C), ROWS_END};
#define SUPPORTED FN("supportedLocalesOf", 1, intl_supported)
const NativeRow intl_date_rows[] = {INTL_CTOR("DateTimeFormat", INTL_DATE), SUPPORTED, ROWS_END};
const NativeRow intl_date_proto_rows[] = {GETTER_MAGIC("format", bound_get, INTL_DATE), RESOLVED(INTL_DATE), VALUE_STR("@@toStringTag", "Intl.DateTimeFormat", ATTR_C), ROWS_END};
const NativeRow intl_number_rows[] = {INTL_CTOR("NumberFormat", INTL_NUMBER), SUPPORTED, ROWS_END};
const NativeRow intl_number_proto_rows[] = {GETTER_MAGIC("format", bound_get, INTL_NUMBER), RESOLVED(INTL_NUMBER), VALUE_STR("@@toStringTag", "Intl.NumberFormat", ATTR_C), ROWS_END};
const NativeRow intl_collator_rows[] = {INTL_CTOR("Collator", INTL_COLLATOR), SUPPORTED, ROWS_END};
const NativeRow intl_collator_proto_rows[] = {GETTER_MAGIC("compare", bound_get, INTL_COLLATOR), RESOLVED(INTL_COLLATOR), VALUE_STR("@@toStringTag", "Intl.Collator", ATTR_C), ROWS_END};
const NativeRow intl_plural_rows[] = {INTL_CTOR("PluralRules", INTL_PLURAL), SUPPORTED, ROWS_END};
const NativeRow intl_plural_proto_rows[] = {FN("select", 1, plural_select), RESOLVED(INTL_PLURAL), VALUE_STR("@@toStringTag", "Intl.PluralRules", ATTR_C), ROWS_END};
const NativeRow intl_list_rows[] = {INTL_CTOR("ListFormat", INTL_LIST), SUPPORTED, ROWS_END};
const NativeRow intl_list_proto_rows[] = {FN("format", 1, list_format), RESOLVED(INTL_LIST), VALUE_STR("@@toStringTag", "Intl.ListFormat", ATTR_C), ROWS_END};

const NativeRow intl_relative_rows[] = {INTL_CTOR("RelativeTimeFormat", INTL_RELATIVE), SUPPORTED, ROWS_END};
const NativeRow intl_relative_proto_rows[] = {FN("format", 2, relative_format), RESOLVED(INTL_RELATIVE), VALUE_STR("@@toStringTag", "Intl.RelativeTimeFormat", ATTR_C), ROWS_END};

static void class_on(VM *vm, Object *intl, const char *name, u32 ctor_table, u32 proto_table) {
    Value proto = v_obj(object_new(vm)), ctor = builtin_class(vm, ctor_table, proto_table, proto, vm->realm->FunctionPrototype);
    object_put(vm, intl, key_c(vm, name), ctor, ATTR_WC);
    DX_CHECK(object_delete_rjs(vm, vm->realm->global, key_c(vm, name)) > 0); // a property of Intl only
}
void builtin_intl_install(VM *vm) {
    Object *intl = object_new(vm);
    builtin_install(vm, v_obj(intl), TABLE_intl_rows);
    class_on(vm, intl, "DateTimeFormat", TABLE_intl_date_rows, TABLE_intl_date_proto_rows);
    class_on(vm, intl, "NumberFormat", TABLE_intl_number_rows, TABLE_intl_number_proto_rows);
    class_on(vm, intl, "Collator", TABLE_intl_collator_rows, TABLE_intl_collator_proto_rows);
    class_on(vm, intl, "PluralRules", TABLE_intl_plural_rows, TABLE_intl_plural_proto_rows);
    class_on(vm, intl, "ListFormat", TABLE_intl_list_rows, TABLE_intl_list_proto_rows);
    class_on(vm, intl, "RelativeTimeFormat", TABLE_intl_relative_rows, TABLE_intl_relative_proto_rows);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "Intl"), v_obj(intl), ATTR_WC);
}
