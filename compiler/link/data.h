// SPDX-License-Identifier: MIT
// Modules made of files that are not code.
#ifndef DX_LINK_DATA_H
#define DX_LINK_DATA_H

#include "compiler/link/resolve.h"

void data_put_literal(Buf *out, const char *text, size_t len); // a JS string literal; the text is UTF-8
// Turns a file's bytes into the source of a CommonJS module that exports them: as `type` says ("text", "json", "bytes"), NULL: JSON or text,
// by the path. NULL, or why not.
const char *data_to_source(Arena *arena, const char *path, const char *type, Buf *text);

#endif
