// SPDX-License-Identifier: MIT
// Layout file → views. Opening is a mapping, a header check and a checksum; a module's views are made when it is first
// asked for. Full verification (hash, index rows, every module) is dxtl_verify below, for files from outside
// the user's own store.
#include "format/base/hash.h"
#include "format/layout.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- header

static DxtStatus table_check(const u8 *b, size_t len, DxtFault *fault) {
    const DxtlSection *s = (const DxtlSection *)(b + sizeof(DxtlHeader));
    u64 next = DXTL_TABLE_END;
    for (u32 i = 0; i < LAY_COUNT; i++) {
        u64 at = sizeof(DxtlHeader) + i * sizeof *s;
        if (memcmp(s[i].tag, layout_tags[i], 4))
            return FAULT(SECTION_TAG, at, "section %u is not %s", i, layout_tags[i]);
        if (s[i].offset & 7)
            return FAULT(SECTION_ALIGN, at, "section %s", layout_tags[i]);
        if (s[i].offset != next || s[i].size > len - s[i].offset)
            return FAULT(SECTION_PLACE, at, "section %s", layout_tags[i]);
        if (s[i].row != layout_rows[i] || s[i].size % layout_rows[i])
            return FAULT(SECTION_ROWS, at, "section %s", layout_tags[i]);
        next = dx_align_up(s[i].offset + s[i].size, 8);
        if (next > len)
            return FAULT(SECTION_PLACE, at, "section %s runs past the end", layout_tags[i]);
        for (u64 p = s[i].offset + s[i].size; p < next; p++) {
            if (b[p])
                return FAULT(PADDING, p, "padding of section %s", layout_tags[i]);
        }
    }
    return next == len ? DXT_OK : FAULT(SECTION_PLACE, next, "bytes behind the last section");
}

static DxtStatus header_check(const u8 *b, size_t len, DxtFault *fault) {
    const DxtlHeader *h = (const DxtlHeader *)b;
    if ((uintptr_t)b & 7)
        return FAULT(SECTION_ALIGN, 0, "the layout does not lie at a multiple of 8");
    if (len < 4)
        return FAULT(HEADER, len, "%zu bytes", len);
    if (memcmp(h->magic, DXTL_MAGIC, 4))
        return FAULT(MAGIC, 0, "no layout file");
    if (len < DXTL_TABLE_END)
        return FAULT(HEADER, len, "%zu bytes", len);
    if (h->version != DXTL_VERSION)
        return FAULT(VERSION, 4, "version %u, this reader knows %u", h->version, DXTL_VERSION);
    if (h->file_size != len)
        return FAULT(FILE_SIZE, 24, "%llu bytes declared, %zu present", (unsigned long long)h->file_size,
                     len);
    if (h->section_count != LAY_COUNT)
        return FAULT(HEADER_BITS, 72, "%u sections", h->section_count);
    DxtStatus s = table_check(b, len, fault);
    if (s)
        return s;
    const DxtlSection *t = (const DxtlSection *)(b + sizeof *h);
#define ROWS(sec) (t[LAY_##sec].size / layout_rows[LAY_##sec])
    bool counts = ROWS(FILE) == h->file_count && ROWS(TEST) == h->test_count &&
                  ROWS(SUIT) == h->suite_count && ROWS(MODT) == h->module_count &&
                  ROWS(PTHX) == h->path_count && ROWS(STRQ) == h->unique_count &&
                  ROWS(INPT) == h->input_count && ROWS(GRPX) == (u64)h->module_count + 1;
#undef ROWS
    bool offsets = h->files_off == t[LAY_FILE].offset && h->tests_off == t[LAY_TEST].offset &&
                   h->suites_off == t[LAY_SUIT].offset && h->modules_off == t[LAY_MODS].offset;
    bool limits =
        t[LAY_STRS].size <= UINT32_MAX && t[LAY_NAMS].size <= UINT32_MAX && t[LAY_PTHS].size <= UINT32_MAX;
    return counts && offsets && limits ? DXT_OK : FAULT(LAYOUT_TABLE, 56, "counts or offsets of the header");
}

static void layout_fill(const u8 *b, size_t len, DxtLayout *l) {
    const DxtlHeader *h = (const DxtlHeader *)b;
    const DxtlSection *t = (const DxtlSection *)(b + sizeof *h);
    memset(l, 0, sizeof *l);
#define VIEW(sec) ((const void *)(b + t[LAY_##sec].offset))
    l->module_count = h->module_count, l->file_count = h->file_count, l->test_count = h->test_count;
    l->suite_count = h->suite_count, l->input_count = h->input_count, l->unique_count = h->unique_count;
    l->path_count = h->path_count;
    l->files = VIEW(FILE), l->tests = VIEW(TEST), l->suites = VIEW(SUIT), l->inputs = VIEW(INPT);
    l->names = VIEW(NAMS), l->names_len = t[LAY_NAMS].size;
    l->strings = VIEW(STRS), l->strings_len = t[LAY_STRS].size;
    l->unique_off = VIEW(STRQ), l->graph_first = VIEW(GRPX), l->graph_edges = VIEW(GRPE);
    l->path_off = VIEW(PTHX), l->path_text = VIEW(PTHS);
#undef VIEW
    l->base = b;
    l->map_len = len;
    l->created_ns = h->created_ns;
    memcpy(l->source_hash, h->source_hash, 16);
    memcpy(l->hash, h->hash, 16);
    l->modules = mem_zalloc((size_t)h->module_count * sizeof(DxtModule) + 1);
}

static const DxtlSection *layout_section(const DxtLayout *l, u32 sec) {
    return (const DxtlSection *)(l->base + sizeof(DxtlHeader)) + sec;
}

static DxtStatus module_open(DxtLayout *l, u32 i, DxtFault *fault) {
    const DxtlModuleRow *row = (const DxtlModuleRow *)(l->base + layout_section(l, LAY_MODT)->offset) + i;
    if ((row->offset & 7) || row->offset > l->map_len || row->size > l->map_len - row->offset)
        return FAULT(LAYOUT_MODULE, (u64)((const u8 *)row - l->base), "module %u", i);
    DxtModule m;
    DxtStatus s = dxt_container_open(l->base + row->offset, row->size, DXT_FORM_LINKED, &m, fault);
    if (s)
        return s;
    m.strings = l->strings;
    l->modules[i] = m;
    return DXT_OK;
}

DxtModule *dxtl_module(DxtLayout *l, u32 i) {
    DxtModule *m = &l->modules[i];
    return m->path || !module_open(l, i, NULL) ? m : NULL;
}

// ---- full verification

static DxtStatus verify_strings(const DxtLayout *l, DxtFault *fault) {
    DxtStatus s = dxt_check_strings(l->strings, l->strings_len, l->unique_off, l->unique_count, fault);
    if (s)
        return s;
    u64 mask = 15;
    while (mask < (u64)l->unique_count * 2)
        mask = mask * 2 + 1;
    u32 *table = mem_zalloc((mask + 1) * 4);
    for (u32 i = 0; i < l->unique_count && !s; i++) {
        const String *a = (const String *)(l->strings + l->unique_off[i]);
        u64 h = (u64)a->hash * 0x9E3779B97F4A7C15ull >> 20;
        u32 steps = 0;
        for (; table[h & mask] && !s; h++) {
            const String *b = (const String *)(l->strings + l->unique_off[table[h & mask] - 1]);
            if (++steps > 4096)
                s = FAULT(WORK, l->unique_off[i], "too many strings of one hash");
            else if (a->hash == b->hash && a->cell.size == b->cell.size &&
                     !memcmp(a, b, (size_t)a->cell.size * 8))
                s = FAULT(LAYOUT_UNIQUE, l->unique_off[i], "string %u is string %u", i, table[h & mask] - 1);
        }
        if (!s)
            table[h & mask] = i + 1;
    }
    mem_free(table);
    return s;
}

static DxtStatus verify_modules(DxtLayout *l, DxtFault *fault) {
    const DxtlModuleRow *rows = (const DxtlModuleRow *)(l->base + layout_section(l, LAY_MODT)->offset);
    u64 next = layout_section(l, LAY_MODS)->offset, end = next + layout_section(l, LAY_MODS)->size;
    for (u32 i = 0; i < l->module_count; i++) {
        if (rows[i].offset != next || (rows[i].size & 7) || rows[i].reserved || rows[i].size > end - next)
            return FAULT(LAYOUT_MODULE, (u64)((const u8 *)&rows[i] - l->base), "module %u", i);
        next += rows[i].size;
        DxtStatus s = module_open(l, i, fault);
        if (s)
            return s;
        DxtModule *m = &l->modules[i];
        if (memcmp(m->hash, rows[i].dxt_hash, 16))
            return FAULT(HASH, rows[i].offset, "module %u and its row name different contents", i);
        for (u32 j = 0; j < m->string_count; j++) {
            if (m->string_uid[j] >= l->unique_count || m->string_off[j] != l->unique_off[m->string_uid[j]])
                return FAULT(LAYOUT_STRING, rows[i].offset, "module %u, string %u", i, j);
        }
        s = dxt_check_rows(m, DXT_FORM_LINKED, l->module_count, fault);
        if (!s)
            s = dxt_verify(m, fault);
        if (s)
            return s;
    }
    return next == end ? DXT_OK : FAULT(LAYOUT_MODULE, next, "bytes behind the last module");
}

static bool name_ok(const DxtLayout *l, u32 off, u32 len, u64 hash) {
    return (u64)off + len <= l->names_len && hash_bytes(l->names + off, len) == hash;
}

static DxtStatus verify_files(DxtLayout *l, DxtFault *fault) {
    u64 test = 0, suite = 0;
    for (u32 i = 0; i < l->file_count; i++) {
        const DxtlFile *f = &l->files[i];
        u64 at = (u64)((const u8 *)f - l->base);
        if (f->module >= l->module_count || f->first_test != test || f->first_suite != suite ||
            f->reserved[0] | f->reserved[1])
            return FAULT(LAYOUT_FILE, at, "file %u", i);
        const DxtlModuleRow *row =
            (const DxtlModuleRow *)(l->base + layout_section(l, LAY_MODT)->offset) + f->module;
        const DxtModule *m = &l->modules[f->module];
        test += f->test_count, suite += f->suite_count;
        if (f->dxt_offset != row->offset || f->dxt_size != row->size ||
            memcmp(f->dxt_hash, row->dxt_hash, 16) || f->path_hash != hash_bytes(m->path, strlen(m->path)) || f->flags != m->flags || f->dialect != m->dialect ||
            test > l->test_count || suite > l->suite_count)
            return FAULT(LAYOUT_FILE, at, "file %u", i);
        for (u32 j = f->first_test; j < test; j++) {
            const DxtlTest *t = &l->tests[j];
            bool ok = t->file == i && t->row < m->test_count && name_ok(l, t->name_off, t->name_len, t->name_hash) &&
                      (t->suite == DXT_NONE || (t->suite >= f->first_suite && t->suite < suite)) &&
                      !(t->reserved[0] | t->reserved[1] | t->reserved[2]);
            if (ok && t->func != DXT_NONE)
                ok = t->func < m->func_count && t->code_len == m->funcs[t->func].code_len &&
                     t->code_off == (u64)(m->code - l->base) + m->funcs[t->func].code_off;
            else
                ok = ok && !t->code_off && !t->code_len;
            if (!ok)
                return FAULT(LAYOUT_TEST, (u64)((const u8 *)t - l->base), "test %u", j);
        }
        for (u32 j = f->first_suite; j < suite; j++) {
            const DxtlSuite *s = &l->suites[j];
            bool ok = s->file == i && s->row < m->test_count && name_ok(l, s->name_off, s->name_len, s->name_hash) &&
                      (s->parent == DXT_NONE || (s->parent >= f->first_suite && s->parent < j)) &&
                      (!s->test_count ||
                       (s->first_test >= f->first_test && (u64)s->first_test + s->test_count <= test));
            if (!ok)
                return FAULT(LAYOUT_TEST, (u64)((const u8 *)s - l->base), "suite %u", j);
        }
    }
    if (test != l->test_count || suite != l->suite_count)
        return FAULT(LAYOUT_FILE, (u64)((const u8 *)l->files - l->base), "tests or suites of no file");
    return DXT_OK;
}

static DxtStatus verify_inputs(DxtLayout *l, DxtFault *fault) {
    u64 text = layout_section(l, LAY_PTHS)->size, edges = layout_section(l, LAY_GRPE)->size / 4;
    for (u32 i = 0; i < l->path_count; i++) {
        u64 at = l->path_off[i], next = i + 1 < l->path_count ? l->path_off[i + 1] : text;
        if ((i == 0 && at) || at >= next || next > text ||
            !dxt_path_ok((const u8 *)l->path_text + at, next - at))
            return FAULT(PATH_TEXT, layout_section(l, LAY_PTHS)->offset + at, "path %u", i);
    }
    if (!l->path_count && text)
        return FAULT(PATH_TEXT, layout_section(l, LAY_PTHS)->offset, "text of no path");
    for (u32 i = 0; i < l->input_count; i++) {
        if (l->inputs[i].path >= l->path_count || (l->inputs[i].flags & ~(INPUT_DIRECTORY | INPUT_ABSENT)))
            return FAULT(LAYOUT_INPUT, (u64)((const u8 *)&l->inputs[i] - l->base), "input %u", i);
    }
    for (u32 i = 0; i < l->module_count; i++) {
        if (l->graph_first[i] > l->graph_first[i + 1])
            return FAULT(LAYOUT_GRAPH, layout_section(l, LAY_GRPX)->offset + i * 4u, "module %u", i);
    }
    if (l->graph_first[0] || l->graph_first[l->module_count] != edges)
        return FAULT(LAYOUT_GRAPH, layout_section(l, LAY_GRPX)->offset, "number of edges");
    for (u64 i = 0; i < edges; i++) {
        if (l->graph_edges[i] >= l->module_count)
            return FAULT(LAYOUT_GRAPH, layout_section(l, LAY_GRPE)->offset + i * 4, "edge %llu",
                         (unsigned long long)i);
    }
    return DXT_OK;
}

static DxtStatus checksum_check(const DxtLayout *l, DxtFault *fault) {
    const DxtlHeader *h = (const DxtlHeader *)l->base;
    u64 sum = layout_checksum(l->base, l->map_len);
    return sum == h->checksum ? DXT_OK : FAULT(LAYOUT_SUM, offsetof(DxtlHeader, checksum), "checksum %016llx", (unsigned long long)sum);
}

static DxtStatus dxtl_verify(DxtLayout *l, DxtFault *fault) {
    Hash128 hash = hash128_bytes(l->base + 24, l->map_len - 24);
    if (memcmp(hash.bytes, l->hash, 16))
        return FAULT(HASH, 8, "content hash");
    DxtStatus s = checksum_check(l, fault);
    if (!s)
        s = verify_strings(l, fault);
    if (!s)
        s = verify_modules(l, fault);
    if (!s)
        s = verify_files(l, fault);
    return s ? s : verify_inputs(l, fault);
}

// ---- opening

DxtStatus dxtl_open_bytes(const u8 *bytes, size_t len, bool verify, DxtLayout *out, DxtFault *fault) {
    memset(out, 0, sizeof *out);
    DxtStatus s = header_check(bytes, len, fault);
    if (s)
        return s;
    layout_fill(bytes, len, out);
    s = verify ? dxtl_verify(out, fault) : checksum_check(out, fault);
    if (s)
        dxtl_close(out);
    return s;
}

static DxtStatus io_fault(DxtFault *fault, const char *what) {
    if (fault) {
        *fault = (DxtFault){.status = DXT_E_IO, .func = DXT_NONE};
        snprintf(fault->detail, sizeof fault->detail, "%s: %s", what, strerror(errno));
    }
    return DXT_E_IO;
}

DxtStatus dxtl_open(const char *path, bool verify, DxtLayout *out, DxtFault *fault) {
    struct stat st;
    memset(out, 0, sizeof *out);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return io_fault(fault, "open");
    if (fstat(fd, &st)) {
        close(fd);
        return io_fault(fault, "stat");
    }
    size_t len = (size_t)st.st_size;
    void *map = len ? mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (!len)
        return FAULT(HEADER, 0, "0 bytes");
    if (map == MAP_FAILED)
        return io_fault(fault, "map");
    DxtStatus s = dxtl_open_bytes(map, len, verify, out, fault);
    if (s)
        munmap(map, len);
    else
        out->map = map;
    return s;
}

void dxtl_close(DxtLayout *l) {
    for (u32 i = 0; l->modules && i < l->module_count; i++)
        dxt_close(&l->modules[i]);
    mem_free(l->modules);
    if (l->map)
        munmap(l->map, l->map_len);
    memset(l, 0, sizeof *l);
}
