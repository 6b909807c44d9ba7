// SPDX-License-Identifier: MIT
// Streams for C callers (bodies).
#ifndef DX_WEB_STREAM_H
#define DX_WEB_STREAM_H

#include "runtime/web/web.h"

Value rs_from_bytes(VM *vm, Value uint8_array);                    // a stream of one chunk (none when empty)
bool rs_locked(Value stream);
bool rs_disturbed(Value stream);
Value rs_read_all(VM *vm, Value stream);                           // promise of a Uint8Array; locks the stream
bool rs_tee_rjs(VM *vm, Value stream, Value out[2]) DX_MUST_USE;

#endif
