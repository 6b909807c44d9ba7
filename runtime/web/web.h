// SPDX-License-Identifier: MIT
// Web platform classes: what their files share. Instances are HostObjects whose class number says which; four values of state each.
// The prototypes hang on the realm, made with the image; nothing is touched until a program uses them.
#ifndef DX_WEB_H
#define DX_WEB_H

#include "runtime/runtime.h"
#include "vm/builtins/dom_exception.h"
#include "vm/buffer.h"

typedef enum WebClass {
    WEB_None,
#define WEB(id, parent, ctor, proto) WEB_##id,
#include "runtime/web/classes.def"
#undef WEB
    WEB_COUNT
} WebClass;
enum { HOST_WEB = 100 }; // host_class of an instance: HOST_WEB + WebClass

void web_install(VM *vm);
Value web_clone_object(VM *vm, Value v); // DxHost.clone_object (forms.c)
Value web_proto(VM *vm, WebClass c);
Value web_ctor(VM *vm, WebClass c);                              // the constructor
HostObject *web_of(Value v, WebClass c);                         // an instance of c or of a class below it, else NULL
HostObject *web_this(VM *vm, Value self, WebClass c);            // ... NULL: TypeError pending
HostObject *web_new(VM *vm, WebClass c);                         // data[] undefined
// In a constructor: an instance for the running native's new.target. NULL: thrown (also when called without new).
HostObject *web_construct_rjs(VM *vm, WebClass c, Value new_target);

// ---- small tools for natives written like library code
Value prop_rjs(VM *vm, Value obj, const char *name) DX_MUST_USE;  // obj[name]; obj an object
void prop_put(VM *vm, Value obj, const char *name, Value v);      // own data property of a fresh object
bool prop_assign_rjs(VM *vm, Value obj, const char *name, Value v) DX_MUST_USE;
Value call_method_rjs(VM *vm, Value obj, const char *name, int argc, const Value *argv) DX_MUST_USE;
Value closure(VM *vm, u32 id, u32 n, ...);                        // native closure with n slots
Value bytes_str(VM *vm, const Buf *b);                            // UTF-8 text as a string value; does not free
Value buf_take_str(VM *vm, Buf *b);                               // ... and frees
Value throw_type(VM *vm, const char *fmt, ...) DX_PRINTF(2, 3);
Value throw_error(VM *vm, const char *fmt, ...) DX_PRINTF(2, 3);
Value throw_coded(VM *vm, u32 proto, const char *code, const char *fmt, ...) DX_PRINTF(4, 5); // error with Node's `code`
Value throw_arg_type(VM *vm, const char *name, const char *expected, Value got);               // ERR_INVALID_ARG_TYPE
Value rejected(VM *vm);                                           // promise rejected with the pending exception
Value resolved(VM *vm, Value v);                                  // promise resolved with v
bool is_c(VM *vm, Value v, const char *text);                     // a string equal to text
bool utf8_arg_rjs(VM *vm, Value v, Buf *out);                     // ToString as well-formed UTF-8 (lone surrogates replaced), appended
void usv_utf8(VM *vm, String *s, Buf *out);
// The bytes behind an ArrayBuffer, typed array or DataView. False: v is none of them.
bool bytes_of(Value v, u8 **p, size_t *n);
void lower_ascii(Buf *b);

// ---- encodings (encoding.c)
Value text_from_utf8(VM *vm, const u8 *p, size_t n, bool fatal, bool *bad); // WHATWG decoding; *bad set where fatal and malformed
void base64_encode(const u8 *p, size_t n, bool url, Buf *out);
bool base64_decode(const char *p, size_t n, bool strict, Buf *out);       // strict: atob's rules

// ---- events (event.c)
Value event_new(VM *vm, WebClass c, const char *type);
bool event_dispatch_rjs(VM *vm, HostObject *target, HostObject *event);   // false: exception pending
Value abort_signal_new(VM *vm);
void abort_signal_abort_rjs(VM *vm, Value signal, Value reason);
bool abort_signal_aborted(Value signal, Value *reason);

#endif
