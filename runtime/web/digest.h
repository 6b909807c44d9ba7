// SPDX-License-Identifier: MIT
// Message digests over bytes in memory: MD5 (RFC 1321), SHA-1, SHA-2 (FIPS 180-4), HMAC (RFC 2104). No state, nothing allocated, no failure.
#ifndef DX_WEB_DIGEST_H
#define DX_WEB_DIGEST_H

#include "format/base/base.h"

enum DigestKind { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA224, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512, DIGEST_COUNT };
#define DIGEST_MAX 64                          // bytes of the longest digest: room for any `out`
int digest_named(const char *name, size_t n);  // "sha256", "SHA-256", "RSA-SHA256"; -1: unknown
u32 digest_size(int kind);                     // bytes of its result
u32 digest_block(int kind);                    // bytes it takes at a time: what HMAC pads keys to
void digest_bytes(int kind, const u8 *p, size_t n, u8 *out);
void digest_hmac(int kind, const u8 *key, size_t key_n, const u8 *p, size_t n, u8 *out);

#endif
