// SPDX-License-Identifier: MIT
// Shared by the files of fetch's data types (Fetch 5.1 to 5.4, File API 3 and 4, XHR 4). Values given for an object must be of its class;
// functions without _rjs run no user code and do not throw.
#ifndef DX_WEB_FETCH_H
#define DX_WEB_FETCH_H

#include "runtime/web/web.h"

Value blob_new(VM *vm, Value bytes, Value type);                    // a Blob of a Uint8Array (kept, not copied); type: string
Value file_new(VM *vm, Value bytes, Value type, Value name);        // a File of now
Value headers_new_rjs(VM *vm, Value init) DX_MUST_USE;              // a Headers; init: what its constructor takes
Value headers_get(VM *vm, Value headers, const char *name);         // string (several joined by ", ") or null; name in lower case
void headers_set(VM *vm, Value headers, const char *name, Value v); // name in lower case, v a string; neither is checked
Value form_data_new(VM *vm);
void form_data_append(VM *vm, Value form, Value name, Value v);     // v: string or File
// multipart/form-data (RFC 7578), boundary without the leading dashes. Reading appends to the form; false: the bytes are no such body.
void multipart_write(VM *vm, Value form, const char *boundary, Buf *out);
bool multipart_read(VM *vm, Value form, const u8 *p, size_t n, const char *boundary);
void urlencoded_read(VM *vm, Value form, const u8 *p, size_t n);    // application/x-www-form-urlencoded: any bytes are such a body

#endif
