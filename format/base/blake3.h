// SPDX-License-Identifier: MIT
// BLAKE3 in its plain hash mode with 32 bytes of output. Used for content addresses.
#ifndef DX_BLAKE3_H
#define DX_BLAKE3_H

#include "format/base/base.h"

#define BLAKE3_LEN 32
#define BLAKE3_CHUNK 1024

typedef struct Blake3 {
    u32 cv[8];            // chaining value of the chunk being filled
    u8 block[64];         // its last block, not yet compressed
    u8 block_len;
    u8 blocks_done;       // blocks of this chunk already compressed
    u8 depth;             // chaining values on the stack
    u64 chunk;            // index of the chunk being filled
    u32 stack[54][8];     // left subtrees waiting for their right sibling; 2^54 chunks are 2^64 bytes
} Blake3;

void blake3_init(Blake3 *s);
void blake3_update(Blake3 *s, const void *p, size_t n);
void blake3_final(const Blake3 *s, u8 out[BLAKE3_LEN]); // s stays usable for more updates
void blake3(const void *p, size_t n, u8 out[BLAKE3_LEN]);

#endif
