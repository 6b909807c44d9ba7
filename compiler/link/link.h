// SPDX-License-Identifier: MIT
// Linking: from entry files to every module they can reach, each read and compiled once, requests resolved. Reads files; runs nothing.
// A specifier that resolves to nothing stays open (DXT_NONE) and throws when it is evaluated.
#ifndef DX_LINK_H
#define DX_LINK_H

#include "compiler/link/resolve.h"

// Where compiled modules are kept between runs. Both are called from several threads. Keys name source text, path, options and version.
typedef struct LinkStore {
    void *ctx;
    bool (*load)(void *ctx, const u8 key[16], Buf *out);          // bytes of a .dxt whose content hash is right
    void (*save)(void *ctx, const u8 key[16], const u8 *bytes, size_t len);
} LinkStore;

enum { LINK_JOBS = 64 }; // threads at the most

typedef struct LinkOptions {
    DxcOptions compile;
    ResolverOptions resolve;
    u32 jobs;                  // threads; 0 is 1, more than LINK_JOBS are LINK_JOBS
    const char *version;       // of the compiler: part of the keys
    LinkStore store;           // load NULL: none
    bool (*known)(void *ctx, const char *path); // such files stay outside: requests for them are left open; may be NULL
    void *known_ctx;
} LinkOptions;

typedef struct LinkModule {
    const char *path;          // its name: the file's, with "?type" behind it when it is imported as what it is not by its name
    const char *file;          // what is read
    const char *type;          // "text", "bytes"; NULL: as its name says
    Buf bytes;                 // the .dxt that `module` lies in
    DxtModule module;
    u32 *resolved;             // per request: index in Link.modules or DXT_NONE
    const char *diagnostics;   // as printed, or NULL
    bool failed, from_store;
    bool is_test;              // a test entry: its tests are listed, its assertions lowered
    u32 order;                 // final index
    const char *text;          // given source; NULL: the file is read
} LinkModule;

typedef struct Link {
    Arena arena;               // resolver, messages, small things
    Probe probe;               // every file and directory that was asked about
    Resolver resolver;
    LinkOptions options;
    LinkModule **modules;      // in final order: depth first from the entries, requests in source order
    u32 count, cap;
    u32 *entries; u32 entry_count;
    PathMap by_path;           // path → LinkModule
    Buf warnings;              // packages' configuration files, specifiers that resolve to nothing
    Buf config_errors;         // the project's own configuration files: whoever links should stop when there are any
    u32 compiled, loaded, errors;
    u64 source_bytes;
} Link;

void link_init(Link *l, const LinkOptions *options);
void link_entry(Link *l, const char *path, bool is_test);                // absolute path
void link_entry_text(Link *l, const char *path, const char *text);       // a CommonJS module made of text, not of a file; both copied
// LinkModule.path of a file imported with the attribute type "text" or "bytes"; `path` itself where the type makes no difference.
const char *link_typed_path(Arena *arena, const char *path, const char *type);
void link_run(Link *l);
// The layout's bytes; `inputs` may be NULL. DXT_OK or why not.
DxtStatus link_write(Link *l, const DxtlInput *inputs, const char *const *input_paths, u32 input_count, Buf *out);
void link_free(Link *l);
void link_keep_memory(void); // before many compilations in one process: what one file took is kept for the next

// Compiles one source as the linker does: language, goal and options from path, package.json and tsconfig.json.
DxcOptions link_compile_options(const Link *l, Resolver *r, const char *path, bool is_test);

#endif
