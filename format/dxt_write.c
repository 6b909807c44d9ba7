// SPDX-License-Identifier: MIT
// Module → bytes: the container of a .dxt and, with other string tables, the image within a .dxtl
// (spec/dxt.md). The bytes depend on the module alone. Does not check bytecode; ranges only as far as writing
// needs them.
#include "format/container.h"

#include "format/base/hash.h"

#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#define COLD_LEVEL 1 // part of the format: the same module must give the same bytes

typedef struct ImageWriter {
    Buf *out;
    size_t start; // where the image begins in out
    DxtSection sections[SEC_COUNT];
    u32 next;     // section to be written next
} ImageWriter;

static void section_put(ImageWriter *w, u32 sec, const void *p, size_t n) {
    DX_CHECK(sec == w->next);
    w->next++;
    memcpy(w->sections[sec].tag, section_tags[sec], 4);
    w->sections[sec].offset = (u32)(w->out->len - w->start);
    w->sections[sec].size = (u32)n;
    if (n)
        buf_put(w->out, p, n);
    buf_zero(w->out, (8 - ((w->out->len - w->start) & 7)) & 7);
}

// Function rows with code, handlers and positions laid out in function order.
typedef struct Relaid {
    DxtFunc *funcs;
    u8 *code;
    DxtHandler *handlers;
    DxtPos *pos;
    u32 code_len, handler_count, pos_count;
} Relaid;

static void relaid_free(Relaid *r) {
    mem_free(r->funcs);
    mem_free(r->code);
    mem_free(r->handlers);
    mem_free(r->pos);
}

static DxtStatus relay(const DxtModule *m, Relaid *r) {
    u64 code = 0, handlers = 0, pos = 0;
    for (u32 i = 0; i < m->func_count; i++) {
        const DxtFunc *f = &m->funcs[i];
        if ((u64)f->code_off + f->code_len > m->code_len ||
            (u64)f->handler_first + f->handler_count > m->handler_count ||
            (u64)f->pos_first + f->pos_count > m->pos_count)
            return DXT_E_RANGE;
        code += f->code_len, handlers += f->handler_count, pos += f->pos_count;
    }
    if (code > UINT32_MAX || pos > DXT_COLD_LIMIT / sizeof(DxtPos))
        return DXT_E_LIMIT;
    r->funcs = mem_alloc(m->func_count * sizeof(DxtFunc) + 1);
    r->code = mem_alloc(code + 1);
    r->handlers = mem_alloc(handlers * sizeof(DxtHandler) + 1);
    r->pos = m->pos ? mem_alloc(pos * sizeof(DxtPos) + 1) : NULL;
    for (u32 i = 0; i < m->func_count; i++) {
        DxtFunc f = m->funcs[i];
        memcpy(r->code + r->code_len, m->code + f.code_off, f.code_len);
        if (f.handler_count)
            memcpy(r->handlers + r->handler_count, m->handlers + f.handler_first,
                   f.handler_count * sizeof(DxtHandler));
        if (r->pos && f.pos_count)
            memcpy(r->pos + r->pos_count, m->pos + f.pos_first, f.pos_count * sizeof(DxtPos));
        f.code_off = r->code_len, f.handler_first = r->handler_count, f.pos_first = r->pos_count;
        r->code_len += f.code_len, r->handler_count += f.handler_count, r->pos_count += f.pos_count;
        r->funcs[i] = f;
    }
    return DXT_OK;
}

// String cells back to back in index order; collector and intern marks of a used module are left out.
static DxtStatus strings_relay(const DxtModule *m, Buf *cells, u32 *off) {
    for (u32 i = 0; i < m->string_count; i++) {
        const String *s = dxt_string(m, i);
        size_t bytes = (size_t)s->cell.size * 8;
        if (cells->len + bytes > UINT32_MAX)
            return DXT_E_LIMIT;
        off[i] = (u32)cells->len;
        buf_put(cells, s, bytes);
        Cell *c = (Cell *)(cells->data + off[i]);
        c->mark = 0;
        c->flags &= STR_UTF16 | STR_INDEX | STR_HASHED;
    }
    return DXT_OK;
}

static __thread ZSTD_CCtx *cold_ctx;
static ZSTD_CCtx *cold_context(void) { // one a thread; making one costs more than compressing a small module
    if (!cold_ctx) {
        cold_ctx = ZSTD_createCCtx();
        DX_CHECK(cold_ctx);
        ZSTD_CCtx_setParameter(cold_ctx, ZSTD_c_compressionLevel, COLD_LEVEL);
    }
    return cold_ctx;
}

void dxt_write_end(void) {
    ZSTD_freeCCtx(cold_ctx);
    cold_ctx = NULL;
}

static DxtStatus cold_make(const DxtModule *m, const Relaid *r, Buf *out) {
    DxtColdHead head = {r->pos_count, m->source_len};
    if ((r->pos_count && !r->pos) || (m->source_len && !m->source))
        return DXT_E_RANGE;
    if (m->source_len > DXT_COLD_LIMIT)
        return DXT_E_LIMIT;
    buf_put(out, &head, sizeof head);
    size_t pos_bytes = r->pos_count * sizeof(DxtPos), n = pos_bytes + m->source_len;
    if (!n)
        return DXT_OK;
    u8 *raw = mem_alloc(n);
    if (pos_bytes)
        memcpy(raw, r->pos, pos_bytes);
    if (m->source_len)
        memcpy(raw + pos_bytes, m->source, m->source_len);
    size_t bound = ZSTD_compressBound(n);
    buf_reserve(out, bound);
    size_t got = ZSTD_compress2(cold_context(), out->data + out->len, bound, raw, n);
    mem_free(raw);
    if (ZSTD_isError(got))
        return DXT_E_COLD;
    out->len += got;
    return out->len > UINT32_MAX ? DXT_E_LIMIT : DXT_OK;
}

static void requests_put(ImageWriter *w, const DxtModule *m, const DxtLink *link) {
    size_t bytes = m->request_count * sizeof(DxtRequest);
    DxtRequest *rows = mem_alloc(bytes + 1);
    if (bytes)
        memcpy(rows, m->requests, bytes);
    for (u32 i = 0; i < m->request_count; i++)
        rows[i].module = link ? link->resolved[i] : DXT_NONE;
    section_put(w, SEC_REQS, rows, bytes);
    mem_free(rows);
}

static void sections_put(ImageWriter *w, const DxtModule *m, const DxtLink *link, const Relaid *r,
                         const Buf *cells, const u32 *off, const Buf *cold) {
    section_put(w, SEC_PATH, m->path, strlen(m->path) + 1);
    section_put(w, SEC_STRX, link ? link->string_off : off, m->string_count * 4);
    section_put(w, SEC_STRU, link ? link->string_uid : NULL, link ? m->string_count * 4 : 0);
    section_put(w, SEC_STRS, cells->data, cells->len);
    section_put(w, SEC_CNST, m->consts, m->const_count * sizeof(DxtConst));
    section_put(w, SEC_FUNC, r->funcs, m->func_count * sizeof(DxtFunc));
    section_put(w, SEC_HNDL, r->handlers, r->handler_count * sizeof(DxtHandler));
    requests_put(w, m, link);
    section_put(w, SEC_IMPT, m->imports, m->import_count * sizeof(DxtImport));
    section_put(w, SEC_EXPT, m->exports, m->export_count * sizeof(DxtExport));
    section_put(w, SEC_SCOP, m->scopes, m->scope_count * sizeof(DxtScope));
    section_put(w, SEC_SNAM, m->scope_names, m->scope_name_count * sizeof(DxtScopeName));
    section_put(w, SEC_SITE, m->sites, m->site_count * sizeof(DxtSite));
    section_put(w, SEC_TEST, m->tests, m->test_count * sizeof(DxtTest));
    section_put(w, SEC_DATA, m->data, m->data_len);
    section_put(w, SEC_CODE, r->code, r->code_len);
    section_put(w, SEC_COLD, cold->data, cold->len);
}

DxtStatus dxt_write_image(const DxtModule *m, const DxtLink *link, Buf *out) {
    Relaid r = {0};
    Buf cells = {0}, cold = {0};
    u32 *off = mem_alloc(m->string_count * 4 + 4);
    DxtStatus s = relay(m, &r);
    if (!s && !link)
        s = strings_relay(m, &cells, off);
    if (!s && m->cold)
        buf_put(&cold, m->cold, m->cold_len);
    else if (!s)
        s = cold_make(m, &r, &cold);
    if (!s) {
        buf_align(out, 8);
        ImageWriter w = {.out = out, .start = out->len};
        buf_zero(out, DXT_TABLE_END);
        sections_put(&w, m, link, &r, &cells, off, &cold);
        u64 size = out->len - w.start;
        DxtHeader h = {
            .magic = DXT_MAGIC,
            .version = DXT_VERSION,
            .file_size = size,
            .kind = m->kind,
            .flags = m->flags,
            .main_func = m->main_func,
            .init_func = m->init_func,
            .env_slots = m->env_slots,
            .dialect = m->dialect,
            .form = link ? DXT_FORM_LINKED : DXT_FORM_MODULE,
            .section_count = SEC_COUNT,
        };
        u8 *base = out->data + w.start;
        memcpy(base, &h, sizeof h);
        memcpy(base + sizeof h, w.sections, sizeof w.sections);
        if (link) {
            memcpy(base + DXT_HASH_AT, link->hash, 16);
        } else {
            Hash128 hash = hash128_bytes(base + DXT_HASH_AT + 16, size - DXT_HASH_AT - 16);
            memcpy(base + DXT_HASH_AT, hash.bytes, 16);
        }
        if (size > UINT32_MAX) {
            out->len = w.start;
            s = DXT_E_LIMIT;
        }
    }
    relaid_free(&r);
    buf_free(&cells);
    buf_free(&cold);
    mem_free(off);
    return s;
}

DxtStatus dxt_write(const DxtModule *m, Buf *out) {
    return dxt_write_image(m, NULL, out);
}
