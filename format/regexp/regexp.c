// SPDX-License-Identifier: MIT
// The public entry points: compile, flags, error text, facts of a program, listing.
#include "format/regexp/regexp.h"
#include "format/regexp/rx_ast.h"

static const char flag_letters[] = "dgimsuvy";

int rx_flags_parse(const u16 *units, size_t n) {
    u32 flags = 0;
    for (size_t i = 0; i < n; i++) {
        const char *at = units[i] && units[i] < 128 ? strchr(flag_letters, (int)units[i]) : NULL;
        u32 bit = at ? 1u << (at - flag_letters) : 0;
        if (!bit || (flags & bit))
            return -1;
        flags |= bit;
    }
    return (flags & RX_UNICODE) && (flags & RX_UNICODE_SETS) ? -1 : (int)flags;
}

int rx_flags_text(u32 flags, char out[9]) {
    int n = 0;
    for (int i = 0; i < 8; i++)
        if (flags >> i & 1)
            out[n++] = flag_letters[i];
    out[n] = 0;
    return n;
}

int rx_compile(const u16 *pattern, size_t n, u32 flags, Buf *out, RxError *err) {
    Arena arena = {0};
    RxTree tree;
    int status = rx_parse(&arena, pattern, n, flags, &tree, err);
    if (!status)
        rx_emit(&arena, &tree, out);
    arena_free(&arena);
    return status;
}

int rx_compile_latin1(const u8 *pattern, size_t n, u32 flags, Buf *out, RxError *err) {
    u16 *wide = mem_alloc((n + 1) * sizeof(u16));
    for (size_t i = 0; i < n; i++)
        wide[i] = pattern[i];
    int status = rx_compile(wide, n, flags, out, err);
    mem_free(wide);
    return status;
}

static void put_utf8(Buf *out, u32 c) {
    if (c < 0x80) {
        buf_u8(out, (u8)c);
    } else if (c < 0x800) {
        buf_u8(out, (u8)(0xc0 | c >> 6));
        buf_u8(out, (u8)(0x80 | (c & 63)));
    } else if (c < 0x10000) {
        buf_u8(out, (u8)(0xe0 | c >> 12));
        buf_u8(out, (u8)(0x80 | (c >> 6 & 63)));
        buf_u8(out, (u8)(0x80 | (c & 63)));
    } else {
        buf_u8(out, (u8)(0xf0 | c >> 18));
        buf_u8(out, (u8)(0x80 | (c >> 12 & 63)));
        buf_u8(out, (u8)(0x80 | (c >> 6 & 63)));
        buf_u8(out, (u8)(0x80 | (c & 63)));
    }
}

void rx_error_text(Buf *out, const u16 *pattern, size_t n, u32 flags, const RxError *err) {
    char letters[9];
    rx_flags_text(flags, letters);
    buf_str(out, "Invalid regular expression: /");
    for (size_t i = 0; i < n; i++) {
        u32 c = pattern[i];
        if (rx_is_lead(c) && i + 1 < n && rx_is_trail(pattern[i + 1]))
            c = rx_pair(c, pattern[++i]);
        put_utf8(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    }
    buf_printf(out, "/%s: %s", letters, err->message);
}

// ---- facts

static const RxHead *head(const u8 *prog) { return (const RxHead *)prog; }

u32 rx_flags(const u8 *prog) { return head(prog)->flags; }
u32 rx_size(const u8 *prog) { return head(prog)->size; }
u32 rx_capture_count(const u8 *prog) { return head(prog)->captures; }
u32 rx_name_count(const u8 *prog) { return head(prog)->names; }

u32 rx_name_get(const u8 *prog, u32 i, const u16 **name, u32 *len) {
    const u32 *names = (const u32 *)prog + head(prog)->names_off;
    *name = (const u16 *)(names + names[3 * i]);
    *len = names[3 * i + 1];
    return names[3 * i + 2];
}

u32 rx_op_words(const u32 *code, u32 at, u32 limit) {
    static const u8 words[] = {
#define RX_OP(name, words, kinds, text) words,
#include "format/regexp/rx_ops.def"
#undef RX_OP
    };
    u32 op = code[at] & 255, arg = code[at] >> 8;
    if (op >= RXO__COUNT)
        return 0;
    u64 n = words[op];
    if (op == RXO_STR)
        n = 1 + (u64)((arg >> 1) + 1) / 2 + ((arg >> 1) + 3) / 4;
    else if (op == RXO_SWITCH)
        n = 66 + (u64)arg;
    else if (op == RXO_TREE)
        n = 2 + 2 * (u64)arg;
    else if (op == RXO_BACKREF)
        n = 1 + (u64)(arg >> 8);
    return n <= limit - at ? (u32)n : 0;
}

void rx_dump(const u8 *prog, Buf *out) {
    static const char *const names[] = {
#define RX_OP(name, words, kinds, text) #name,
#include "format/regexp/rx_ops.def"
#undef RX_OP
    };
    static const char *const searches[] = {"each", "start", "literal", "few", "set", "line"};
    const RxHead *h = head(prog);
    const u32 *code = (const u32 *)prog + h->code_off;
    buf_printf(out, "captures %u, registers %u, shortest %u, search %s%s\n", h->captures, h->pairs, h->min_len,
               searches[h->search], h->required ? ", required literal" : "");
    for (u32 at = 0, n; at < h->code_words; at += n) {
        n = rx_op_words(code, at, h->code_words);
        if (!n)
            return;
        buf_printf(out, "%5u %-12s %u", at, names[code[at] & 255], code[at] >> 8);
        for (u32 i = 1; i < n && i < 6; i++)
            buf_printf(out, " %u", code[at + i]);
        buf_str(out, n > 6 ? " ...\n" : "\n");
    }
}
