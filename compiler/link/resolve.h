// SPDX-License-Identifier: MIT
// Module resolution: which file a specifier names, seen from the file that says it. Node's algorithm (package.json exports, imports,
// main), TypeScript's (paths, baseUrl, ./x.js that is x.ts) and what bundlers add (extensions, directories) in one.
// Not safe for several threads at once: the linker holds a lock.
#ifndef DX_LINK_RESOLVE_H
#define DX_LINK_RESOLVE_H

#include "compiler/dxc.h"
#include "compiler/link/json.h"
#include "compiler/link/probe.h"

typedef enum ResolveKind { RESOLVED_MISSING, RESOLVED_FILE, RESOLVED_BUILTIN, RESOLVED_EMPTY /* mapped to nothing */ } ResolveKind;
typedef struct Resolution {
    ResolveKind kind;
    const char *path; // RESOLVED_FILE: absolute, links of node_modules followed
} Resolution;

typedef struct ResolverOptions {
    const char *const *conditions; // of package.json exports, besides node, import or require, default
    u32 condition_count;
    bool prefer_require;           // Jest: an import is a require, so packages give their CommonJS side
    // Configured aliases (moduleNameMapper, resolve.alias): what stands for the specifier (relative to nothing: absolute or bare), or NULL.
    const char *(*map)(void *ctx, const char *specifier, Arena *arena);
    void *map_ctx;
} ResolverOptions;

typedef struct Package {
    const char *directory;
    const Json *json;     // NULL: no package.json, or one that is not JSON
} Package;

typedef struct TsFileList { // `files`, `include` or `exclude`
    const Json *json;        // NULL: not given
    const char *directory;   // of the file that says it
} TsFileList;

typedef struct TsConfig { // what compiling and resolving need of tsconfig.json, `extends` applied
    const char *directory;   // of the file itself
    TsFileList files, include, exclude;
    const Json *references;  // of the file itself, or NULL
    const char *paths_base;  // directory that `paths` are relative to
    const Json *paths;
    const char *base_url;    // absolute, or NULL
    bool experimental_decorators, decorator_metadata, verbatim_module_syntax;
    int define_fields;       // useDefineForClassFields: 1 true, 0 false, -1 by target
    int strict, strict_null_checks; // the second is the first when it is -1
    int interop;             // esModuleInterop: the same, -1 by module
    const char *target, *module; // as written, or NULL
    const char *react_namespace;
    const char *jsx, *jsx_factory, *jsx_fragment, *jsx_import_source;
} TsConfig;

typedef struct Resolver {
    Probe *probe;
    Arena *arena;
    ResolverOptions options;
    struct PathMap *packages, *configs, *reals;
    Buf *warnings, *errors;  // lines about configuration files that cannot be read: those in node_modules are warnings; may be NULL
} Resolver;

void resolver_init(Resolver *r, Probe *probe, Arena *arena, const ResolverOptions *options);
// import: said by import or import(), else by require.
Resolution resolver_find(Resolver *r, const char *from_file, const char *specifier, bool import);
const Package *resolver_package(Resolver *r, const char *file);   // nearest package.json at or above the file; NULL without
const TsConfig *resolver_tsconfig(Resolver *r, const char *file); // nearest tsconfig.json or jsconfig.json; NULL without, and in node_modules
bool tsconfig_legacy_fields(const TsConfig *c); // class fields are assignments
bool tsconfig_interop(const TsConfig *c);       // esModuleInterop holds
bool resolver_is_builtin(const char *specifier);

// For configuration files: NULL when absent or bad; where and why goes to warnings or errors.
Json *resolver_read_json(Resolver *r, const char *path, bool relaxed);

// ---- between the files of the resolver
// A path of a configuration file as an absolute one; "${configDir}" is the directory of the outermost configuration.
const char *tsconfig_path(Resolver *r, const TsConfig *c, const char *directory, const char *text);
bool tsconfig_contains(Resolver *r, const TsConfig *c, const char *file);
const Package *package_at(Resolver *r, const char *directory); // its package.json, or NULL
Resolution resolve_candidate(Resolver *r, const char *path, bool import); // a path as written: extensions, directory
Resolution resolve_exports(Resolver *r, const Package *p, const char *subpath, bool import);   // subpath "." or "./x"
Resolution resolve_imports(Resolver *r, const char *from_file, const char *specifier, bool import); // "#x"
Resolution resolve_bare(Resolver *r, const char *from_dir, const char *specifier, bool import);

typedef struct PathMap { const char **keys; void **values; u32 count, mask; } PathMap; // small open-addressing map path → pointer
void **path_map_slot(PathMap *m, const char *key); // key must stay alive; *slot NULL when new

#endif
