// SPDX-License-Identifier: MIT
// Memory outside the JS heap. Three lifetimes, visible in the type:
//   Arena   everything one compilation makes; freed at once.
//   Buf     an owned, growing byte buffer (init by zeroing, buf_free).
//   mem_*   one block; the single gate to malloc (accounting, failure injection). Never returns NULL: out of memory ends the process with a message and exit code 2.
#ifndef DX_MEM_H
#define DX_MEM_H

#include "format/base/base.h"

void *mem_alloc(size_t size);                 // uninitialised
void *mem_zalloc(size_t size);                // zeroed
void *mem_realloc(void *p, size_t size);      // p may be NULL
void mem_free(void *p);                       // NULL allowed

typedef struct ArenaChunk ArenaChunk;
typedef struct Arena {
    ArenaChunk *head; // newest chunk; older ones linked behind
    char *ptr, *end;  // free room in the newest chunk
    size_t total;     // bytes handed out
} Arena;              // zero-initialise

void *arena_grow(Arena *a, size_t size); // slow path of arena_alloc
void arena_free(Arena *a);               // frees all; the arena may be used again
char *arena_strndup(Arena *a, const char *s, size_t n); // adds a NUL

// 8-byte aligned, uninitialised.
DX_INLINE void *arena_alloc(Arena *a, size_t size) {
    size = (size + 7) & ~(size_t)7;
    if (DX_LIKELY((size_t)(a->end - a->ptr) >= size)) {
        void *p = a->ptr;
        a->ptr += size;
        a->total += size;
        return p;
    }
    return arena_grow(a, size);
}
DX_INLINE void *arena_zalloc(Arena *a, size_t size) { return memset(arena_alloc(a, size), 0, size); }
#define ARENA_NEW(a, T) ((T *)arena_zalloc((a), sizeof(T)))

typedef struct Buf {
    u8 *data;
    size_t len, cap;
} Buf; // zero-initialise

void buf_reserve(Buf *b, size_t more);          // room for `more` bytes past len
void buf_put(Buf *b, const void *p, size_t n);
void buf_u8(Buf *b, u8 v);
void buf_u16(Buf *b, u16 v);                    // little-endian, unaligned
void buf_u32(Buf *b, u32 v);
void buf_u64(Buf *b, u64 v);
void buf_zero(Buf *b, size_t n);
void buf_align(Buf *b, size_t a);               // pads with zero bytes
void buf_str(Buf *b, const char *s);            // without the NUL
void buf_printf(Buf *b, const char *fmt, ...) DX_PRINTF(2, 3);
const char *buf_cstr(Buf *b);                   // NUL-terminates (not counted in len)
void buf_free(Buf *b);

// Whole-file reading and atomic writing (temporary name in the same directory, then rename). 0 or an errno.
int file_read(const char *path, Buf *out);
int file_write_atomic(const char *path, const void *data, size_t len);

// What tells two states of a file apart without reading it. ctime_ns, the time of the last change of any kind, cannot be set by a program;
// it is 0 when the file changed within the clock tick in which it was looked at, since one more change might then go unseen.
typedef struct FileStamp {
    u64 size, mtime_ns, ctime_ns, inode;
} FileStamp;
struct stat;
u64 file_clock(void);                                           // the clock of file times, in its ticks
FileStamp file_stamp(const struct stat *st, u64 clock_before);  // clock_before: file_clock() from before the stat

#endif
