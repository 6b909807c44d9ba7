// SPDX-License-Identifier: MIT
// Arenas: memory of one compilation, freed at once. A chain of chunks of growing size; the newest one is
// bumped, older ones only wait to be freed. Debug builds fill fresh memory with 0xA5 and freed memory with 0xDD.
#include "format/base/mem.h"

#define CHUNK_MIN ((size_t)16 << 10)
#define CHUNK_MAX ((size_t)1 << 20) // larger requests get a chunk of their own size

struct ArenaChunk {
    ArenaChunk *next;  // older chunk
    size_t size;       // bytes in data
    _Alignas(16) char data[];
};

void *arena_grow(Arena *a, size_t size) {
    size = (size + 7) & ~(size_t)7;
    size_t want = a->head ? a->head->size * 2 : CHUNK_MIN;
    if (want > CHUNK_MAX) want = CHUNK_MAX;
    bool oversize = size > want;
    ArenaChunk *c = mem_alloc(sizeof(ArenaChunk) + (oversize ? size : want));
    c->size = oversize ? size : want;
#ifdef DX_DEBUG
    memset(c->data, 0xA5, c->size);
#endif
    a->total += size;
    if (oversize && a->head) { // keep bumping the present chunk; the big block goes behind it
        c->next = a->head->next;
        a->head->next = c;
        return c->data;
    }
    c->next = a->head;
    a->head = c;
    a->ptr = c->data + size;
    a->end = c->data + c->size;
    return c->data;
}

void arena_free(Arena *a) {
    ArenaChunk *c = a->head;
    while (c) {
        ArenaChunk *next = c->next;
#ifdef DX_DEBUG
        memset(c->data, 0xDD, c->size);
#endif
        mem_free(c);
        c = next;
    }
    *a = (Arena){0};
}

char *arena_strndup(Arena *a, const char *s, size_t n) {
    char *p = arena_alloc(a, n + 1);
    if (n) memcpy(p, s, n);
    p[n] = 0;
    return p;
}
