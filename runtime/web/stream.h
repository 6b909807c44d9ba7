// SPDX-License-Identifier: MIT
// Readable streams for C callers (bodies). `stream` must be a ReadableStream.
#ifndef DX_WEB_STREAM_H
#define DX_WEB_STREAM_H

#include "runtime/web/web.h"

Value rs_from_bytes(VM *vm, Value uint8_array);                    // a stream of one chunk (none when empty)
bool rs_locked(Value stream);                                      // has a reader
bool rs_disturbed(Value stream);                                   // was read from or cancelled
Value rs_read_all(VM *vm, Value stream);                           // promise of a Uint8Array; locks the stream
bool rs_tee_rjs(VM *vm, Value stream, Value out[2]) DX_MUST_USE;   // two streams of the same chunks; locks it. False: thrown

#endif
