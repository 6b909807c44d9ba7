// SPDX-License-Identifier: MIT
// The diagnostics list: collecting, ordering and printing. The texts are in diag.def; who reports what is in the passes.
#include "compiler/diag.h"

#include <stdarg.h>
#include <stdlib.h>

typedef struct DiagRow {
    DiagId id;
    DiagType type;
    const char *name, *text;
} DiagRow;

static const DiagRow rows[] = {
#define DIAG(id, number, type, text) {DIAG_##id, DIAG_TYPE_##type, #id, text},
#include "compiler/diag.def"
#undef DIAG
};

static const DiagRow *row_of(DiagId id) {
    switch ((int)id) { // a number given twice does not compile
#define DIAG(id, number, type, text) case number:
#include "compiler/diag.def"
#undef DIAG
        break;
    default: dx_panic(__FILE__, __LINE__, "diagnostic without a row");
    }
    u32 i = 0;
    while (rows[i].id != id) i++;
    return &rows[i];
}

const char *diag_name(DiagId id) { return row_of(id)->name; }

void diag_init(DiagList *l, Arena *arena, const char *file, const char *text, size_t len) {
    memset(l, 0, sizeof *l);
    l->arena = arena;
    l->file = file ? file : "<input>";
    l->text = text;
    l->text_len = len;
}

static const char *message_format(Arena *arena, const char *text, va_list args) {
    Buf b = {0};
    for (const char *p = text; *p; p++) {
        if (p[0] == '%' && p[1] == 's') {
            const char *s = va_arg(args, const char *);
            buf_str(&b, s ? s : "");
            p++;
        } else {
            buf_u8(&b, (u8)*p);
        }
    }
    const char *out = arena_strndup(arena, (const char *)b.data, b.len);
    buf_free(&b);
    return out;
}

void diag_add(DiagList *l, DiagId id, u32 start, u32 end, ...) {
    for (u32 i = 0; i < l->count; i++)
        if (l->items[i].id == id && l->items[i].start == start) return;
    const DiagRow *row = row_of(id);
    if (row->type != DIAG_TYPE_WARNING) l->errors++;
    if (l->count == DIAG_LIMIT) {
        l->dropped++;
        return;
    }
    va_list args;
    va_start(args, end);
    start = dx_min_u32(start, (u32)l->text_len);
    end = dx_max_u32(start, dx_min_u32(end, (u32)l->text_len));
    l->items[l->count++] = (Diag){id, row->type, start, end, message_format(l->arena, row->text, args)};
    va_end(args);
}

static int diag_compare(const void *a, const void *b) {
    const Diag *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return (int)x->id - (int)y->id;
}

void diag_sort(DiagList *l) { qsort(l->items, l->count, sizeof l->items[0], diag_compare); }

// Bytes of a line terminator at p, or 0.
static u32 newline_len(const char *p, const char *end) {
    u8 c = (u8)*p;
    if (c == '\n') return 1;
    if (c == '\r') return p + 1 < end && p[1] == '\n' ? 2 : 1;
    if (c == 0xe2 && end - p >= 3 && (u8)p[1] == 0x80 && ((u8)p[2] == 0xa8 || (u8)p[2] == 0xa9)) return 3;
    return 0;
}

// UTF-16 units that the bytes of [from, to) stand for.
static u32 units_between(const char *from, const char *to) {
    u32 n = 0;
    for (; from < to; from++) {
        u8 c = (u8)*from;
        if ((c & 0xc0) != 0x80) n += c >= 0xf0 ? 2 : 1;
    }
    return n;
}

static const char *line_start_of(const DiagList *l, u32 offset, u32 *line) {
    const char *p = l->text, *end = l->text + l->text_len, *at = l->text + dx_min_u32(offset, (u32)l->text_len);
    const char *start = p;
    *line = 1;
    while (p < at) {
        u32 n = newline_len(p, end);
        if (n && p + n <= at) {
            p += n;
            start = p;
            ++*line;
        } else {
            p++;
        }
    }
    return start;
}

void diag_position(const DiagList *l, u32 offset, u32 *line, u32 *column) {
    const char *start = line_start_of(l, offset, line);
    *column = units_between(start, l->text + dx_min_u32(offset, (u32)l->text_len)) + 1;
}

// The source line around the diagnostic, cut to a window for very long lines, and the caret under its range.
static void print_excerpt(const DiagList *l, const Diag *d, Buf *out) {
    enum { BEFORE = 100, AFTER = 100 };
    u32 line;
    const char *start = line_start_of(l, d->start, &line), *end = l->text + l->text_len;
    const char *at = l->text + dx_min_u32(d->start, (u32)l->text_len), *stop = at;
    while (stop < end && !newline_len(stop, end)) stop++;
    const char *from = at - start > BEFORE ? at - BEFORE : start, *to = stop - at > AFTER ? at + AFTER : stop;
    while (from > start && ((u8)*from & 0xc0) == 0x80) from--;
    while (to < stop && ((u8)*to & 0xc0) == 0x80) to++;
    buf_str(out, "    ");
    buf_put(out, from, (size_t)(to - from));
    buf_str(out, "\n    ");
    for (const char *p = from; p < at; p++)
        if (((u8)*p & 0xc0) != 0x80) buf_u8(out, *p == '\t' ? '\t' : ' ');
    buf_u8(out, '^');
    const char *last = l->text + dx_min_u32(d->end, (u32)l->text_len);
    if (last > to) last = to;
    for (const char *p = at + 1; p < last; p++)
        if (((u8)*p & 0xc0) != 0x80) buf_u8(out, '~');
    buf_u8(out, '\n');
}

static void print_all(const DiagList *l, bool excerpts, Buf *out) {
    for (u32 i = 0; i < l->count; i++) {
        const Diag *d = &l->items[i];
        u32 line, column;
        diag_position(l, d->start, &line, &column);
        buf_printf(out, "%s:%u:%u: %s: %s\n", l->file, line, column, d->type == DIAG_TYPE_WARNING ? "warning" : "error", d->message);
        if (excerpts) print_excerpt(l, d, out);
    }
    if (l->dropped) buf_printf(out, "%s: %u more diagnostics not shown\n", l->file, l->dropped);
}

void diag_print(const DiagList *l, Buf *out) { print_all(l, true, out); }
void diag_print_brief(const DiagList *l, Buf *out) { print_all(l, false, out); }
