// SPDX-License-Identifier: MIT
// package.json: finding the nearest one, and its "exports" and "imports" (Node's PACKAGE_TARGET_RESOLVE and what calls it).
#include "compiler/link/resolve.h"

static const Package no_package; // directory NULL: looked for, not there

Json *resolver_read_json(Resolver *r, const char *path, bool relaxed) {
    if (!probe_is_file(r->probe, path)) return NULL;
    Buf text = {0};
    JsonError error;
    Json *j = NULL;
    int code = probe_read(r->probe, path, &text);
    if (!code) j = json_parse_text(r->arena, buf_cstr(&text), text.len, relaxed, &error);
    bool foreign = path_in_node_modules(path);
    Buf *to = foreign ? r->warnings : r->errors;
    if (!j && to) {
        const char *kind = foreign ? "warning" : "error";
        if (code) buf_printf(to, "%s: %s: %s\n", path, kind, strerror(code));
        else buf_printf(to, "%s:%u:%u: %s: not JSON: %s\n", path, error.line, error.column, kind, error.message);
    }
    buf_free(&text);
    return j;
}

const Package *package_at(Resolver *r, const char *directory) {
    void **slot = path_map_slot(r->packages, directory);
    if (!*slot) {
        Json *j = resolver_read_json(r, path_join(r->arena, directory, "package.json"), false);
        Package *p = (Package *)&no_package;
        if (j) {
            p = ARENA_NEW(r->arena, Package);
            *p = (Package){directory, j};
        }
        *slot = p;
    }
    return *slot == &no_package ? NULL : *slot;
}

const Package *resolver_package(Resolver *r, const char *file) {
    for (const char *dir = path_dirname(r->arena, file);; dir = path_dirname(r->arena, dir)) {
        const Package *p = package_at(r, dir);
        if (p) return p;
        if (!dir[1] || !strcmp(path_basename(dir), "node_modules")) return NULL; // a package's scope ends there
    }
}

// ---- targets

typedef enum TargetKind { TARGET_UNDEFINED, TARGET_NULL, TARGET_FOUND, TARGET_MISSING } TargetKind;
typedef struct Target { TargetKind kind; Resolution at; } Target;

static bool condition_holds(const Resolver *r, const char *name, bool import) {
    if (!strcmp(name, "default") || !strcmp(name, "node") || !strcmp(name, import ? "import" : "require")) return true;
    if (import && !strcmp(name, "module")) return true;
    if (!strcmp(name, "module-sync")) return true;
    for (u32 i = 0; i < r->options.condition_count; i++)
        if (!strcmp(name, r->options.conditions[i])) return true;
    return false;
}

static bool leaves_package(const char *path) { // a "..", "." or node_modules part behind the first "./"
    for (const char *p = path + 2; *p;) {
        size_t n = strcspn(p, "/\\");
        if ((n == 2 && !memcmp(p, "..", 2)) || (n == 1 && *p == '.') || (n == 12 && !memcmp(p, "node_modules", 12))) return true;
        p += n;
        if (*p) p++;
    }
    return false;
}

static const char *substitute(Resolver *r, const char *text, const char *star, size_t star_len) {
    if (!star) return text;
    Buf b = {0};
    for (const char *p = text; *p; p++) {
        if (*p == '*') buf_put(&b, star, star_len);
        else buf_u8(&b, (u8)*p);
    }
    const char *s = arena_strndup(r->arena, buf_cstr(&b), b.len);
    buf_free(&b);
    return s;
}

static Target target_of_text(Resolver *r, const Package *p, const char *text, const char *star, size_t star_len, bool internal, bool import) {
    const char *full = substitute(r, text, star, star_len);
    Resolution at;
    if (!text_starts_with(text, "./")) {
        if (!internal || text[0] == '.' || text[0] == '/') return (Target){TARGET_MISSING, {RESOLVED_MISSING, NULL}};
        at = resolver_is_builtin(full) ? (Resolution){RESOLVED_BUILTIN, NULL} : resolve_bare(r, p->directory, full, import);
    } else {
        if (leaves_package(full)) return (Target){TARGET_MISSING, {RESOLVED_MISSING, NULL}};
        at = resolve_candidate(r, path_join(r->arena, p->directory, full), import);
    }
    return (Target){at.kind == RESOLVED_MISSING ? TARGET_MISSING : TARGET_FOUND, at};
}

static Target target(Resolver *r, const Package *p, const Json *j, const char *star, size_t star_len, bool internal, bool import) {
    Target t = {TARGET_UNDEFINED, {RESOLVED_MISSING, NULL}};
    switch (j->kind) {
    case JSON_STRING: return target_of_text(r, p, j->text, star, star_len, internal, import);
    case JSON_NULL: t.kind = TARGET_NULL; return t;
    case JSON_OBJECT:
        for (const Json *c = j->first; c; c = c->next) {
            if (!condition_holds(r, c->key, import)) continue;
            t = target(r, p, c, star, star_len, internal, import);
            if (t.kind != TARGET_UNDEFINED) return t;
        }
        return t;
    case JSON_ARRAY:
        for (const Json *c = j->first; c; c = c->next) {
            t = target(r, p, c, star, star_len, internal, import);
            if (t.kind == TARGET_FOUND) return t;
        }
        return t;
    default: t.kind = TARGET_MISSING; return t;
    }
}

// Longer literal part before '*' wins, then the longer key.
static bool key_is_better(const char *a, const char *b) {
    size_t na = strcspn(a, "*"), nb = strcspn(b, "*");
    return na != nb ? na > nb : strlen(a) > strlen(b);
}

static Target match_keys(Resolver *r, const Package *p, const Json *map, const char *key, bool internal, bool import) {
    const Json *exact = json_get(map, key), *best = NULL;
    if (exact && !strchr(key, '*')) return target(r, p, exact, NULL, 0, internal, import);
    size_t n = strlen(key);
    for (const Json *j = map->first; j; j = j->next) {
        size_t prefix = strcspn(j->key, "*");
        bool folder = !j->key[prefix] && prefix && j->key[prefix - 1] == '/'; // "./x/": the form before patterns
        if (!j->key[prefix] && !folder) continue;
        size_t suffix = folder ? 0 : strlen(j->key + prefix + 1);
        if (n <= prefix || n < prefix + suffix || memcmp(key, j->key, prefix)) continue;
        if (suffix && memcmp(key + n - suffix, j->key + prefix + 1, suffix)) continue;
        if (!best || key_is_better(j->key, best->key)) best = j;
    }
    if (!best) return (Target){TARGET_UNDEFINED, {RESOLVED_MISSING, NULL}};
    size_t prefix = strcspn(best->key, "*");
    if (!best->key[prefix]) { // folder: the rest is appended
        if (best->kind != JSON_STRING) return (Target){TARGET_MISSING, {RESOLVED_MISSING, NULL}};
        Buf b = {0};
        buf_printf(&b, "%s%s", best->text, key + prefix);
        Target t = target_of_text(r, p, buf_cstr(&b), NULL, 0, internal, import);
        buf_free(&b);
        return t;
    }
    return target(r, p, best, key + prefix, n - prefix - strlen(best->key + prefix + 1), internal, import);
}

Resolution resolve_exports(Resolver *r, const Package *p, const char *subpath, bool import) {
    const Json *exports = json_get(p->json, "exports");
    bool is_map = exports->kind == JSON_OBJECT && exports->first && exports->first->key[0] == '.';
    Target t = {TARGET_UNDEFINED, {RESOLVED_MISSING, NULL}};
    if (is_map) t = match_keys(r, p, exports, subpath, false, import);
    else if (!strcmp(subpath, ".")) t = target(r, p, exports, NULL, 0, false, import);
    return t.kind == TARGET_FOUND ? t.at : (Resolution){RESOLVED_MISSING, NULL};
}

Resolution resolve_imports(Resolver *r, const char *from_file, const char *specifier, bool import) {
    const Package *p = resolver_package(r, from_file);
    const Json *imports = p ? json_get(p->json, "imports") : NULL;
    Target t = {TARGET_UNDEFINED, {RESOLVED_MISSING, NULL}};
    if (imports && imports->kind == JSON_OBJECT) t = match_keys(r, p, imports, specifier, true, import);
    return t.kind == TARGET_FOUND ? t.at : (Resolution){RESOLVED_MISSING, NULL};
}
