// SPDX-License-Identifier: MIT
// The order of questions: aliases, builtin, relative, tsconfig paths, "#", self-reference, node_modules.
// package.c reads package.json exports and imports; tsconfig.c reads tsconfig.json.
#include "compiler/link/resolve.h"

#include "format/base/hash.h"

#include <limits.h>
#include <stdlib.h>

// ---- small map

static u32 map_find(PathMap *m, const char *key) {
    u64 h = hash_bytes(key, strlen(key));
    while (m->keys[h & m->mask] && strcmp(m->keys[h & m->mask], key)) h++;
    return (u32)(h & m->mask);
}

void **path_map_slot(PathMap *m, const char *key) {
    if (!m->keys || m->count * 2 >= m->mask) {
        PathMap old = *m;
        m->mask = old.keys ? old.mask * 2 + 1 : 255;
        m->keys = mem_zalloc(((size_t)m->mask + 1) * sizeof *m->keys);
        m->values = mem_zalloc(((size_t)m->mask + 1) * sizeof *m->values);
        for (u32 i = 0; old.keys && i <= old.mask; i++) {
            if (!old.keys[i]) continue;
            u32 at = map_find(m, old.keys[i]);
            m->keys[at] = old.keys[i];
            m->values[at] = old.values[i];
        }
        mem_free(old.keys);
        mem_free(old.values);
    }
    u32 at = map_find(m, key);
    if (!m->keys[at]) {
        m->keys[at] = key;
        m->count++;
    }
    return &m->values[at];
}

// ---- what the host provides

static const char *const builtin_names[] = {
    "assert", "assert/strict", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram",
    "diagnostics_channel", "dns", "dns/promises", "domain", "events", "fs", "fs/promises", "http", "http2", "https", "inspector",
    "inspector/promises", "module", "net", "os", "path", "path/posix", "path/win32", "perf_hooks", "process", "punycode",
    "querystring", "readline", "readline/promises", "repl", "stream", "stream/consumers", "stream/promises", "stream/web",
    "string_decoder", "sys", "timers", "timers/promises", "tls", "trace_events", "tty", "url", "util", "util/types", "v8", "vm",
    "wasi", "worker_threads", "zlib",
    // test APIs: their modules are the runner itself
    "vitest", "vitest/config", "vitest/globals", "@vitest/runner", "@jest/globals", "bun", "bun:test",
};

bool resolver_is_builtin(const char *specifier) {
    if (text_starts_with(specifier, "node:") || text_starts_with(specifier, "bun:")) return true;
    for (u32 i = 0; i < DX_COUNTOF(builtin_names); i++)
        if (!strcmp(builtin_names[i], specifier)) return true;
    return false;
}

// ---- files

static Resolution missing(void) { return (Resolution){RESOLVED_MISSING, NULL}; }

// Links are followed where package managers make them, so that a package has one instance.
static const char *real_path(Resolver *r, const char *path) {
    if (!path_in_node_modules(path)) return path;
    char *dir = path_dirname(r->arena, path);
    void **slot = path_map_slot(r->reals, dir);
    if (!*slot) {
        char *real = realpath(dir, NULL);
        *slot = real ? arena_strndup(r->arena, real, strlen(real)) : dir;
        free(real);
    }
    return strcmp(*slot, dir) ? path_join(r->arena, *slot, path_basename(path)) : path;
}

static Resolution found(Resolver *r, const char *path) { return (Resolution){RESOLVED_FILE, real_path(r, path)}; }

static const char *const extensions_source[] = {".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"};
static const char *const extensions_package[] = {".js", ".cjs", ".mjs", ".json", ".jsx", ".ts", ".tsx", ".mts", ".cts"};
enum { EXTENSIONS = DX_COUNTOF(extensions_source) };

static const char *with_suffix(Resolver *r, const char *path, size_t keep, const char *suffix) {
    size_t m = strlen(suffix);
    char *s = arena_alloc(r->arena, keep + m + 1);
    memcpy(s, path, keep);
    memcpy(s + keep, suffix, m + 1);
    return s;
}

static const char *add_extension(Resolver *r, const char *path) {
    const char *const *list = path_in_node_modules(path) ? extensions_package : extensions_source;
    for (u32 i = 0; i < EXTENSIONS; i++) {
        const char *p = with_suffix(r, path, strlen(path), list[i]);
        if (probe_is_file(r->probe, p)) return p;
    }
    return NULL;
}

// TypeScript: a specifier names the file that would be emitted.
static const char *source_of_output(Resolver *r, const char *path) {
    static const struct { const char *output, *source; } rows[] = {
        {".js", ".ts"}, {".js", ".tsx"}, {".jsx", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"},
    };
    for (u32 i = 0; i < DX_COUNTOF(rows); i++) {
        if (!text_ends_with(path, rows[i].output)) continue;
        const char *p = with_suffix(r, path, strlen(path) - strlen(rows[i].output), rows[i].source);
        if (probe_is_file(r->probe, p)) return p;
    }
    return NULL;
}

static Resolution as_directory(Resolver *r, const char *path, bool import) {
    const Package *p = package_at(r, path);
    static const char *const fields[] = {"main", "module"};
    for (u32 i = 0; p && i < DX_COUNTOF(fields); i++) {
        const char *main = json_string(json_get(p->json, fields[i]), NULL);
        if (!main || !*main) continue;
        const char *target = path_join(r->arena, path, main);
        if (!strcmp(target, path)) continue; // "." and "./"
        Resolution x = resolve_candidate(r, target, import);
        if (x.kind == RESOLVED_FILE) return x;
    }
    const char *index = add_extension(r, path_join(r->arena, path, "index"));
    return index ? found(r, index) : missing();
}

Resolution resolve_candidate(Resolver *r, const char *path, bool import) {
    ProbeKind kind = probe_path(r->probe, path)->kind;
    if (kind == PROBE_FILE) return found(r, path);
    const char *p = source_of_output(r, path);
    if (!p) p = add_extension(r, path);
    if (p) return found(r, p);
    return kind == PROBE_DIRECTORY ? as_directory(r, path, import) : missing();
}

// ---- tsconfig paths

// Length of the literal part when the pattern (at most one '*') matches, else -1; *star the matched text.
static int pattern_match(const char *pattern, const char *text, const char **star, size_t *star_len) {
    const char *s = strchr(pattern, '*');
    if (!s) return strcmp(pattern, text) ? -1 : (int)strlen(pattern) + 1; // exact wins over any prefix
    size_t prefix = (size_t)(s - pattern), suffix = strlen(s + 1), n = strlen(text);
    if (n < prefix + suffix || memcmp(text, pattern, prefix) || memcmp(text + n - suffix, s + 1, suffix)) return -1;
    *star = text + prefix;
    *star_len = n - prefix - suffix;
    return (int)prefix;
}

static Resolution by_paths(Resolver *r, const TsConfig *c, const char *specifier, bool import) {
    const Json *best = NULL;
    int best_len = -1;
    const char *star = "", *s = "";
    size_t star_len = 0, n = 0;
    for (const Json *j = c->paths ? c->paths->first : NULL; j; j = j->next) {
        s = "", n = 0;
        int len = pattern_match(j->key, specifier, &s, &n);
        if (len > best_len) best = j, best_len = len, star = s, star_len = n;
    }
    for (const Json *t = best && best->kind == JSON_ARRAY ? best->first : NULL; t; t = t->next) {
        if (t->kind != JSON_STRING) continue;
        Buf b = {0};
        const char *at = strchr(t->text, '*');
        buf_put(&b, t->text, at ? (size_t)(at - t->text) : t->len);
        if (at) buf_put(&b, star, star_len), buf_str(&b, at + 1);
        Resolution x = resolve_candidate(r, tsconfig_path(r, c, c->base_url ? c->base_url : c->paths_base, buf_cstr(&b)), import);
        buf_free(&b);
        if (x.kind == RESOLVED_FILE) return x;
    }
    if (c->base_url) return resolve_candidate(r, path_join(r->arena, c->base_url, specifier), import);
    return missing();
}

// ---- packages

static size_t package_name_length(const char *specifier) {
    size_t n = strcspn(specifier, "/");
    if (specifier[0] == '@' && specifier[n] == '/') n += 1 + strcspn(specifier + n + 1, "/");
    return n;
}

static Resolution in_package(Resolver *r, const char *directory, const char *rest, bool import) {
    const Package *p = package_at(r, directory);
    const Json *exports = p ? json_get(p->json, "exports") : NULL;
    if (exports && exports->kind != JSON_NULL) {
        Buf sub = {0};
        buf_printf(&sub, ".%s", rest);
        Resolution x = resolve_exports(r, p, buf_cstr(&sub), import);
        buf_free(&sub);
        return x;
    }
    return resolve_candidate(r, *rest ? path_join(r->arena, directory, rest + 1) : directory, import);
}

static Resolution by_self(Resolver *r, const char *from_dir, const char *specifier, size_t name_len, bool import) {
    const Package *p = resolver_package(r, path_join(r->arena, from_dir, "x"));
    const char *name = p ? json_string(json_get(p->json, "name"), NULL) : NULL;
    if (!name || strlen(name) != name_len || memcmp(name, specifier, name_len) || !json_get(p->json, "exports")) return missing();
    return in_package(r, p->directory, specifier + name_len, import);
}

Resolution resolve_bare(Resolver *r, const char *from_dir, const char *specifier, bool import) {
    size_t n = package_name_length(specifier);
    const char *name = arena_strndup(r->arena, specifier, n), *rest = specifier + n;
    Resolution x = by_self(r, from_dir, specifier, n, import);
    if (x.kind != RESOLVED_MISSING) return x;
    for (const char *dir = from_dir;; dir = path_dirname(r->arena, dir)) {
        const char *modules = path_join(r->arena, dir, "node_modules");
        if (strcmp(path_basename(dir), "node_modules") && probe_is_directory(r->probe, modules)) {
            const char *p = path_join(r->arena, modules, name);
            if (probe_is_directory(r->probe, p)) x = in_package(r, p, rest, import);
            else x = resolve_candidate(r, path_join(r->arena, modules, specifier), import); // node_modules/x.js
            if (x.kind != RESOLVED_MISSING) return x;
        }
        if (!dir[1]) return missing();
    }
}

// ---- entry

static const char *file_url_path(Resolver *r, const char *url) {
    Buf b = {0};
    for (const char *p = url + strlen("file://"); *p && *p != '?' && *p != '#'; p++) {
        unsigned v;
        char hex[3] = {p[0] == '%' ? p[1] : 0, p[0] == '%' && p[1] ? p[2] : 0, 0};
        char *end;
        v = (unsigned)strtoul(hex, &end, 16);
        if (hex[0] && hex[1] && !*end) buf_u8(&b, (u8)v), p += 2;
        else buf_u8(&b, (u8)*p);
    }
    char *path = path_join(r->arena, "/", buf_cstr(&b));
    buf_free(&b);
    return path;
}

static Resolution find(Resolver *r, const char *from_file, const char *specifier, bool import) {
    if (resolver_is_builtin(specifier)) return (Resolution){RESOLVED_BUILTIN, NULL};
    if (text_starts_with(specifier, "file://")) return resolve_candidate(r, file_url_path(r, specifier), import);
    const char *dir = path_dirname(r->arena, from_file);
    bool relative = specifier[0] == '.' && (!specifier[1] || specifier[1] == '/' || (specifier[1] == '.' && (!specifier[2] || specifier[2] == '/')));
    if (relative || specifier[0] == '/') {
        Resolution x = resolve_candidate(r, path_join(r->arena, dir, specifier), import);
        const char *query = strchr(specifier, '?'); // a bundler's ?raw, ?inline
        if (x.kind != RESOLVED_MISSING || !query) return x;
        return find(r, from_file, arena_strndup(r->arena, specifier, (size_t)(query - specifier)), import);
    }
    const TsConfig *config = resolver_tsconfig(r, from_file);
    if (config) {
        Resolution x = by_paths(r, config, specifier, import);
        if (x.kind != RESOLVED_MISSING) return x;
    }
    if (specifier[0] == '#') return resolve_imports(r, from_file, specifier, import);
    return resolve_bare(r, dir, specifier, import);
}

Resolution resolver_find(Resolver *r, const char *from_file, const char *specifier, bool import) {
    if (!*specifier) return missing();
    const char *mapped = r->options.map ? r->options.map(r->options.map_ctx, specifier, r->arena) : NULL;
    if (mapped && !*mapped) return (Resolution){RESOLVED_EMPTY, NULL};
    Resolution x = find(r, from_file, mapped ? mapped : specifier, import && !r->options.prefer_require);
    // An ESM-only package still loads where CommonJS is preferred.
    if (x.kind == RESOLVED_MISSING && import && r->options.prefer_require) x = find(r, from_file, mapped ? mapped : specifier, true);
    return x;
}

void resolver_init(Resolver *r, Probe *probe, Arena *arena, const ResolverOptions *options) {
    *r = (Resolver){.probe = probe, .arena = arena};
    if (options) r->options = *options;
    r->packages = ARENA_NEW(arena, PathMap);
    r->configs = ARENA_NEW(arena, PathMap);
    r->reals = ARENA_NEW(arena, PathMap);
}
