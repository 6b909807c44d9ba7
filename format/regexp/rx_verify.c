// SPDX-License-Identifier: MIT
// Decides whether arbitrary bytes may be executed: after it, the matcher checks neither operands nor jumps. It does not promise that
// a program terminates; that is the host's poll.
#include "format/regexp/rx_prog.h"

typedef struct Verifier {
    const RxHead *h;
    const u32 *code, *data;
    u8 *starts; // one byte a code word: 1 an instruction starts here, 2 only a backtrack entry may
} Verifier;

static bool section_fits(u32 off, u64 words, u32 total) { return off <= total && words <= total - off; }

static bool class_ok(const Verifier *v, u32 at) {
    if (!section_fits(at, RX_CLASS_WORDS(0), v->h->data_words))
        return false;
    u32 info = v->data[at + RX_CLASS_INFO];
    return info >> 24 <= RX_CLASS_ALL && section_fits(at, RX_CLASS_WORDS((u64)(info & 0xffffff)), v->h->data_words);
}

static bool filter_ok(const Verifier *v, u32 at) { return section_fits(at, 8, v->h->data_words); }

static bool literal_ok(const Verifier *v, u32 at) {
    if (!section_fits(at, 1, v->h->data_words))
        return false;
    u64 n = RX_LIT_LEN(v->data[at]);
    return n > 0 && section_fits(at, 1 + (n + 1) / 2 + (n + 3) / 4, v->h->data_words);
}

static bool target_ok(const Verifier *v, u32 t) { return t < v->h->code_words && v->starts[t] == 1; }

// Marks where instructions start; the last must not fall off the end.
static bool mark_starts(Verifier *v) {
    u32 last = 0;
    for (u32 at = 0, n; at < v->h->code_words; at += n) {
        n = rx_op_words(v->code, at, v->h->code_words);
        if (!n)
            return false;
        u32 op = v->code[at] & 255;
        bool more = op == RXO_GREEDY_MORE || op == RXO_GREEDYU_MORE || op == RXO_LAZY_MORE || op == RXO_LAZYU_MORE;
        u32 before = v->code[last] & 255;
        bool loop = before == RXO_GREEDY || before == RXO_GREEDYU || before == RXO_LAZY || before == RXO_LAZYU;
        if (at > 0 && (more != loop || (more && before + 1 != op)))
            return false;
        if (at == 0 && more)
            return false;
        v->starts[at] = more || (at == 0 && op == RXO_NEXT_START) ? 2 : 1;
        if (op == RXO_NEXT_START && at)
            return false;
        last = at;
    }
    u32 op = v->code[last] & 255;
    return (v->code[0] & 255) == RXO_NEXT_START && last > 0 && (op == RXO_MATCH || op == RXO_FAIL || op == RXO_JMP);
}

static bool operands_ok(const Verifier *v, u32 at) {
    static const char *const kinds[] = {
#define RX_OP(name, words, kinds, text) kinds,
#include "format/regexp/rx_ops.def"
#undef RX_OP
    };
    const u32 *w = v->code + at;
    const char *k = kinds[w[0] & 255];
    for (u32 i = 1; *k; k++, i++) {
        if (*k == 't' && !target_ok(v, w[i]))
            return false;
        if (*k == 'c' && !class_ok(v, w[i]))
            return false;
        if (*k == 'f' && w[i] && !filter_ok(v, w[i]))
            return false;
        if (*k == 'p' && (w[i] < v->h->captures || w[i] >= v->h->pairs))
            return false;
    }
    return true;
}

static bool instruction_ok(const Verifier *v, u32 at) {
    const u32 *w = v->code + at, captures = v->h->captures;
    u32 arg = w[0] >> 8;
    if (!operands_ok(v, at))
        return false;
    switch ((RxOp)(w[0] & 255)) {
    case RXO_JMP: return w[1] > at;
    case RXO_OPEN: case RXO_CLOSE: case RXO_OPEN_BACK: case RXO_CLOSE_BACK: return arg < captures;
    case RXO_RESET: return w[1] <= w[2] && w[2] <= captures;
    case RXO_LOOK: return w[2] <= w[3] && w[3] <= captures;
    case RXO_SWITCH: {
        const u8 *table = (const u8 *)(w + 2);
        for (u32 i = 0; i < 256; i++)
            if (table[i] != 255 && table[i] >= arg)
                return false;
        if (((w[1] & 255) != 255 && (w[1] & 255) >= arg) || ((w[1] >> 8 & 255) != 255 && (w[1] >> 8 & 255) >= arg))
            return false;
        for (u32 i = 0; i < arg; i++)
            if (!target_ok(v, w[66 + i]) || w[66 + i] <= at)
                return false;
        return true;
    }
    case RXO_TREE:
        for (u32 i = 0; i < arg; i++)
            if (!target_ok(v, w[3 + 2 * i]) || w[3 + 2 * i] <= at)
                return false;
        return true;
    case RXO_BACKREF:
        for (u32 i = 0; i < arg >> 8; i++)
            if (w[1 + i] >= captures)
                return false;
        return (arg >> 1 & 3) < 3;
    default: return true;
    }
}

static bool names_ok(const Verifier *v, u32 total) {
    const RxHead *h = v->h;
    u32 room = total - h->names_off;
    if (h->names > RX_MAX_CAPTURES || (u64)h->names * 3 > room)
        return false;
    const u32 *names = (const u32 *)h + h->names_off;
    for (u32 i = 0; i < h->names; i++)
        if (names[3 * i] > room || ((u64)names[3 * i + 1] + 1) / 2 > room - names[3 * i] || names[3 * i + 2] >= h->captures)
            return false;
    return true;
}

static bool search_ok(const Verifier *v) {
    const RxHead *h = v->h;
    if (h->search > RX_SEARCH_LINE || h->few_count > 4 || (h->search == RX_SEARCH_FEW && !h->few_count))
        return false;
    if (h->search == RX_SEARCH_SET && !filter_ok(v, h->first))
        return false;
    if ((h->search == RX_SEARCH_LITERAL || h->whole_literal) && !literal_ok(v, h->prefix))
        return false;
    if (h->whole_literal && (h->search != RX_SEARCH_LITERAL || h->captures != 1))
        return false;
    return !h->required || literal_ok(v, h->required);
}

bool rx_verify(const u8 *prog, size_t len) {
    const RxHead *h = (const RxHead *)prog;
    if (((uintptr_t)prog & 3) || len < sizeof *h || h->magic != RX_MAGIC || h->version != RX_VERSION)
        return false;
    if (h->size > len || (h->size & 3) || h->size < sizeof *h)
        return false;
    u32 total = h->size / 4;
    if (h->flags > 255 || !h->captures || h->captures > RX_MAX_CAPTURES + 1 || h->pairs < h->captures || h->pairs > (1u << 24))
        return false;
    if (!section_fits(h->code_off, h->code_words, total) || !section_fits(h->data_off, h->data_words, total) ||
        !section_fits(h->names_off, 0, total) || h->code_words < 2)
        return false;
    Verifier v = {h, (const u32 *)prog + h->code_off, (const u32 *)prog + h->data_off, mem_zalloc(h->code_words)};
    bool ok = mark_starts(&v) && names_ok(&v, total) && search_ok(&v);
    for (u32 at = 0; ok && at < h->code_words; at += rx_op_words(v.code, at, h->code_words))
        ok = instruction_ok(&v, at);
    mem_free(v.starts);
    return ok;
}
