// SPDX-License-Identifier: MIT
// Modules → layout file: merges their strings so that equal texts share one cell, flattens tests and suites,
// records the module graph and the inputs (spec/dxtl.md). The bytes depend on the build's contents alone.
// Resolving requests is the linker's, not done here.
#include "format/base/hash.h"
#include "format/base/utf.h"
#include "format/layout.h"

const char layout_tags[LAY_COUNT][5] = {
#define SECTION(name, tag, row, sentence) [LAY_##name] = tag,
#include "format/layout.def"
#undef SECTION
};

const u8 layout_rows[LAY_COUNT] = {
#define SECTION(name, tag, row, sentence) [LAY_##name] = row,
#include "format/layout.def"
#undef SECTION
};

typedef struct LayoutWriter {
    const DxtlBuild *b;
    Buf sec[LAY_COUNT];
    u32 *table, table_mask;   // unique strings: open addressing, number + 1
    u64 *reach;               // per module: bits of the paths it can reach
    u8 (*hashes)[16];         // per module: content hash of its .dxt
} LayoutWriter;

#define SEC_ROWS(w, s, T) ((T *)(void *)(w)->sec[LAY_##s].data)
#define SEC_ROW_COUNT(w, s) ((u32)((w)->sec[LAY_##s].len / layout_rows[LAY_##s]))

// ---- strings

static void table_grow(LayoutWriter *w) {
    u32 n = SEC_ROW_COUNT(w, STRQ);
    if (w->table && n * 2 < w->table_mask)
        return;
    w->table_mask = w->table ? w->table_mask * 2 + 1 : 1023;
    mem_free(w->table);
    w->table = mem_zalloc(((size_t)w->table_mask + 1) * 4);
    for (u32 i = 0; i < n; i++) {
        const String *s = (const String *)(w->sec[LAY_STRS].data + SEC_ROWS(w, STRQ, u32)[i]);
        u32 h = s->hash;
        while (w->table[h & w->table_mask])
            h++;
        w->table[h & w->table_mask] = i + 1;
    }
}

static bool string_same(const String *a, const String *b) {
    bool wide = a->cell.flags & STR_UTF16;
    return a->hash == b->hash && a->length == b->length && wide == !!(b->cell.flags & STR_UTF16) &&
           !memcmp(&a->u, &b->u, (size_t)a->length * (wide ? 2 : 1));
}

// Number of the unique string equal to s, or DXT_NONE: the table is full.
static u32 string_unique(LayoutWriter *w, const String *s) {
    table_grow(w);
    Buf *cells = &w->sec[LAY_STRS];
    u32 h = s->hash;
    for (u32 *slot; *(slot = &w->table[h & w->table_mask]); h++) {
        if (string_same(s, (const String *)(cells->data + SEC_ROWS(w, STRQ, u32)[*slot - 1])))
            return *slot - 1;
    }
    size_t bytes = (size_t)s->cell.size * 8;
    if (cells->len + bytes > UINT32_MAX)
        return DXT_NONE;
    u32 at = (u32)cells->len, id = SEC_ROW_COUNT(w, STRQ);
    buf_put(cells, s, bytes);
    Cell *c = (Cell *)(cells->data + at);
    c->mark = 0;
    c->flags &= STR_UTF16 | STR_INDEX | STR_HASHED;
    buf_u32(&w->sec[LAY_STRQ], at);
    w->table[h & w->table_mask] = id + 1;
    return id;
}

// ---- modules

static DxtStatus module_hash(LayoutWriter *w, u32 i) {
    const DxtModule *m = &w->b->modules[i];
    static const u8 zero[16];
    if (memcmp(m->hash, zero, 16)) {
        memcpy(w->hashes[i], m->hash, 16);
        return DXT_OK;
    }
    Buf image = {0};
    DxtStatus s = dxt_write(m, &image);
    if (!s)
        memcpy(w->hashes[i], image.data + DXT_HASH_AT, 16);
    buf_free(&image);
    return s;
}

static DxtStatus module_put(LayoutWriter *w, u32 i) {
    const DxtModule *m = &w->b->modules[i];
    Buf *mods = &w->sec[LAY_MODS];
    u32 *off = mem_alloc((size_t)m->string_count * 8 + 8), *uid = off + m->string_count;
    DxtStatus s = module_hash(w, i);
    for (u32 j = 0; j < m->string_count && !s; j++) {
        uid[j] = string_unique(w, dxt_string(m, j));
        if (uid[j] == DXT_NONE)
            s = DXT_E_LIMIT;
        else
            off[j] = SEC_ROWS(w, STRQ, u32)[uid[j]];
    }
    DxtLink link = {off, uid, w->b->resolved[i], w->hashes[i]};
    DxtlModuleRow row = {.offset = mods->len};
    memcpy(row.dxt_hash, w->hashes[i], 16);
    if (!s)
        s = dxt_write_image(m, &link, mods);
    row.size = (u32)(mods->len - row.offset);
    buf_put(&w->sec[LAY_MODT], &row, sizeof row);
    mem_free(off);
    return s;
}

static DxtStatus graph_put(LayoutWriter *w) {
    const DxtlBuild *b = w->b;
    u32 *seen = mem_zalloc((size_t)b->module_count * 4 + 4);
    DxtStatus s = DXT_OK;
    for (u32 i = 0; i < b->module_count; i++) {
        buf_u32(&w->sec[LAY_GRPX], SEC_ROW_COUNT(w, GRPE));
        for (u32 r = 0; r < b->modules[i].request_count; r++) {
            u32 to = b->resolved[i][r];
            if (to == DXT_NONE)
                continue;
            if (to >= b->module_count) {
                s = DXT_E_RANGE;
                continue;
            }
            if (seen[to] != i + 1)
                buf_u32(&w->sec[LAY_GRPE], to);
            seen[to] = i + 1;
        }
    }
    buf_u32(&w->sec[LAY_GRPX], SEC_ROW_COUNT(w, GRPE));
    mem_free(seen);
    return s;
}

static u64 path_hash(const char *path) { return hash_bytes(path, strlen(path)); }

static void reach_compute(LayoutWriter *w) {
    const u32 *first = SEC_ROWS(w, GRPX, u32), *edges = SEC_ROWS(w, GRPE, u32);
    u32 n = w->b->module_count;
    for (u32 i = 0; i < n; i++)
        w->reach[i] = 1ull << (path_hash(w->b->modules[i].path) & 63);
    for (bool changed = true; changed;) { // at most 64 bits a module can be added
        changed = false;
        for (u32 i = n; i-- > 0;) {
            u64 bits = w->reach[i];
            for (u32 e = first[i]; e < first[i + 1]; e++)
                bits |= w->reach[edges[e]];
            changed |= bits != w->reach[i];
            w->reach[i] = bits;
        }
    }
}

// ---- tests

static void text_put(Buf *out, const String *s) {
    size_t n = s->cell.flags & STR_UTF16 ? utf_utf16_len(s->u.utf16, s->length)
                                         : utf_latin1_len(s->u.latin1, s->length);
    buf_reserve(out, n);
    if (s->cell.flags & STR_UTF16)
        utf_utf16_to_utf8(s->u.utf16, s->length, UTF_WTF8, out->data + out->len);
    else
        utf_latin1_to_utf8(s->u.latin1, s->length, out->data + out->len);
    out->len += n;
}

// Appends the full name; parent_off/len: the enclosing suite's full name, already in NAMS.
static DxtStatus name_put(LayoutWriter *w, const String *own, u32 parent_off, u32 parent_len, u32 *off,
                          u32 *len) {
    Buf *names = &w->sec[LAY_NAMS];
    size_t at = names->len;
    if (parent_len) {
        buf_reserve(names, parent_len + 1u);
        memcpy(names->data + at, names->data + parent_off, parent_len);
        names->data[at + parent_len] = ' ';
        names->len += parent_len + 1u;
    }
    text_put(names, own);
    *off = (u32)at;
    *len = (u32)(names->len - at);
    return names->len > UINT32_MAX ? DXT_E_LIMIT : DXT_OK;
}

#define INHERITED (TEST_SKIP | TEST_ONLY | TEST_TODO)

static DxtStatus tests_put(LayoutWriter *w, u32 file, DxtlFile *row) {
    const DxtModule *m = &w->b->modules[row->module];
    const u8 *image = w->sec[LAY_MODS].data + row->dxt_offset;
    const DxtSection *sections = (const DxtSection *)(image + sizeof(DxtHeader));
    const DxtFunc *funcs = (const DxtFunc *)(image + sections[SEC_FUNC].offset);
    u32 *suite_of = mem_alloc((size_t)m->test_count * 4 + 4); // row of TEST section → row of SUIT
    u32 *func_sites = mem_zalloc((size_t)m->func_count * 4 + 4);
    DxtStatus s = DXT_OK;
    for (u32 i = 0; i < m->site_count; i++) {
        if (m->sites[i].func < m->func_count)
            func_sites[m->sites[i].func]++;
    }
    for (u32 i = 0; i < m->test_count && !s; i++) {
        const DxtTest *t = &m->tests[i];
        u32 parent = t->parent < i ? suite_of[t->parent] : DXT_NONE, off, len;
        const DxtlSuite *up = parent == DXT_NONE ? NULL : &SEC_ROWS(w, SUIT, DxtlSuite)[parent];
        u32 flags = t->flags | (up ? up->flags & INHERITED : 0);
        s = name_put(w, dxt_string(m, t->name), up ? up->name_off : 0, up ? up->name_len : 0, &off, &len);
        u64 hash = hash_bytes(w->sec[LAY_NAMS].data + off, len);
        suite_of[i] = DXT_NONE;
        if (t->flags & TEST_SUITE) {
            DxtlSuite suite = {.name_hash = hash,
                               .name_off = off,
                               .name_len = len,
                               .file = file,
                               .parent = parent,
                               .row = i,
                               .first_test = SEC_ROW_COUNT(w, TEST),
                               .flags = flags};
            suite_of[i] = SEC_ROW_COUNT(w, SUIT);
            buf_put(&w->sec[LAY_SUIT], &suite, sizeof suite);
            continue;
        }
        DxtlTest test = {.name_hash = hash,
                         .name_off = off,
                         .name_len = len,
                         .file = file,
                         .suite = parent,
                         .row = i,
                         .func = t->func,
                         .timeout_ms = t->timeout_ms,
                         .flags = (u16)flags,
                         .dependencies = w->reach[row->module]};
        if (t->func < m->func_count) {
            test.code_off = row->dxt_offset + sections[SEC_CODE].offset + funcs[t->func].code_off;
            test.code_len = funcs[t->func].code_len;
            test.assertions = (u16)dx_min_u32(func_sites[t->func], UINT16_MAX);
        }
        buf_put(&w->sec[LAY_TEST], &test, sizeof test);
        u32 end = SEC_ROW_COUNT(w, TEST);
        for (u32 p = parent, steps = 0; p != DXT_NONE && steps <= m->test_count; steps++) {
            DxtlSuite *suite = &SEC_ROWS(w, SUIT, DxtlSuite)[p];
            suite->test_count = end - suite->first_test;
            p = suite->parent;
        }
    }
    mem_free(suite_of);
    mem_free(func_sites);
    return s;
}

static DxtStatus files_put(LayoutWriter *w) {
    const DxtlBuild *b = w->b;
    DxtStatus s = DXT_OK;
    for (u32 i = 0; i < b->entry_count && !s; i++) {
        if (b->entries[i] >= b->module_count)
            return DXT_E_RANGE;
        const DxtModule *m = &b->modules[b->entries[i]];
        const DxtlModuleRow *mod = &SEC_ROWS(w, MODT, DxtlModuleRow)[b->entries[i]];
        DxtlFile row = {.path_hash = path_hash(m->path),
                        .dxt_offset = mod->offset,
                        .dxt_size = mod->size,
                        .module = b->entries[i],
                        .first_test = SEC_ROW_COUNT(w, TEST),
                        .first_suite = SEC_ROW_COUNT(w, SUIT),
                        .flags = m->flags,
                        .dialect = m->dialect};
        memcpy(row.dxt_hash, mod->dxt_hash, 16);
        s = tests_put(w, i, &row);
        row.test_count = SEC_ROW_COUNT(w, TEST) - row.first_test;
        row.suite_count = SEC_ROW_COUNT(w, SUIT) - row.first_suite;
        buf_put(&w->sec[LAY_FILE], &row, sizeof row);
    }
    return s;
}

// ---- inputs and the file

static void inputs_put(LayoutWriter *w, u8 source_hash[16]) {
    const DxtlBuild *b = w->b;
    Buf all = {0};
    for (u32 i = 0; i < b->input_count; i++) {
        DxtlInput row = b->inputs[i];
        const char *path = b->input_paths[i];
        row.path = i;
        buf_put(&w->sec[LAY_INPT], &row, sizeof row);
        buf_u32(&w->sec[LAY_PTHX], (u32)w->sec[LAY_PTHS].len);
        buf_put(&w->sec[LAY_PTHS], path, strlen(path) + 1);
        buf_put(&all, path, strlen(path) + 1);
        buf_put(&all, row.hash, 16);
    }
    static const u8 zero[16];
    if (memcmp(b->source_hash, zero, 16)) {
        memcpy(source_hash, b->source_hash, 16);
    } else {
        Hash128 h = hash128_bytes(all.data, all.len);
        memcpy(source_hash, h.bytes, 16);
    }
    buf_free(&all);
}

u64 layout_checksum(const u8 *file, size_t len) {
    const size_t from = offsetof(DxtlHeader, file_size), to = offsetof(DxtlHeader, checksum);
    return hash_bytes(file + from, to - from) ^ hash_bytes(file + sizeof(DxtlHeader), len - sizeof(DxtlHeader));
}

void layout_seal(u8 *file, size_t len) {
    DxtlHeader *h = (DxtlHeader *)(void *)file;
    h->checksum = layout_checksum(file, len);
    Hash128 hash = hash128_bytes(&h->file_size, len - offsetof(DxtlHeader, file_size));
    memcpy(h->hash, hash.bytes, sizeof h->hash);
}

static void file_put(LayoutWriter *w, DxtlHeader *h, Buf *out) {
    DxtlSection table[LAY_COUNT];
    u64 at = DXTL_TABLE_END;
    for (u32 i = 0; i < LAY_COUNT; i++) {
        memcpy(table[i].tag, layout_tags[i], 4);
        table[i].row = layout_rows[i];
        table[i].offset = at;
        table[i].size = w->sec[i].len;
        at = dx_align_up(at + w->sec[i].len, 8);
    }
    u64 mods = table[LAY_MODS].offset;
    for (u32 i = 0; i < SEC_ROW_COUNT(w, MODT); i++)
        SEC_ROWS(w, MODT, DxtlModuleRow)[i].offset += mods;
    for (u32 i = 0; i < SEC_ROW_COUNT(w, FILE); i++)
        SEC_ROWS(w, FILE, DxtlFile)[i].dxt_offset += mods;
    for (u32 i = 0; i < SEC_ROW_COUNT(w, TEST); i++) {
        if (SEC_ROWS(w, TEST, DxtlTest)[i].code_off)
            SEC_ROWS(w, TEST, DxtlTest)[i].code_off += mods;
    }
    h->file_size = at;
    h->section_count = LAY_COUNT;
    h->file_count = SEC_ROW_COUNT(w, FILE), h->test_count = SEC_ROW_COUNT(w, TEST),
    h->suite_count = SEC_ROW_COUNT(w, SUIT);
    h->module_count = SEC_ROW_COUNT(w, MODT), h->path_count = SEC_ROW_COUNT(w, PTHX);
    h->unique_count = SEC_ROW_COUNT(w, STRQ), h->input_count = SEC_ROW_COUNT(w, INPT);
    h->files_off = table[LAY_FILE].offset, h->tests_off = table[LAY_TEST].offset;
    h->suites_off = table[LAY_SUIT].offset, h->modules_off = mods;
    buf_align(out, 8);
    size_t start = out->len;
    buf_reserve(out, at);
    buf_put(out, h, sizeof *h);
    buf_put(out, table, sizeof table);
    for (u32 i = 0; i < LAY_COUNT; i++) {
        if (w->sec[i].len)
            buf_put(out, w->sec[i].data, w->sec[i].len);
        buf_zero(out, dx_align_up(w->sec[i].len, 8) - w->sec[i].len);
    }
    layout_seal(out->data + start, at);
}

void dxtl_copy(const DxtLayout *l, Buf *out) {
    buf_align(out, 8);
    size_t start = out->len;
    buf_put(out, l->base, l->map_len);
    layout_seal(out->data + start, l->map_len);
}

DxtStatus dxtl_write(const DxtlBuild *b, Buf *out) {
    LayoutWriter writer = {.b = b}, *w = &writer;
    DxtlHeader h = {.magic = DXTL_MAGIC, .version = DXTL_VERSION, .created_ns = b->created_ns};
    w->reach = mem_alloc((size_t)b->module_count * 8 + 8);
    w->hashes = mem_alloc((size_t)b->module_count * 16 + 16);
    DxtStatus s = graph_put(w);
    for (u32 i = 0; i < b->module_count && !s; i++)
        s = module_put(w, i);
    if (!s) {
        reach_compute(w);
        s = files_put(w);
    }
    inputs_put(w, h.source_hash);
    if (!s && w->sec[LAY_PTHS].len > UINT32_MAX)
        s = DXT_E_LIMIT;
    if (!s)
        file_put(w, &h, out);
    for (u32 i = 0; i < LAY_COUNT; i++)
        buf_free(&w->sec[i]);
    mem_free(w->table);
    mem_free(w->reach);
    mem_free(w->hashes);
    return s;
}
