// SPDX-License-Identifier: MIT
// Throwing: messages of errors.def with their arguments rendered as V8 renders them, without running user
// code.
#include <stdarg.h>
#include <stdio.h>

#include "vm/num/bigint.h"
#include "vm/object/layout.h"
#include "vm/vm.h"

static const struct { u32 proto; const char *text; } errors[ERR_COUNT] = {
#define ERR(id, type, text) {REALM_##type##Prototype, text},
#include "vm/errors.def"
#undef ERR
};

// ---- display

static void sb_value(VM *vm, StrBuf *b, Value v) { sb_str(vm, b, value_display(vm, v)); }

// JSReceiver::GetConstructorName without side effects
static Value constructor_name(VM *vm, Value v) {
    Value tag = object_find_data(vm, v, SYM_(vm, toStringTag));
    if (v_is_string(tag) && v_string(tag)->length) return tag;
    Value c = object_find_data(vm, v, A_(vm, constructor));
    return v_is_callable(c) ? function_name(vm, c) : A_(vm, empty);
}

static bool display_error(VM *vm, StrBuf *b, Value v) {
    Value name = object_find_data(vm, v, A_(vm, name)), msg = object_find_data(vm, v, A_(vm, message));
    u32 n = 0;
    if (name == V_HOLE || v_is_undefined(name)) sb_ascii(b, "Error"), n = 1;
    else sb_value(vm, b, name), n = b->len;
    if (msg == V_HOLE || v_is_undefined(msg) || (v_is_string(msg) && !v_string(msg)->length)) return true;
    if (n) sb_ascii(b, ": ");
    sb_value(vm, b, msg);
    return true;
}

static const char *class_name(Value v) {
    switch (((Cell *)v_ptr(v))->kind) {
#define CELL(num, NAME, type, js) case num: return js ? js : "Object";
#include "vm/classes.def"
#undef CELL
    default: return "Object";
    }
}

static void display_function(VM *vm, StrBuf *b, String *source) {
    enum { LONGEST = 128, HEAD = 111, TAIL = 2 }; // V8's
    if (source->length <= LONGEST) {
        sb_str(vm, b, source);
        return;
    }
    sb_str(vm, b, str_slice(vm, source, 0, HEAD));
    sb_ascii(b, "...<omitted>...");
    sb_str(vm, b, str_slice(vm, source, source->length - TAIL, source->length));
}

static void display_object(VM *vm, StrBuf *b, Value v) {
    for (int i = 0; v_is_kind(v, CELL_PROXY) && i < 100; i++) {
        Value t = ((ProxyObject *)v_ptr(v))->target;
        if (!v_is_object(t)) break;
        v = t;
    }
    if (v_is_kind(v, CELL_FUNCTION) || v_is_kind(v, CELL_NATIVE) || v_is_kind(v, CELL_BOUND)) {
        display_function(vm, b, v_string(function_source_text(vm, v)));
        return;
    }
    if (v_is_kind(v, CELL_ERROR)) {
        display_error(vm, b, v);
        return;
    }
    Value to_string = object_find_data(vm, v, A_(vm, toString));
    if (to_string != V_HOLE && to_string == vm->realm->ObjProtoToString) {
        Value name = constructor_name(vm, v);
        if (v_string(name)->length) {
            sb_ascii(b, "#<");
            sb_str(vm, b, v_string(name));
            sb_ascii(b, ">");
            return;
        }
    }
    Value tag = object_find_data(vm, v, SYM_(vm, toStringTag));
    sb_ascii(b, "[object ");
    if (v_is_string(tag)) sb_str(vm, b, v_string(tag));
    else sb_ascii(b, class_name(v));
    sb_ascii(b, "]");
}

String *value_display(VM *vm, Value v) {
    if (v_is_string(v)) return v_string(v);
    if (v_is_number(v)) return v_string(number_to_string(vm, v_num(v), 10));
    StrBuf b = {0};
    if (v_is_symbol(v)) return v_string(symbol_descriptive_string(vm, v_symbol(v)));
    if (v_is_bigint(v)) return v_string(bigint_to_string(vm, v, 10));
    if (v_is_object(v)) display_object(vm, &b, v);
    else
        sb_ascii(&b, v == V_TRUE         ? "true"
                     : v == V_FALSE      ? "false"
                     : v_is_null(v)      ? "null"
                     : v_is_undefined(v) ? "undefined"
                                         : "<internal>");
    Value r = sb_finish(vm, &b);
    return v_is_string(r) ? v_string(r) : v_string(A_(vm, empty));
}

// BuildDefaultCallSite
static void display_call_site(VM *vm, StrBuf *b, Value v) {
    sb_str(vm, b, v_string(typeof_value(vm, v)));
    if (v_is_string(v)) {
        sb_ascii(b, " \"");
        sb_str(vm, b, v_string(v));
        sb_ascii(b, "\"");
    } else if (v_is_null(v) || v_is_bool(v) || v_is_number(v)) {
        sb_ascii(b, " ");
        sb_value(vm, b, v);
    }
}

// ---- throwing

Value vm_throw_value(VM *vm, Value v) {
    vm->exception = v;
    return V_EXC;
}

Value vm_take_exception(VM *vm) {
    Value v = vm->exception;
    vm->exception = V_HOLE;
    return v;
}

Value vm_throw(VM *vm, ErrorId id, ...) {
    StrBuf b = {0};
    va_list ap;
    va_start(ap, id);
    for (const char *p = errors[id].text; *p; p++) {
        if (*p != '%') {
            sb_unit(&b, (u8)*p);
            continue;
        }
        switch (*++p) {
        case 's': {
            const char *s = va_arg(ap, const char *);
            sb_str(vm, &b, str_new_c(vm, s ? s : ""));
            break;
        }
        case 'V': sb_value(vm, &b, va_arg(ap, Value)); break;
        case 'C': display_call_site(vm, &b, va_arg(ap, Value)); break;
        case 'K': sb_str(vm, &b, key_display(vm, va_arg(ap, PropKey))); break;
        case 'd': {
            char text[24];
            snprintf(text, sizeof text, "%d", va_arg(ap, int));
            sb_ascii(&b, text);
            break;
        }
        default: sb_unit(&b, (u8)*p);
        }
    }
    va_end(ap);
    Value message = sb_finish(vm, &b);
    if (v_is_exc(message)) message = A_(vm, empty);
    return vm_throw_value(vm, error_new(vm, errors[id].proto, message));
}
