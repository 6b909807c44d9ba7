# SPDX-License-Identifier: MIT
"""The first 16 bytes of BLAKE3, as the content hashes of the formats are (unkeyed mode; see the BLAKE3 specification, sections 2.1 to 2.6)."""
import struct

IV = (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19)
ORDER = (2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)  # of the message words, from one round to the next
COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
CHUNK_START, CHUNK_END, PARENT, ROOT = 1, 2, 4, 8
M = 0xFFFFFFFF


def compress(cv, words, length, counter, flags):
    v = [*cv, *IV[:4], counter & M, counter >> 32, length, flags]
    for _ in range(7):
        for i, (a, b, c, d) in enumerate(COLUMNS):
            va = v[a] + v[b] + words[2 * i] & M
            x = v[d] ^ va
            vd = (x >> 16 | x << 16) & M
            vc = v[c] + vd & M
            x = v[b] ^ vc
            vb = (x >> 12 | x << 20) & M
            va = va + vb + words[2 * i + 1] & M
            x = vd ^ va
            vd = (x >> 8 | x << 24) & M
            vc = vc + vd & M
            x = vb ^ vc
            v[a], v[b], v[c], v[d] = va, (x >> 7 | x << 25) & M, vc, vd
        words = [words[i] for i in ORDER]
    return [v[i] ^ v[i + 8] for i in range(8)]


def chunk(data, number, root):
    cv = IV
    blocks = [data[i:i + 64] for i in range(0, len(data), 64)] or [b""]
    for i, block in enumerate(blocks):
        flags = (CHUNK_START if i == 0 else 0) | ((CHUNK_END | root) if i == len(blocks) - 1 else 0)
        cv = compress(cv, struct.unpack("<16I", block.ljust(64, b"\0")), len(block), number, flags)
    return cv


def tree(data, first, root):
    """Chaining value of the chunks of `data`, the first of which has that number."""
    count = (len(data) + 1023) // 1024
    if count <= 1:
        return chunk(data, first, root)
    left = 1 << (count - 1).bit_length() - 1  # the largest power of two that leaves something for the right side
    return compress(IV, tree(data[:left * 1024], first, 0) + tree(data[left * 1024:], first + left, 0), 64, 0, PARENT | root)


def hash128(data):
    return struct.pack("<8I", *tree(bytes(data), 0, ROOT))[:16]
