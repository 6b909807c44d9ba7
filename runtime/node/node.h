// SPDX-License-Identifier: MIT
// node: modules and the process object. A module's exports are built on its first import and kept for the realm's life.
#ifndef DX_NODE_H
#define DX_NODE_H

#include "runtime/web/web.h"

void node_install(VM *vm);                                         // process, global, Buffer on the global object
bool node_module(VM *vm, const char *specifier, Value *exports);   // false: no such module. *exports V_EXC: it threw (modules that are not supported)
Value node_exports(VM *vm, const char *name);                      // a module that is known to exist
void exports_rows(VM *vm, Value exports, u32 table);               // installs a native table, enumerable
void process_run_ticks(VM *vm);                                    // process.nextTick callbacks, until none is left
bool process_has_ticks(VM *vm);
void process_env_set_rjs(VM *vm, const char *name, Value v);       // v undefined: deletes
Value process_env(VM *vm);
void process_set_arguments(const char *program, char **rest, int count); // process.argv[1...]; kept, not copied
void process_file_begin(VM *vm);                                   // forgets ticks and puts TZ back
Value buffer_from_bytes(VM *vm, const void *p, size_t n);          // a Buffer
bool buffer_bytes_rjs(VM *vm, Value v, Value encoding, Buf *out) DX_MUST_USE; // bytes of a string or view, appended
Value emitter_emit_rjs(VM *vm, Value self, const char *event, int argc, const Value *argv);

#endif
