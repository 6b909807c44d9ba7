// SPDX-License-Identifier: MIT
// tsconfig.json and jsconfig.json: the nearest one above a file, `extends` followed, reduced to what has meaning here.
#include "compiler/link/resolve.h"

#include <stdlib.h>
#include <strings.h>

enum { EXTENDS_DEPTH = 16 };
static const TsConfig no_config;

static bool target_is_old(const char *target) { // class fields are assignments below ES2022
    if (!strncasecmp(target, "es", 2) && target[2] >= '0' && target[2] <= '9') {
        int year = atoi(target + 2);
        return year < 2022;
    }
    return !strcasecmp(target, "es3");
}

// What a target that is not given is: that of the module kind, else ES5.
static bool module_is_modern(const char *module) { return module && (!strncasecmp(module, "node1", 5) || !strncasecmp(module, "node2", 5) || !strcasecmp(module, "nodenext")); }

bool tsconfig_legacy_fields(const TsConfig *c) {
    if (c->define_fields >= 0) return !c->define_fields;
    return c->target ? target_is_old(c->target) : !module_is_modern(c->module);
}

bool tsconfig_interop(const TsConfig *c) {
    if (c->interop >= 0) return c->interop;
    return module_is_modern(c->module) || (c->module && !strcasecmp(c->module, "preserve"));
}

const char *tsconfig_path(Resolver *r, const TsConfig *c, const char *directory, const char *text) {
    static const char variable[] = "${configDir}";
    size_t n = sizeof variable - 1;
    if (strncmp(text, variable, n)) return path_join(r->arena, directory, text);
    while (text[n] == '/') n++;
    return path_join(r->arena, c->directory, text + n);
}

static void apply_jsx(TsConfig *c, const Json *options) {
    c->jsx = json_string(json_get(options, "jsx"), c->jsx);
    c->jsx_factory = json_string(json_get(options, "jsxFactory"), c->jsx_factory);
    c->jsx_fragment = json_string(json_get(options, "jsxFragmentFactory"), c->jsx_fragment);
    c->jsx_import_source = json_string(json_get(options, "jsxImportSource"), c->jsx_import_source);
    c->react_namespace = json_string(json_get(options, "reactNamespace"), c->react_namespace);
}

static void apply(Resolver *r, TsConfig *c, const char *directory, const Json *options) {
    const Json *j;
    const char *s;
    if ((s = json_string(json_get(options, "baseUrl"), NULL))) c->base_url = tsconfig_path(r, c, directory, s);
    if ((j = json_get(options, "paths")) && j->kind == JSON_OBJECT) {
        c->paths = j;
        c->paths_base = directory; // baseUrl, where there is one, goes before it
    }
    if ((j = json_get(options, "experimentalDecorators"))) c->experimental_decorators = json_is_true(j);
    if ((j = json_get(options, "emitDecoratorMetadata"))) c->decorator_metadata = json_is_true(j);
    if ((j = json_get(options, "verbatimModuleSyntax"))) c->verbatim_module_syntax = json_is_true(j);
    if ((j = json_get(options, "useDefineForClassFields"))) c->define_fields = json_is_true(j);
    if ((j = json_get(options, "strict"))) c->strict = json_is_true(j);
    if ((j = json_get(options, "strictNullChecks"))) c->strict_null_checks = json_is_true(j);
    if ((j = json_get(options, "esModuleInterop"))) c->interop = json_is_true(j);
    c->target = json_string(json_get(options, "target"), c->target);
    c->module = json_string(json_get(options, "module"), c->module);
    apply_jsx(c, options);
}

static void apply_files(TsConfig *c, const char *directory, const Json *config) {
    TsFileList *lists[] = {&c->files, &c->include, &c->exclude};
    static const char *const names[] = {"files", "include", "exclude"};
    for (u32 i = 0; i < DX_COUNTOF(lists); i++) {
        const Json *j = json_get(config, names[i]);
        if (j) *lists[i] = (TsFileList){j, directory};
    }
}

static const char *extended_file(Resolver *r, const char *directory, const char *name) {
    bool relative = name[0] == '.' || name[0] == '/';
    if (relative) {
        const char *p = path_join(r->arena, directory, name);
        if (probe_is_file(r->probe, p)) return p;
        Buf b = {0};
        buf_printf(&b, "%s.json", p);
        p = arena_strndup(r->arena, buf_cstr(&b), b.len);
        buf_free(&b);
        return p;
    }
    for (const char *dir = directory;; dir = path_dirname(r->arena, dir)) {
        const char *p = path_join(r->arena, path_join(r->arena, dir, "node_modules"), name);
        if (probe_is_file(r->probe, p)) return p;
        if (probe_is_directory(r->probe, p)) return path_join(r->arena, p, "tsconfig.json");
        Buf b = {0};
        buf_printf(&b, "%s.json", p);
        p = arena_strndup(r->arena, buf_cstr(&b), b.len);
        buf_free(&b);
        if (probe_is_file(r->probe, p)) return p;
        if (!dir[1]) return NULL;
    }
}

typedef struct Chain { const char *path; const struct Chain *from; u32 depth; } Chain; // the file being read and those that extend it

// A base that is not there is left out with a warning (packages are published without theirs); a circle is an error.
static bool base_readable(Resolver *r, const Chain *chain, const char *name, const char *file) {
    bool there = file && probe_is_file(r->probe, file), circle = false;
    for (const Chain *at = chain; there && at; at = at->from) circle |= !strcmp(at->path, file);
    bool deep = there && chain->depth == EXTENDS_DEPTH;
    const char *why = !there ? "there is no such file" : circle ? "it extends this file itself" : deep ? "too many files extend one another" : NULL;
    Buf *to = there ? r->errors : r->warnings;
    if (why && to) buf_printf(to, "%s: %s: \"extends\": \"%s\": %s\n", chain->path, there ? "error" : "warning", name, why);
    return !why;
}

static void load(Resolver *r, TsConfig *c, const char *path, const Chain *from) {
    Json *j = resolver_read_json(r, path, true);
    if (!j) return;
    const Chain here = {path, from, from ? from->depth + 1 : 1};
    const char *directory = path_dirname(r->arena, path);
    const Json *extends = json_get(j, "extends");
    const Json *first = extends && extends->kind == JSON_ARRAY ? extends->first : extends;
    for (const Json *e = first; e; e = extends->kind == JSON_ARRAY ? e->next : NULL) {
        const char *name = json_string(e, NULL);
        const char *file = name ? extended_file(r, directory, name) : NULL;
        if (name && base_readable(r, &here, name, file)) load(r, c, file, &here);
    }
    const Json *options = json_get(j, "compilerOptions");
    if (options) apply(r, c, directory, options);
    apply_files(c, directory, j);
    c->references = json_get(j, "references"); // those of an extended file are not inherited: the outermost is read last
}

static const char *combine(Resolver *r, const char *a, const char *b) {
    Buf text = {0};
    buf_printf(&text, "%s%s", a, b);
    const char *s = arena_strndup(r->arena, buf_cstr(&text), text.len);
    buf_free(&text);
    return s;
}

// The configuration in a file, NULL when there is none.
static const TsConfig *config_of(Resolver *r, const char *path) {
    void **slot = path_map_slot(r->configs, path);
    if (*slot) return *slot == &no_config ? NULL : *slot;
    TsConfig *c = NULL;
    if (probe_is_file(r->probe, path)) {
        c = ARENA_NEW(r->arena, TsConfig);
        c->define_fields = c->interop = c->strict_null_checks = -1;
        c->directory = path_dirname(r->arena, path);
        load(r, c, path, NULL);
        if (c->react_namespace && !c->jsx_factory) c->jsx_factory = combine(r, c->react_namespace, ".createElement");
        if (c->react_namespace && !c->jsx_fragment) c->jsx_fragment = combine(r, c->react_namespace, ".Fragment");
    }
    slot = path_map_slot(r->configs, path);
    *slot = c ? (void *)c : (void *)&no_config;
    return c;
}

static const TsConfig *config_at(Resolver *r, const char *directory) {
    static const char *const names[] = {"tsconfig.json", "jsconfig.json"};
    for (u32 i = 0; i < DX_COUNTOF(names); i++) {
        const TsConfig *c = config_of(r, path_join(r->arena, directory, names[i]));
        if (c) return c;
    }
    return NULL;
}

// A file that a configuration is not about may belong to a project it references.
static const TsConfig *project_of(Resolver *r, const TsConfig *c, const char *file, u32 depth) {
    if (tsconfig_contains(r, c, file)) return c;
    bool list = c->references && c->references->kind == JSON_ARRAY && depth < EXTENDS_DEPTH;
    for (const Json *j = list ? c->references->first : NULL; j; j = j->next) {
        const char *text = json_string(json_get(j, "path"), NULL);
        const char *path = text ? tsconfig_path(r, c, c->directory, text) : NULL;
        if (path && probe_is_directory(r->probe, path)) path = path_join(r->arena, path, "tsconfig.json");
        const TsConfig *referenced = path ? config_of(r, path) : NULL;
        const TsConfig *found = referenced ? project_of(r, referenced, file, depth + 1) : NULL;
        if (found) return found;
    }
    return NULL;
}

const TsConfig *resolver_tsconfig(Resolver *r, const char *file) {
    if (path_in_node_modules(file)) return NULL;
    for (const char *dir = path_dirname(r->arena, file);; dir = path_dirname(r->arena, dir)) {
        const TsConfig *c = config_at(r, dir), *project = c && c->references ? project_of(r, c, file, 0) : NULL;
        if (c || !dir[1]) return project ? project : c;
    }
}
