// SPDX-License-Identifier: MIT
// Shared by the files of fetch's data types.
#ifndef DX_WEB_FETCH_H
#define DX_WEB_FETCH_H

#include "runtime/web/web.h"

Value blob_new(VM *vm, Value bytes, Value type);
Value file_new(VM *vm, Value bytes, Value type, Value name);
Value headers_new_rjs(VM *vm, Value init);                          // a Headers; init: what its constructor takes
Value headers_get(VM *vm, Value headers, const char *name);         // string or null
void headers_set(VM *vm, Value headers, const char *name, Value v); // unchecked
Value form_data_new(VM *vm);
void form_data_append(VM *vm, Value form, Value name, Value v);
void multipart_write(VM *vm, Value form, const char *boundary, Buf *out);
bool multipart_read(VM *vm, Value form, const u8 *p, size_t n, const char *boundary);
void urlencoded_read(VM *vm, Value form, const u8 *p, size_t n);

#endif
