// SPDX-License-Identifier: MIT
// Bytes → module: header and section table, content hash, the compressed part. Rows are dxt_check.c's,
// bytecode verify.c's.
#include "format/base/hash.h"
#include "format/base/utf.h"
#include "format/container.h"

#include <zstd.h>

static DxtStatus table_check(const u8 *b, size_t len, u32 form, DxtFault *fault) {
    const DxtHeader *h = (const DxtHeader *)b;
    const DxtSection *s = (const DxtSection *)(b + sizeof *h);
    u64 next = DXT_TABLE_END;
    for (u32 i = 0; i < SEC_COUNT; i++) {
        u64 at = sizeof *h + i * sizeof *s;
        if (memcmp(s[i].tag, section_tags[i], 4))
            return FAULT(SECTION_TAG, at, "section %u is not %s", i, section_tags[i]);
        if (s[i].offset & 7)
            return FAULT(SECTION_ALIGN, at, "section %s is at %u", section_tags[i], s[i].offset);
        if (s[i].offset != next || (u64)s[i].offset + s[i].size > len)
            return FAULT(SECTION_PLACE, at, "section %s is at %u", section_tags[i], s[i].offset);
        bool excluded = form == DXT_FORM_LINKED ? i == SEC_STRS : i == SEC_STRU;
        if (s[i].size % section_rows[i] || (excluded && s[i].size))
            return FAULT(SECTION_ROWS, at, "section %s has %u bytes", section_tags[i], s[i].size);
        next = dx_align_up((u64)s[i].offset + s[i].size, 8);
        if (next > len)
            return FAULT(SECTION_PLACE, at, "section %s runs past the end", section_tags[i]);
        for (u64 p = (u64)s[i].offset + s[i].size; p < next; p++) {
            if (b[p])
                return FAULT(PADDING, p, "padding of section %s", section_tags[i]);
        }
    }
    for (u64 p = sizeof *h + SEC_COUNT * sizeof *s; p < DXT_TABLE_END; p++) {
        if (b[p])
            return FAULT(PADDING, p, "padding of the section table");
    }
    if (next != len)
        return FAULT(SECTION_PLACE, next, "bytes behind the last section");
    if (form == DXT_FORM_LINKED && s[SEC_STRX].size != s[SEC_STRU].size)
        return FAULT(SECTION_ROWS, sizeof *h + SEC_STRU * sizeof *s, "STRX and STRU differ in size");
    return DXT_OK;
}

static void module_fill(const u8 *b, DxtModule *m) {
    const DxtHeader *h = (const DxtHeader *)b;
    const DxtSection *s = (const DxtSection *)(b + sizeof *h);
    memset(m, 0, sizeof *m);
    m->kind = h->kind, m->flags = h->flags, m->main_func = h->main_func, m->init_func = h->init_func;
    m->env_slots = h->env_slots, m->dialect = h->dialect;
    memcpy(m->hash, h->hash, 16);
#define ROWS(sec, field, count) \
    (m->field = (const void *)(b + s[SEC_##sec].offset), \
     m->count = s[SEC_##sec].size / section_rows[SEC_##sec])
    m->path = (const char *)b + s[SEC_PATH].offset;
    ROWS(STRX, string_off, string_count);
    m->strings = b + s[SEC_STRS].offset;
    if (h->form == DXT_FORM_LINKED)
        m->string_uid = (const u32 *)(b + s[SEC_STRU].offset);
    ROWS(CNST, consts, const_count);
    ROWS(FUNC, funcs, func_count);
    ROWS(HNDL, handlers, handler_count);
    ROWS(REQS, requests, request_count);
    ROWS(IMPT, imports, import_count);
    ROWS(EXPT, exports, export_count);
    ROWS(SCOP, scopes, scope_count);
    ROWS(SNAM, scope_names, scope_name_count);
    ROWS(SITE, sites, site_count);
    ROWS(TEST, tests, test_count);
    ROWS(DATA, data, data_len);
    ROWS(CODE, code, code_len);
    ROWS(COLD, cold, cold_len);
#undef ROWS
    DxtColdHead cold;
    memcpy(&cold, m->cold, sizeof cold);
    m->pos_count = cold.pos_count;
    m->source_len = cold.source_len;
}

bool dxt_path_ok(const u8 *text, size_t n) {
    return n > 1 && !text[n - 1] && !memchr(text, 0, n - 1) && utf8_valid(text, n - 1);
}

DxtStatus dxt_container_open(const u8 *b, size_t len, u32 form, DxtModule *m, DxtFault *fault) {
    const DxtHeader *h = (const DxtHeader *)b;
    if ((uintptr_t)b & 7)
        return FAULT(SECTION_ALIGN, 0, "the module does not lie at a multiple of 8");
    if (len < 4 || memcmp(h->magic, DXT_MAGIC, len < 4 ? len : 4))
        return len < 4 ? FAULT(HEADER, len, "%zu bytes", len) : FAULT(MAGIC, 0, "no module file");
    if (len < DXT_TABLE_END)
        return FAULT(HEADER, len, "%zu bytes", len);
    if (h->version != DXT_VERSION)
        return FAULT(VERSION, 4, "version %u, this reader knows %u", h->version, DXT_VERSION);
    if (h->file_size != len)
        return FAULT(FILE_SIZE, 24, "%llu bytes declared, %zu present", (unsigned long long)h->file_size,
                     len);
    if (h->form != form || h->section_count != SEC_COUNT)
        return FAULT(HEADER_BITS, 56, "form %u, %u sections", h->form, h->section_count);
    DxtStatus s = table_check(b, len, form, fault);
    if (s)
        return s;
    const DxtSection *sec = (const DxtSection *)(b + sizeof *h);
    if (sec[SEC_COLD].size < sizeof(DxtColdHead))
        return FAULT(COLD_FRAME, sec[SEC_COLD].offset, "%u bytes", sec[SEC_COLD].size);
    if (!dxt_path_ok(b + sec[SEC_PATH].offset, sec[SEC_PATH].size))
        return FAULT(PATH_TEXT, sec[SEC_PATH].offset, "path of the module");
    module_fill(b, m);
    if (m->source_len > DXT_COLD_LIMIT || m->pos_count > DXT_COLD_LIMIT / sizeof(DxtPos))
        return FAULT(SIZE_LIMIT, sec[SEC_COLD].offset, "%u bytes of source, %u positions", m->source_len,
                     m->pos_count);
    return DXT_OK;
}

DxtStatus dxt_open(const u8 *bytes, size_t len, bool verify, DxtModule *out, DxtFault *fault) {
    DxtStatus s = dxt_container_open(bytes, len, DXT_FORM_MODULE, out, fault);
    if (s || !verify)
        return s;
    Hash128 hash = hash128_bytes(bytes + DXT_HASH_AT + 16, len - DXT_HASH_AT - 16);
    if (memcmp(hash.bytes, out->hash, 16))
        return FAULT(HASH, DXT_HASH_AT, "content hash");
    const DxtSection *sec = (const DxtSection *)(bytes + sizeof(DxtHeader));
    s = dxt_check_strings(out->strings, sec[SEC_STRS].size, out->string_off, out->string_count, fault);
    if (!s)
        s = dxt_check_rows(out, DXT_FORM_MODULE, 0, fault);
    return s ? s : dxt_verify(out, fault);
}

static DxtStatus pos_check(const DxtModule *m, const DxtPos *pos, DxtFault *fault) {
    for (u32 f = 0; f < m->func_count; f++) {
        const DxtFunc *fn = &m->funcs[f];
        for (u32 i = 0; i < fn->pos_count; i++) {
            const DxtPos *p = &pos[fn->pos_first + i];
            u32 length = p->span >> 12;
            i64 start = (i64)p->offset - dxt_pos_back(p);
            if (p->pc >= fn->code_len || (i && p->pc < p[-1].pc) || p->offset > m->source_len ||
                start < 0 || start + length > m->source_len)
                return dxt_fault(fault, RULE_POS_ROWS, f, p->pc, "position row %u", fn->pos_first + i);
        }
    }
    return DXT_OK;
}

DxtStatus dxt_cold(DxtModule *m, DxtFault *fault) {
    if (!m->cold || m->cold_handle)
        return DXT_OK;
    DxtColdHead head;
    memcpy(&head, m->cold, sizeof head);
    size_t pos_bytes = (size_t)head.pos_count * sizeof(DxtPos), n = pos_bytes + head.source_len;
    const u8 *frame = m->cold + sizeof head;
    size_t frame_len = m->cold_len - sizeof head;
    bool sound = n ? ZSTD_getFrameContentSize(frame, frame_len) == n &&
                         ZSTD_findFrameCompressedSize(frame, frame_len) == frame_len
                   : !frame_len;
    if (!sound)
        return FAULT(COLD_FRAME, 0, "%zu bytes of frame for %zu", frame_len, n);
    u8 *raw = mem_alloc(n + 1);
    if (n && ZSTD_decompress(raw, n, frame, frame_len) != n) {
        mem_free(raw);
        return FAULT(COLD_FRAME, 0, "the frame does not decompress");
    }
    raw[n] = 0;
    DxtStatus s = pos_check(m, (const DxtPos *)raw, fault);
    if (s) {
        mem_free(raw);
        return s;
    }
    m->cold_handle = raw;
    m->pos = (const DxtPos *)raw;
    m->source = (const char *)raw + pos_bytes;
    return DXT_OK;
}

void dxt_close(DxtModule *m) {
    if (m->cold_handle) {
        mem_free(m->cold_handle);
        m->cold_handle = NULL;
        m->pos = NULL;
        m->source = NULL;
    }
}
