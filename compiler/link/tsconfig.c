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

static void apply(Resolver *r, TsConfig *c, const char *directory, const Json *options) {
    const Json *j;
    const char *s;
    if ((s = json_string(json_get(options, "baseUrl"), NULL))) c->base_url = path_join(r->arena, directory, s);
    if ((j = json_get(options, "paths")) && j->kind == JSON_OBJECT) {
        c->paths = j;
        c->paths_base = directory; // baseUrl, where there is one, goes before it
    }
    if ((j = json_get(options, "experimentalDecorators"))) c->experimental_decorators = json_is_true(j);
    if ((j = json_get(options, "emitDecoratorMetadata"))) c->decorator_metadata = json_is_true(j);
    if ((j = json_get(options, "verbatimModuleSyntax"))) c->verbatim_module_syntax = json_is_true(j);
    if ((j = json_get(options, "useDefineForClassFields"))) c->define_fields = json_is_true(j);
    if ((s = json_string(json_get(options, "target"), NULL))) c->target_below_2022 = target_is_old(s);
    c->jsx = json_string(json_get(options, "jsx"), c->jsx);
    c->jsx_factory = json_string(json_get(options, "jsxFactory"), c->jsx_factory);
    c->jsx_fragment = json_string(json_get(options, "jsxFragmentFactory"), c->jsx_fragment);
    c->jsx_import_source = json_string(json_get(options, "jsxImportSource"), c->jsx_import_source);
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

static void load(Resolver *r, TsConfig *c, const char *path, u32 depth) {
    Json *j = depth < EXTENDS_DEPTH ? resolver_read_json(r, path, true) : NULL;
    if (!j) return;
    const char *directory = path_dirname(r->arena, path);
    const Json *extends = json_get(j, "extends");
    const Json *first = extends && extends->kind == JSON_ARRAY ? extends->first : extends;
    for (const Json *e = first; e; e = extends->kind == JSON_ARRAY ? e->next : NULL) {
        const char *name = json_string(e, NULL);
        const char *file = name ? extended_file(r, directory, name) : NULL;
        if (file) load(r, c, file, depth + 1);
    }
    const Json *options = json_get(j, "compilerOptions");
    if (options) apply(r, c, directory, options);
}

static const TsConfig *config_at(Resolver *r, const char *directory) {
    void **slot = path_map_slot(r->configs, directory);
    if (*slot) return *slot == &no_config ? NULL : *slot;
    static const char *const names[] = {"tsconfig.json", "jsconfig.json"};
    const TsConfig *found = &no_config;
    for (u32 i = 0; i < DX_COUNTOF(names) && found == &no_config; i++) {
        const char *path = path_join(r->arena, directory, names[i]);
        if (!probe_is_file(r->probe, path)) continue;
        TsConfig *c = ARENA_NEW(r->arena, TsConfig);
        c->define_fields = -1;
        load(r, c, path, 0);
        found = c;
    }
    slot = path_map_slot(r->configs, directory);
    *slot = (void *)found;
    return found == &no_config ? NULL : found;
}

const TsConfig *resolver_tsconfig(Resolver *r, const char *file) {
    if (path_in_node_modules(file)) return NULL;
    for (const char *dir = path_dirname(r->arena, file);; dir = path_dirname(r->arena, dir)) {
        const TsConfig *c = config_at(r, dir);
        if (c || !dir[1]) return c;
    }
}
