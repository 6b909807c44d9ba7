// SPDX-License-Identifier: MIT
// Pack files of the artifact store. Written under a temporary name and renamed: a reader sees a whole pack or none. What a kill or a bad disk
// leaves behind is caught by the header check and by each entry's content hash.
#include "runtime/cache/pool.h"

#include "format/base/hash.h"
#include "format/dxt.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PACK_VERSION 1u
#define PACK_HEADER 16u
#define MAX_PACKS 8u                // more are merged into one
#define MAX_BYTES (256ull << 20)    // a merge past this starts again with the new entries only

void pool_init(Pool *p, const char *directory) {
    memset(p, 0, sizeof *p);
    snprintf(p->directory, sizeof p->directory, "%s", directory);
    pthread_mutex_init(&p->lock, NULL);
}

// ---- reading

static bool pack_valid(Pack *k) {
    u32 version, count;
    if (k->len < PACK_HEADER || memcmp(k->bytes, "DXPK", 4)) return false;
    memcpy(&version, k->bytes + 4, 4);
    memcpy(&count, k->bytes + 8, 4);
    if (version != PACK_VERSION || count > (k->len - PACK_HEADER) / sizeof(PackRow)) return false;
    k->rows = (const PackRow *)(k->bytes + PACK_HEADER);
    k->count = count;
    return true;
}

static void pack_open(Pool *p, const char *name) {
    char path[4400];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", p->directory, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    Pack k = {0};
    if (!fstat(fd, &st) && st.st_size > 0) {
        k.len = (size_t)st.st_size;
        void *m = mmap(NULL, k.len, PROT_READ, MAP_PRIVATE, fd, 0);
        if (m != MAP_FAILED) k.bytes = m;
    }
    close(fd);
    if (!k.bytes || !pack_valid(&k)) {
        if (k.bytes) munmap((void *)k.bytes, k.len);
        p->bad++;
        unlink(path);
        return;
    }
    k.path = mem_alloc(strlen(path) + 1);
    memcpy(k.path, path, strlen(path) + 1);
    p->packs = mem_realloc(p->packs, (p->pack_count + 1) * sizeof *p->packs);
    p->packs[p->pack_count++] = k;
}

static void pool_open(Pool *p) {
    p->opened = true;
    DIR *d = opendir(p->directory);
    if (!d) return;
    for (struct dirent *e; (e = readdir(d));) {
        size_t n = strlen(e->d_name);
        if (n > 5 && !strcmp(e->d_name + n - 5, ".pack")) pack_open(p, e->d_name);
    }
    closedir(d);
}

// The header's length and content hash against the bytes (spec/dxt.md).
static bool entry_whole(const u8 *bytes, size_t len) {
    u64 declared;
    if (len < 64 || memcmp(bytes, "DXTM", 4)) return false;
    memcpy(&declared, bytes + 24, 8);
    if (declared != len) return false;
    Hash128 h = hash128_bytes(bytes + 24, len - 24);
    return !memcmp(h.bytes, bytes + DXT_HASH_AT, 16);
}

static const PackRow *pack_find(const Pack *k, const u8 key[16]) {
    u32 lo = 0, hi = k->count;
    while (lo < hi) {
        u32 mid = (lo + hi) / 2;
        int c = memcmp(k->rows[mid].key, key, 16);
        if (c == 0) return k->rows[mid].offset <= k->len && k->rows[mid].length <= k->len - k->rows[mid].offset ? &k->rows[mid] : NULL;
        if (c < 0) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

bool pool_load(Pool *p, const u8 key[16], Buf *out) {
    pthread_mutex_lock(&p->lock);
    if (!p->opened) pool_open(p);
    pthread_mutex_unlock(&p->lock); // from here on the packs do not change until pool_flush
    for (u32 i = 0; i < p->pack_count; i++) {
        const PackRow *r = pack_find(&p->packs[i], key);
        if (!r) continue;
        if (entry_whole(p->packs[i].bytes + r->offset, r->length)) return buf_put(out, p->packs[i].bytes + r->offset, r->length), true;
        __atomic_add_fetch(&p->bad, 1, __ATOMIC_RELAXED);
    }
    return false;
}

// ---- writing

static void pending_add(Pool *p, const u8 key[16], const u8 *bytes, u32 len) {
    if (p->pending_count == p->pending_cap) p->pending = mem_realloc(p->pending, (p->pending_cap = p->pending_cap ? p->pending_cap * 2 : 64) * sizeof *p->pending);
    PoolEntry *e = &p->pending[p->pending_count++];
    memcpy(e->key, key, 16);
    e->bytes = mem_alloc(len ? len : 1);
    memcpy(e->bytes, bytes, len);
    e->length = len;
}
void pool_save(Pool *p, const u8 key[16], const u8 *bytes, size_t len) {
    if (len > UINT32_MAX) return;
    pthread_mutex_lock(&p->lock);
    pending_add(p, key, bytes, (u32)len);
    pthread_mutex_unlock(&p->lock);
}

static int compare_entries(const void *a, const void *b) { return memcmp(((const PoolEntry *)a)->key, ((const PoolEntry *)b)->key, 16); }

static void drop_pending(Pool *p) {
    for (u32 i = 0; i < p->pending_count; i++) mem_free(p->pending[i].bytes);
    p->pending_count = 0;
}
static void close_packs(Pool *p, bool remove, const char *keep) {
    for (u32 i = 0; i < p->pack_count; i++) {
        munmap((void *)p->packs[i].bytes, p->packs[i].len);
        if (remove && strcmp(p->packs[i].path, keep)) unlink(p->packs[i].path);
        mem_free(p->packs[i].path);
    }
    mem_free(p->packs);
    p->packs = NULL;
    p->pack_count = 0;
    p->opened = false;
}

static void take_old_entries(Pool *p) { // whole ones that the new entries do not replace
    u64 total = 0;
    for (u32 i = 0; i < p->pack_count; i++) total += p->packs[i].len;
    if (total > MAX_BYTES) return;
    u32 fresh = p->pending_count;
    for (u32 i = 0; i < p->pack_count; i++)
        for (u32 r = 0; r < p->packs[i].count; r++) {
            const PackRow *row = &p->packs[i].rows[r];
            bool known = false;
            for (u32 k = 0; k < fresh && !known; k++) known = !memcmp(p->pending[k].key, row->key, 16);
            if (!known && pack_find(&p->packs[i], row->key) && entry_whole(p->packs[i].bytes + row->offset, row->length))
                pending_add(p, row->key, p->packs[i].bytes + row->offset, row->length);
        }
}

static bool write_pack(Pool *p, char *path, size_t cap) {
    Buf b = {0};
    qsort(p->pending, p->pending_count, sizeof *p->pending, compare_entries);
    u32 n = 0; // equal keys hold equal modules: the first stays
    for (u32 i = 0; i < p->pending_count; i++) n += !i || memcmp(p->pending[i].key, p->pending[i - 1].key, 16);
    buf_str(&b, "DXPK");
    buf_u32(&b, PACK_VERSION);
    buf_u32(&b, n);
    buf_u32(&b, 0);
    u64 at = PACK_HEADER + (u64)n * sizeof(PackRow);
    for (int pass = 0; pass < 2; pass++)
        for (u32 i = 0; i < p->pending_count; i++) {
            PoolEntry *e = &p->pending[i];
            if (i && !memcmp(e->key, p->pending[i - 1].key, 16)) continue;
            if (pass == 0) {
                buf_put(&b, e->key, 16);
                buf_u64(&b, at);
                buf_u32(&b, e->length);
                buf_u32(&b, 0);
                at += dx_align_up(e->length, 8);
            } else {
                buf_put(&b, e->bytes, e->length);
                buf_align(&b, 8);
            }
        }
    Hash128 h = hash128_bytes(b.data, PACK_HEADER + (size_t)n * sizeof(PackRow));
    int len = snprintf(path, cap, "%s/", p->directory);
    for (u32 i = 0; i < 16; i++) len += snprintf(path + len, cap - (size_t)len, "%02x", h.bytes[i]);
    snprintf(path + len, cap - (size_t)len, ".pack");
    bool ok = file_write_atomic(path, b.data, b.len) == 0;
    buf_free(&b);
    return ok;
}

void pool_flush(Pool *p) {
    if (!p->pending_count) return;
    if (!p->opened) pool_open(p);
    bool merge = p->pack_count >= MAX_PACKS || p->bad; // a damaged pack goes, with what is whole in it kept
    char path[4400];
    if (merge) take_old_entries(p);
    bool written = write_pack(p, path, sizeof path);
    close_packs(p, written && merge, path);
    drop_pending(p);
}

void pool_free(Pool *p) {
    drop_pending(p);
    mem_free(p->pending);
    close_packs(p, false, "");
    p->pending = NULL;
    p->pending_cap = 0;
}
