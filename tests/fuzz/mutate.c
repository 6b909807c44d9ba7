// SPDX-License-Identifier: MIT
// See mutate.h. Three kinds of mutation: bytes within a random section; a random edit of a random function's
// instructions, written back as a module; a random value in a random row.
#include "tests/fuzz/mutate.h"

#include "format/base/hash.h"

static u64 state;
static u32 pick(u32 n) { // 0 .. n-1
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return n ? (u32)(state >> 33) % n : 0;
}

void mutate_fix_hash(u8 *data, size_t size) {
    if (size < 24)
        return;
    Hash128 h = hash128_bytes(data + DXT_HASH_AT + 16, size - DXT_HASH_AT - 16);
    memcpy(data + DXT_HASH_AT, h.bytes, 16);
}

static void bytes_random(u8 *p, size_t n) {
    static const u32 favourites[] = {0, 1, 2, 3, 7, 8, 0xFF, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000};
    size_t at = pick((u32)n);
    switch (pick(4)) {
    case 0: p[at] ^= (u8)(1u << pick(8)); break;
    case 1: p[at] = (u8)pick(256); break;
    case 2: p[at] = (u8)(p[at] + pick(9) - 4); break;
    default: {
        u32 v = favourites[pick(DX_COUNTOF(favourites))];
        at &= ~(size_t)3;
        memcpy(p + at, &v, n - at < 4 ? n - at : 4);
    }
    }
}

static void operand_random(u8 *p, char kind, const DxtModule *m, u32 code_len, u32 slots) {
    u32 v = 0;
    switch (kind) {
    case 's': v = pick(8) ? pick(slots + 1) : 0xFFFF; break;
    case 'S': v = pick(m->string_count); break;
    case 'K': v = pick(m->const_count); break;
    case 'F': v = pick(m->func_count); break;
    case 'L': v = pick(code_len * 2) - code_len; break;
    case 'M': v = pick(m->import_count); break;
    case 'A': v = pick(m->site_count); break;
    case 'P': v = pick(2) ? DXT_NONE : pick(m->scope_count); break;
    case 'c': v = pick(8); break;
    case 'b': v = pick(4); break;
    default: v = pick(5);
    }
    if (kind == 'f')
        memset(p, (int)pick(256), 8);
    else
        memcpy(p, &v, op_operand_size(kind));
}

// Replaces, inserts or removes an instruction of one function. Labels of the others move with it only by
// luck: that is the point.
static void code_edit(const DxtModule *m, const DxtFunc *f, Buf *code) {
    u32 starts[512], n = 0;
    const u8 *old = m->code + f->code_off;
    for (u32 pc = 0; pc < f->code_len && op_info[old[pc]].name && n < 512; pc += op_info[old[pc]].length)
        starts[n++] = pc;
    u32 at = starts[pick(n)], length = op_info[old[at]].length, what = pick(3);
    if (at + length > f->code_len)
        length = f->code_len - at;
    buf_put(code, old, at);
    if (what != 2) {
        u8 op = (u8)pick(256);
        while (!op_info[op].name)
            op++;
        buf_u8(code, op);
        for (const char *k = op_info[op].operands; *k; k++) {
            u8 bytes[8];
            operand_random(bytes, *k, m, f->code_len, (u32)f->nparams + f->nlocals);
            buf_put(code, bytes, op_operand_size(*k));
        }
    }
    u32 from = what == 1 ? at : at + length; // 1 inserts
    buf_put(code, old + from, f->code_len - from);
}

static size_t module_rewrite(u8 *data, size_t size, size_t max_size) {
    DxtModule m;
    Buf code = {0}, out = {0};
    if (dxt_open(data, size, false, &m, NULL) || !m.func_count)
        return size;
    u32 i = pick(m.func_count);
    DxtFunc *funcs = malloc(m.func_count * sizeof *funcs);
    memcpy(funcs, m.funcs, m.func_count * sizeof *funcs);
    DxtFunc *f = &funcs[i];
    bool sound = (u64)f->code_off + f->code_len <= m.code_len && f->code_len;
    for (u32 j = 0; sound && j < m.string_count; j++) {
        u32 rule;
        sound = m.string_off[j] + 24ull <= size && !(m.string_off[j] & 7) &&
                strcell_check(m.strings + m.string_off[j],
                              size - (size_t)(m.strings - data) - m.string_off[j], &rule);
    }
    if (sound) {
        buf_put(&code, m.code, m.code_len);
        u32 at = (u32)code.len;
        code_edit(&m, f, &code);
        f->code_off = at;
        f->code_len = (u32)code.len - at;
        f->max_stack = (u16)(pick(4) ? f->max_stack : f->max_stack + 4);
        f->ic_count = (u16)(pick(4) ? f->ic_count : 8);
        f->nlocals = (u16)(pick(8) ? f->nlocals : f->nlocals + 2);
        if (!pick(8))
            f->flags ^= 1u << pick(18);
        m.funcs = funcs, m.code = code.data, m.code_len = (u32)code.len;
        if (!dxt_write(&m, &out) && out.len <= max_size) {
            memcpy(data, out.data, out.len);
            size = out.len;
        }
    }
    free(funcs);
    buf_free(&code);
    buf_free(&out);
    return size;
}

size_t mutate_artifact(u8 *data, size_t size, size_t max_size, unsigned seed) {
    state = seed * 0x9E3779B97F4A7C15ull + size;
    bool module = size >= DXT_TABLE_END && !memcmp(data, DXT_MAGIC, 4);
    u8 *copy = NULL;
    if (module && pick(3)) { // an aligned copy: fuzzers hand out any address
        copy = aligned_alloc(16, (max_size + 15) & ~(size_t)15);
        memcpy(copy, data, size);
        for (u32 n = 1 + pick(3); n; n--)
            size = module_rewrite(copy, size, max_size);
        memcpy(data, copy, size);
        free(copy);
    } else if (module) {
        DxtSection sec[SEC_COUNT];
        memcpy(sec, data + sizeof(DxtHeader), sizeof sec);
        const DxtSection *s = &sec[pick(SEC_COUNT)];
        if (s->size && (u64)s->offset + s->size <= size)
            bytes_random(data + s->offset, s->size);
        else
            bytes_random(data + 24, size - 24);
    } else if (size > 128) {
        bytes_random(data + 24, size - 24);
    } else {
        return LLVMFuzzerMutate ? LLVMFuzzerMutate(data, size, max_size) : size;
    }
    mutate_fix_hash(data, size);
    return size;
}
