// SPDX-License-Identifier: MIT
// Line diff (Myers, linear space not needed: inputs past a size are compared by trimming only) printed as jest-diff prints it:
// header with counts, common lines indented by two, patch marks between distant changes.
#include "runtime/expect/diff.h"

#include <stdio.h>

typedef struct Line { const char *p; u32 n; u32 hash; } Line;
typedef struct Lines { Line *v; u32 n; } Lines;
typedef struct Edit { char kind; u32 a, b; } Edit; // ' ' common (a, b), '-' a, '+' b

static Lines split(const char *s) {
    Lines l = {NULL, 0};
    u32 cap = 0;
    for (;;) {
        const char *nl = strchr(s, '\n');
        u32 n = nl ? (u32)(nl - s) : (u32)strlen(s), h = 2166136261u;
        if (l.n == cap) l.v = mem_realloc(l.v, (cap = cap ? cap * 2 : 64) * sizeof(Line));
        for (u32 i = 0; i < n; i++) h = (h ^ (u8)s[i]) * 16777619u;
        l.v[l.n++] = (Line){s, n, h};
        if (!nl) return l;
        s = nl + 1;
    }
}
static bool same(const Line *a, const Line *b) { return a->hash == b->hash && a->n == b->n && !memcmp(a->p, b->p, a->n); }

// Shortest edit script of the middle parts. D is bounded: past the bound everything left is replaced.
#define MAX_D 4000
static u32 myers(const Lines *a, const Lines *b, u32 a0, u32 a1, u32 b0, u32 b1, Edit *out) {
    i32 n = (i32)(a1 - a0), m = (i32)(b1 - b0), max = n + m > MAX_D ? MAX_D : n + m;
    i32 **trace = mem_zalloc((size_t)(max + 1) * sizeof *trace), *v = mem_zalloc((size_t)(2 * max + 3) * sizeof *v), d = 0, k = 0;
    bool found = false;
    for (; d <= max && !found; d++) {
        trace[d] = mem_alloc((size_t)(2 * d + 3) * sizeof *v);
        memcpy(trace[d], v + max - d, (size_t)(2 * d + 3) * sizeof *v); // diagonals -d..d+2 of the step before
        for (k = -d; k <= d; k += 2) {
            i32 x = k == -d || (k != d && v[max + k - 1] < v[max + k + 1]) ? v[max + k + 1] : v[max + k - 1] + 1, y = x - k;
            while (x < n && y < m && same(&a->v[a0 + (u32)x], &b->v[b0 + (u32)y])) x++, y++;
            v[max + k] = x;
            if (x >= n && y >= m) {
                found = true;
                break;
            }
        }
        if (found) break;
    }
    u32 count = 0;
    if (!found) {
        for (i32 i = 0; i < n; i++) out[count++] = (Edit){'-', a0 + (u32)i, 0};
        for (i32 i = 0; i < m; i++) out[count++] = (Edit){'+', 0, b0 + (u32)i};
    } else { // walk back, then reverse
        i32 x = n, y = m;
        for (i32 s = d; s >= 0; s--) {
            i32 *t = trace[s], kk = x - y; // t[i] is the value of diagonal i - s at the start of step s
            i32 prev = kk == -s || (kk != s && t[kk - 1 + s] < t[kk + 1 + s]) ? kk + 1 : kk - 1;
            i32 px = s ? t[prev + s] : 0, py = s ? px - prev : 0;
            while (x > px && y > py) x--, y--, out[count++] = (Edit){' ', a0 + (u32)x, b0 + (u32)y};
            if (!s) break;
            if (x > px) x--, out[count++] = (Edit){'-', a0 + (u32)x, 0};
            else y--, out[count++] = (Edit){'+', 0, b0 + (u32)y};
        }
        for (u32 i = 0; i < count / 2; i++) {
            Edit e = out[i];
            out[i] = out[count - 1 - i];
            out[count - 1 - i] = e;
        }
    }
    for (i32 i = 0; i <= max; i++) mem_free(trace[i]);
    mem_free(trace);
    mem_free(v);
    return count;
}

static u32 edit_script(const Lines *a, const Lines *b, Edit *out) {
    u32 pre = 0, a1 = a->n, b1 = b->n, n = 0;
    while (pre < a1 && pre < b1 && same(&a->v[pre], &b->v[pre])) pre++;
    while (a1 > pre && b1 > pre && same(&a->v[a1 - 1], &b->v[b1 - 1])) a1--, b1--;
    for (u32 i = 0; i < pre; i++) out[n++] = (Edit){' ', i, i};
    n += myers(a, b, pre, a1, pre, b1, out + n);
    for (u32 i = 0; a1 + i < a->n; i++) out[n++] = (Edit){' ', a1 + i, b1 + i};
    // deletions before insertions within a run of changes
    for (u32 i = 0; i < n;) {
        if (out[i].kind == ' ') {
            i++;
            continue;
        }
        u32 j = i, minus = 0;
        while (j < n && out[j].kind != ' ') j++;
        Edit *run = mem_alloc((j - i) * sizeof *run);
        for (u32 k = i; k < j; k++) if (out[k].kind == '-') run[minus++] = out[k];
        for (u32 k = i, p = minus; k < j; k++) if (out[k].kind == '+') run[p++] = out[k];
        memcpy(out + i, run, (j - i) * sizeof *run);
        mem_free(run);
        i = j;
    }
    return n;
}

// ---- printing

typedef struct Paint { const char *green, *red, *dim, *yellow, *off_color, *off_dim; } Paint;
static const Paint paint_on = {"\033[32m", "\033[31m", "\033[2m", "\033[33m", "\033[39m", "\033[22m"}, paint_off = {"", "", "", "", "", ""};

static void put_line(Buf *out, const Paint *p, char kind, const Line *l) {
    const char *on = kind == '-' ? p->green : kind == '+' ? p->red : p->dim, *off = kind == ' ' ? p->off_dim : p->off_color;
    buf_printf(out, "%s%c%s%.*s%s\n", on, kind, l->n ? " " : "", (int)l->n, l->p, off);
}

static void put_header(Buf *out, const Paint *p, const DiffOptions *o, u32 minus, u32 plus) {
    size_t la = strlen(o->a_label), lb = strlen(o->b_label), w = la > lb ? la : lb;
    char a[32] = "", b[32] = "";
    if (o->counts) {
        u32 wide = snprintf(NULL, 0, "%u", minus > plus ? minus : plus);
        snprintf(a, sizeof a, "%*s  - %*u", (int)(w - la), "", (int)wide, minus);
        snprintf(b, sizeof b, "%*s  + %*u", (int)(w - lb), "", (int)wide, plus);
    }
    buf_printf(out, "%s- %s%s%s\n%s+ %s%s%s\n\n", p->green, o->a_label, a, p->off_color, p->red, o->b_label, b, p->off_color);
}

void diff_lines(const char *a, const char *b, const char *a_cmp, const char *b_cmp, const DiffOptions *o, Buf *out) {
    Lines show_a = split(a), show_b = split(b), ca = a_cmp ? split(a_cmp) : show_a, cb = b_cmp ? split(b_cmp) : show_b;
    if (ca.n != show_a.n || cb.n != show_b.n) { // cannot be aligned: compare what is shown
        if (a_cmp) mem_free(ca.v), ca = show_a;
        if (b_cmp) mem_free(cb.v), cb = show_b;
    }
    Edit *e = mem_alloc(((size_t)ca.n + cb.n + 1) * sizeof *e);
    u32 n = edit_script(&ca, &cb, e), minus = 0, plus = 0, ctx = o->context ? o->context : 5;
    const Paint *p = o->color ? &paint_on : &paint_off;
    for (u32 i = 0; i < n; i++) minus += e[i].kind == '-', plus += e[i].kind == '+';
    put_header(out, p, o, minus, plus);
    bool *shown = mem_zalloc(n + 1), any_hidden = false;
    for (u32 i = 0; i < n; i++) {
        if (e[i].kind == ' ' && !o->expand) continue;
        u32 from = i > ctx ? i - ctx : 0, to = i + ctx < n ? i + ctx : n - 1;
        if (o->expand) from = 0, to = n - 1;
        for (u32 k = from; k <= to; k++) shown[k] = true;
    }
    // a hidden run not longer than the mark it would take (one line) is shown as jest-diff does for joined patches
    for (u32 i = 0; i < n; i++) any_hidden |= !shown[i];
    u32 at_a = 1, at_b = 1;
    for (u32 i = 0; i < n;) {
        if (!shown[i]) {
            at_a++, at_b++, i++;
            continue;
        }
        u32 j = i, na = 0, nb = 0;
        for (; j < n && shown[j]; j++) na += e[j].kind != '+', nb += e[j].kind != '-';
        if (any_hidden) buf_printf(out, "%s@@ -%u,%u +%u,%u @@%s\n", p->yellow, na ? at_a : at_a - 1, na, nb ? at_b : at_b - 1, nb, p->off_color);
        for (; i < j; i++) {
            // lines equal but for their indentation are shown as received
            put_line(out, p, e[i].kind, e[i].kind == '-' ? &show_a.v[e[i].a] : &show_b.v[e[i].b]);
            at_a += e[i].kind != '+';
            at_b += e[i].kind != '-';
        }
    }
    if (out->len && out->data[out->len - 1] == '\n') out->len--;
    mem_free(shown);
    mem_free(e);
    if (ca.v != show_a.v) mem_free(ca.v);
    if (cb.v != show_b.v) mem_free(cb.v);
    mem_free(show_a.v);
    mem_free(show_b.v);
}
