// SPDX-License-Identifier: MIT
// console (https://console.spec.whatwg.org) as Node prints it, and performance.now.
#include "runtime/console.h"

#include <time.h>

#include "runtime/inspect.h"
#include "vm/builtins/builtins.h"
#include "vm/host.h"
#include "vm/text.h"

typedef struct Named {
    struct Named *next;
    char *label;
    u64 value;
} Named; // counters and timers; live as long as the process
static Named *counters, *timers;
static u32 group_indent;

static u64 now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

static void write_text(VM *vm, int fd, const Buf *text) { // with the group's indentation before each line
    Buf out = {0};
    for (size_t i = 0; i <= text->len; i++) {
        if (i == 0 || text->data[i - 1] == '\n')
            for (u32 k = 0; k < group_indent; k++) buf_u8(&out, ' ');
        if (i < text->len) buf_u8(&out, text->data[i]);
    }
    buf_u8(&out, '\n');
    if (vm->host && vm->host->write) vm->host->write(vm->host->ctx, fd, (const char *)out.data, out.len);
    buf_free(&out);
}

enum { TO_STDOUT = 1, TO_STDERR = 2 };

static bool print(VM *vm, int fd, int argc, const Value *argv) {
    Buf text = {0};
    bool ok = inspect_format_rjs(vm, argc, argv, &text);
    if (ok) write_text(vm, fd, &text);
    buf_free(&text);
    return ok;
}

static Value console_print(VM *vm, Value self, int argc, Value *argv) {
    return print(vm, native_magic(vm), argc, argv) ? V_UNDEFINED : V_EXC;
}
static Value console_assert(VM *vm, Value self, int argc, Value *argv) {
    if (argc && to_boolean(argv[0])) return V_UNDEFINED;
    Value args[16];
    int n = 0;
    Buf first = {0};
    buf_str(&first, "Assertion failed");
    if (argc > 1 && v_is_string(argv[1])) {
        buf_str(&first, ": ");
        str_to_utf8(vm, v_string(argv[1]), &first);
        args[n++] = v_from_string(str_new_utf8(vm, (const char *)first.data, first.len));
        for (int i = 2; i < argc && n < 16; i++) args[n++] = argv[i];
    } else {
        args[n++] = v_from_string(str_new_utf8(vm, (const char *)first.data, first.len));
        for (int i = 1; i < argc && n < 16; i++) args[n++] = argv[i];
    }
    buf_free(&first);
    return print(vm, TO_STDERR, n, args) ? V_UNDEFINED : V_EXC;
}
static Value console_group(VM *vm, Value self, int argc, Value *argv) {
    if (argc && !print(vm, TO_STDOUT, argc, argv)) return V_EXC;
    group_indent += 2;
    return V_UNDEFINED;
}
static Value console_group_end(VM *vm, Value self, int argc, Value *argv) {
    if (group_indent >= 2) group_indent -= 2;
    return V_UNDEFINED;
}

static char *label_of(VM *vm, Value v) {
    Buf b = {0};
    if (v == V_UNDEFINED) buf_str(&b, "default");
    else {
        String *s = to_string_rjs(vm, v);
        if (!s) return NULL;
        str_to_utf8(vm, s, &b);
    }
    char *p = mem_alloc(b.len + 1);
    memcpy(p, buf_cstr(&b), b.len + 1);
    buf_free(&b);
    return p;
}
static Named **named_find(Named **list, const char *label) {
    while (*list && strcmp((*list)->label, label)) list = &(*list)->next;
    return list;
}
static Named *named_get(Named **list, char *label) { // takes the label
    Named **at = named_find(list, label);
    if (!*at) {
        *at = mem_zalloc(sizeof(Named));
        (*at)->label = label;
    } else {
        mem_free(label);
    }
    return *at;
}

static Value console_count(VM *vm, Value self, int argc, Value *argv) {
    char *label = label_of(vm, ARG(0));
    if (!label) return V_EXC;
    Named *n = named_get(&counters, label);
    Buf text = {0};
    buf_printf(&text, "%s: %llu", n->label, (unsigned long long)++n->value);
    write_text(vm, TO_STDOUT, &text);
    buf_free(&text);
    return V_UNDEFINED;
}
static Value console_count_reset(VM *vm, Value self, int argc, Value *argv) {
    char *label = label_of(vm, ARG(0));
    if (!label) return V_EXC;
    named_get(&counters, label)->value = 0;
    return V_UNDEFINED;
}
static Value console_time(VM *vm, Value self, int argc, Value *argv) {
    char *label = label_of(vm, ARG(0));
    if (!label) return V_EXC;
    vm_mark_impure(vm, IMPURE_CLOCK);
    named_get(&timers, label)->value = now_ns();
    return V_UNDEFINED;
}
static Value console_time_end(VM *vm, Value self, int argc, Value *argv) { // magic 1: timeLog
    bool log = native_magic(vm);
    char *label = label_of(vm, ARG(0));
    if (!label) return V_EXC;
    Named **at = named_find(&timers, label);
    if (*at) {
        f64 ms = (f64)(now_ns() - (*at)->value) / 1e6;
        Buf text = {0};
        if (ms >= 1000) buf_printf(&text, "%s: %.3fs", label, ms / 1000);
        else buf_printf(&text, "%s: %.3fms", label, ms);
        for (int i = 1; log && i < argc; i++) {
            buf_u8(&text, ' ');
            if (!inspect_rjs(vm, argv[i], &inspect_defaults, &text)) {
                buf_free(&text);
                mem_free(label);
                return V_EXC;
            }
        }
        write_text(vm, TO_STDOUT, &text);
        buf_free(&text);
        if (!log) {
            Named *gone = *at;
            *at = gone->next;
            mem_free(gone->label);
            mem_free(gone);
        }
    }
    mem_free(label);
    return V_UNDEFINED;
}
static Value console_trace(VM *vm, Value self, int argc, Value *argv) {
    Buf text = {0};
    buf_str(&text, "Trace");
    if (argc) {
        buf_str(&text, ": ");
        if (!inspect_format_rjs(vm, argc, argv, &text)) {
            buf_free(&text);
            return V_EXC;
        }
    }
    Value e = error_new(vm, REALM_ErrorPrototype, V_UNDEFINED);
    Buf stack = {0};
    const char *s = str_to_cstr(vm, v_string(error_stack_text(vm, e)), &stack), *frames = strstr(s, "\n");
    if (frames) buf_str(&text, frames);
    write_text(vm, TO_STDERR, &text);
    buf_free(&text);
    buf_free(&stack);
    return V_UNDEFINED;
}
static Value console_dir(VM *vm, Value self, int argc, Value *argv) {
    Buf text = {0};
    InspectOptions o = inspect_defaults;
    if (v_is_object(ARG(1))) {
        Value d = object_find_data(vm, ARG(1), key_c(vm, "depth"));
        if (d == V_NULL || (v_is_number(d) && v_num(d) > 1e6)) o.depth = 0xFFFFFFFFu;
        else if (v_is_number(d) && v_num(d) >= 0) o.depth = (u32)v_num(d);
    }
    bool ok = inspect_rjs(vm, ARG(0), &o, &text);
    if (ok) write_text(vm, TO_STDOUT, &text);
    buf_free(&text);
    return ok ? V_UNDEFINED : V_EXC;
}

const NativeRow console_rows[] = {
    FN_MAGIC("log", 0, console_print, TO_STDOUT),
    FN_MAGIC("info", 0, console_print, TO_STDOUT),
    FN_MAGIC("debug", 0, console_print, TO_STDOUT),
    FN_MAGIC("warn", 0, console_print, TO_STDERR),
    FN_MAGIC("error", 0, console_print, TO_STDERR),
    FN("assert", 0, console_assert),
    FN("group", 0, console_group),
    FN("groupCollapsed", 0, console_group),
    FN("groupEnd", 0, console_group_end),
    FN("count", 0, console_count),
    FN("countReset", 0, console_count_reset),
    FN("time", 0, console_time),
    FN_MAGIC("timeEnd", 0, console_time_end, 0),
    FN_MAGIC("timeLog", 0, console_time_end, 1),
    FN("trace", 0, console_trace),
    FN("dir", 0, console_dir),
    ROWS_END
};

static u64 start_ns;
static Value performance_now(VM *vm, Value self, int argc, Value *argv) {
    vm_mark_impure(vm, IMPURE_CLOCK);
    if (!start_ns) start_ns = now_ns(); // the first reading is the origin: nothing is paid at start
    return v_from_num((f64)(now_ns() - start_ns) / 1e6);
}
const NativeRow performance_rows[] = {
    FN("now", 0, performance_now),
    ROWS_END
};

void console_install(VM *vm, u32 console_table, u32 performance_table) {
    Value console = v_obj(object_new(vm)), performance = v_obj(object_new(vm));
    builtin_install(vm, console, console_table);
    builtin_install(vm, performance, performance_table);
    vm->realm->Console = console;
    object_put(vm, v_object(vm->realm->global), key_c(vm, "console"), console, ATTR_WC);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "performance"), performance, ATTR_WC);
}
