// SPDX-License-Identifier: MIT
// util.inspect and util.format after Node (lib/internal/util/inspect.js describes the layout rules): values
// as text. Owns no console. Objects by class: inspect_object.c.
#include "runtime/inspect_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const InspectOptions inspect_defaults = {.depth = 2, .break_length = 80, .compact = 3};

// Calls [nodejs.util.inspect.custom] if the object has one. 1: done, 0: has none, -1: thrown.
static int format_custom(Ctx *c, Value v, u32 level, Buf *out) {
    VM *vm = c->vm;
    if (c->custom == V_UNDEFINED) {
        Value arg = v_str(vm, "nodejs.util.inspect.custom");
        Value of = get_rjs(vm, vm->realm->Symbol, key_c(vm, "for"));
        c->custom = v_is_callable(of) ? vm_call(vm, of, vm->realm->Symbol, 1, &arg) : V_NULL;
    }
    if (!v_is_symbol(c->custom)) return 0;
    Value f = object_find_data(vm, v, c->custom);
    if (!v_is_callable(f)) return 0;
    Object *options = object_new(vm);
    Value args[2] = {c->o->depth == 0xFFFFFFFFu ? V_NULL : v_from_int((i32)c->o->depth - (i32)level),
                     v_obj(options)};
    Value r = vm_call(vm, f, v, 2, args);
    if (v_is_exc(r)) return -1;
    if (v_is_string(r)) {
        put_str(vm, out, r);
        return 1;
    }
    if (r == v) return 0;
    return format_value(c, r, level, true, out) ? 1 : -1;
}

bool format_value(Ctx *c, Value v, u32 level, bool typed, Buf *out) {
    VM *vm = c->vm;
    if (!v_is_object(v)) return put_primitive(c, v, out);
    while (v_is_kind(v, CELL_PROXY)) {
        Value target = ((Value *)(v_object(v) + 1))[0];
        if (!v_is_object(target)) {
            buf_str(out, "<Revoked Proxy>");
            return true;
        }
        v = target;
    }
    int custom = format_custom(c, v, level, out);
    if (custom) return custom > 0;
    for (u32 i = 0; i < c->seen_count; i++) {
        if (c->seen[i] != v) continue;
        u32 at = 0;
        while (at < c->circular_count && c->circular[at] != v) at++;
        if (at == c->circular_count && at < DX_COUNTOF(c->circular)) c->circular[c->circular_count++] = v;
        buf_printf(out, "[Circular *%u]", at + 1);
        return true;
    }
    if (c->seen_count == DX_COUNTOF(c->seen)) {
        buf_str(out, "[...]");
        return true;
    }
    if (vm_stack_low(vm)) return false;
    return format_object(c, v, level, out);
}

bool inspect_rjs(VM *vm, Value v, const InspectOptions *o, Buf *out) {
    Ctx *c = mem_zalloc(sizeof *c);
    c->vm = vm;
    c->o = o;
    c->custom = V_UNDEFINED;
    bool ok = format_value(c, v, 0, false, out);
    mem_free(c);
    return ok;
}

// ---- format

static bool put_number_as(VM *vm, Value v, char how, Buf *out) {
    if (v_is_symbol(v) || (v_is_object(v) && how != 'd')) {
        buf_str(out, "NaN");
        return true;
    }
    if (v_is_bigint(v)) return inspect_rjs(vm, v, &inspect_defaults, out);
    if (v_is_object(v)) {
        buf_str(out, "NaN");
        return true;
    }
    f64 d;
    if (how == 'd') {
        if (!to_f64_rjs(vm, v, &d)) return false;
    } else {
        String *s = to_string_rjs(vm, v);
        if (!s) return false;
        Buf tmp = {0};
        const char *text = str_to_cstr(vm, s, &tmp);
        char *end;
        d = strtod(text, &end);
        if (end == text) d = NAN;
        buf_free(&tmp);
        if (how == 'i') d = trunc(d);
    }
    return inspect_rjs(vm, v_from_num(d), &inspect_defaults, out);
}

static bool put_as_string(VM *vm, Value v, Buf *out) { // %s
    if (v_is_string(v)) {
        put_str(vm, out, v);
        return true;
    }
    if (v_is_object(v) && !v_is_kind(v, CELL_ERROR) && !v_is_callable(v)) {
        Value f = object_find_data(vm, v, A_(vm, toString));
        bool user = v_is_kind(f, CELL_FUNCTION);
        if (!user) {
            InspectOptions o = inspect_defaults;
            o.depth = 0;
            return inspect_rjs(vm, v, &o, out);
        }
    } else if (!v_is_object(v)) {
        return inspect_rjs(vm, v, &inspect_defaults, out);
    }
    String *s = to_string_rjs(vm, v);
    if (!s) return false;
    str_to_utf8(vm, s, out);
    return true;
}

bool inspect_format_rjs(VM *vm, int argc, const Value *argv, Buf *out) {
    int next = 0;
    if (argc > 1 && v_is_string(argv[0])) {
        Buf tmp = {0};
        const char *f = str_to_cstr(vm, v_string(argv[0]), &tmp);
        bool ok = true;
        next = 1;
        for (; *f && ok; f++) {
            if (f[0] != '%' || !f[1]) {
                buf_u8(out, (u8)*f);
                continue;
            }
            char how = f[1];
            if (how == '%') {
                buf_u8(out, '%');
                f++;
                continue;
            }
            if (!strchr("sdifjoOc", how) || next >= argc) {
                buf_u8(out, '%');
                continue;
            }
            Value v = argv[next++];
            f++;
            switch (how) {
            case 's': ok = put_as_string(vm, v, out); break;
            case 'd': case 'i': case 'f': ok = put_number_as(vm, v, how, out); break;
            case 'c': break;
            case 'j': {
                Value s = invoke_rjs(vm, vm->realm->JSON, A_(vm, stringify), 1, &v);
                ok = !v_is_exc(s);
                if (v_is_string(s)) put_str(vm, out, s);
                else if (ok) buf_str(out, "undefined");
                break;
            }
            default: {
                InspectOptions o = inspect_defaults;
                o.depth = how == 'o' ? 4 : inspect_defaults.depth;
                o.show_hidden = how == 'o';
                ok = inspect_rjs(vm, v, &o, out);
            }
            }
        }
        buf_free(&tmp);
        if (!ok) return false;
    }
    for (int i = next; i < argc; i++) {
        if (i) buf_u8(out, ' ');
        if (v_is_string(argv[i])) put_str(vm, out, argv[i]);
        else if (!inspect_rjs(vm, argv[i], &inspect_defaults, out)) return false;
    }
    return true;
}
