// SPDX-License-Identifier: MIT
// From configuration files to Config. Where two runners' files stand side by side, Jest's wins unless only Vitest is installed.
#include "cli/dx_config.h"

#include "cli/dx_config_eval.h"

#include <stdio.h>

typedef struct Loader {
    Config *c;
    Resolver *r;
    const char **why;
} Loader;

static const char *const code_extensions[] = {".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json"};

// ---- lists

static void push_text(const char ***list, u32 *count, const char *text) {
    if ((*count & (*count + 1)) == 0) *list = mem_realloc(*list, ((size_t)*count * 2 + 2) * sizeof **list);
    (*list)[(*count)++] = text;
}

static void push_matcher(Matchers *m, Matcher one) {
    if ((m->count & (m->count + 1)) == 0) m->v = mem_realloc(m->v, ((size_t)m->count * 2 + 2) * sizeof *m->v);
    m->v[m->count++] = one;
}

static const char *with_root(Loader *l, const char *text) { // <rootDir>
    const char *at = strstr(text, "<rootDir>");
    if (!at) return text;
    Buf b = {0};
    buf_printf(&b, "%.*s%s%s", (int)(at - text), text, l->c->root, at + strlen("<rootDir>"));
    const char *s = arena_strndup(l->r->arena, buf_cstr(&b), b.len);
    buf_free(&b);
    return s;
}

static bool add_glob(Loader *l, Matchers *m, const char *glob) {
    Matcher one;
    if (!match_glob(&one, l->r->arena, with_root(l, glob))) return false;
    push_matcher(m, one);
    return true;
}

static bool add_regex(Loader *l, Matchers *m, const char *key, const char *pattern) {
    Matcher one;
    const char *why = "";
    if (match_regex(&one, l->r->arena, with_root(l, pattern), "", &why)) return push_matcher(m, one), true;
    Buf b = {0};
    buf_printf(&b, "%s: invalid regular expression /%s/: %s", key, pattern, why);
    *l->why = arena_strndup(l->r->arena, buf_cstr(&b), b.len);
    buf_free(&b);
    return false;
}

static FileGroup *add_group(Loader *l) {
    Config *c = l->c;
    c->groups = mem_realloc(c->groups, ((size_t)c->group_count + 1) * sizeof *c->groups);
    c->groups[c->group_count] = (FileGroup){0};
    return &c->groups[c->group_count++];
}

static void add_globs(Loader *l, Matchers *m, const Json *list) {
    if (list && list->kind == JSON_STRING) add_glob(l, m, list->text);
    for (const Json *j = list && list->kind == JSON_ARRAY ? list->first : NULL; j; j = j->next)
        if (j->kind == JSON_STRING) add_glob(l, m, j->text);
}

static void notice(Loader *l, const char *file, const char *key) { buf_printf(&l->c->notices, "%s: %s is not supported and ignored\n", file, key); }

// Wrong types end the run, as they do in the runners: a setting that is silently left out is worse than none.
static bool refuse(Loader *l, const char *file, const char *key, const char *must) {
    Buf b = {0};
    buf_printf(&b, "%s: %s must be %s", file, key, must);
    *l->why = arena_strndup(l->r->arena, buf_cstr(&b), b.len);
    buf_free(&b);
    return false;
}

static bool take_number(Loader *l, const char *file, const Json *object, const char *key, u32 *out) {
    const Json *j = json_get(object, key);
    if (!j || j->kind == JSON_NULL) return true;
    if (j->kind != JSON_NUMBER || !(j->number >= 0)) return refuse(l, file, key, "a number that is not negative");
    *out = j->number < 4e9 ? (u32)j->number : 4000000000u;
    return true;
}

static bool take_list(Loader *l, const char *file, const Json *object, const char *key, const Json **first) {
    const Json *j = json_get(object, key);
    *first = NULL;
    if (!j || j->kind == JSON_NULL) return true;
    if (j->kind != JSON_ARRAY) return refuse(l, file, key, "an array");
    *first = j->first;
    return true;
}

static u32 mocks_of(const Json *j, const char *reset) {
    return (u32)json_is_true(json_get(j, "clearMocks")) | (u32)json_is_true(json_get(j, reset)) << 1 | (u32)json_is_true(json_get(j, "restoreMocks")) << 2;
}

// A setup file or alias target as written → a path, if it is one.
static const char *path_of(Loader *l, const char *text) {
    text = with_root(l, text);
    if (text[0] != '.') return text;
    const char *path = path_join(l->r->arena, l->c->root, text);
    if (!text_ends_with(text, "/")) return path;
    Buf b = {0}; // what follows is appended to it
    buf_printf(&b, "%s/", path);
    path = arena_strndup(l->r->arena, buf_cstr(&b), b.len);
    buf_free(&b);
    return path;
}

static bool add_setup(Loader *l, const char *file, const Json *list) {
    const Json *first = list && list->kind == JSON_ARRAY ? list->first : list;
    for (const Json *j = first; j; j = list->kind == JSON_ARRAY ? j->next : NULL) {
        if (j->kind != JSON_STRING) continue;
        const char *inside = path_join(l->r->arena, l->c->root, "package.json"), *text = path_of(l, j->text);
        Resolution x = resolver_find(l->r, inside, text, true);
        if (x.kind != RESOLVED_FILE) x = resolve_candidate(l->r, path_join(l->r->arena, l->c->root, text), true);
        if (x.kind == RESOLVED_FILE) push_text(&l->c->setup, &l->c->setup_count, x.path);
        else return refuse(l, file, j->text, "a setup file that exists");
    }
    return true;
}

static Alias *add_alias(Loader *l) {
    Config *c = l->c;
    c->aliases = mem_realloc(c->aliases, ((size_t)c->alias_count + 1) * sizeof *c->aliases);
    c->aliases[c->alias_count] = (Alias){0};
    return &c->aliases[c->alias_count++];
}

// ---- Jest

static const char *const jest_known[] = {
    "testMatch", "testRegex", "roots", "rootDir", "testPathIgnorePatterns", "setupFiles", "setupFilesAfterEnv", "moduleNameMapper", "testTimeout",
    "bail", "maxConcurrency", "silent", "passWithNoTests", "clearMocks", "resetMocks", "restoreMocks", "testEnvironmentOptions", "errorOnDeprecated",
    // without meaning here: TypeScript is compiled, packages are compiled, extensions are all known, coverage is asked for on the command line
    "preset", "transform", "transformIgnorePatterns", "moduleFileExtensions", "collectCoverage", "collectCoverageFrom", "coverageDirectory",
    "coverageReporters", "coverageThreshold", "coveragePathIgnorePatterns", "coverageProvider", "verbose", "extensionsToTreatAsEsm", "displayName", "reporters",
    "cacheDirectory", "watchPathIgnorePatterns", "modulePathIgnorePatterns", "injectGlobals", "name", "watchPlugins", "maxWorkers", "globals", "snapshotFormat",
};

static void jest_mapper(Loader *l, const Json *map) {
    for (const Json *j = map && map->kind == JSON_OBJECT ? map->first : NULL; j; j = j->next) {
        const Json *to = j->kind == JSON_ARRAY ? j->first : j;
        Matcher m;
        if (!match_regex(&m, l->r->arena, with_root(l, j->key), "", NULL)) continue;
        *add_alias(l) = (Alias){.find = m, .is_regex = true, .text = NULL, .replacement = json_string(to, NULL) ? path_of(l, to->text) : ""};
    }
}

static bool jest_read(Loader *l, const Json *j, const char *file) {
    Config *c = l->c;
    c->dialect = DIALECT_JEST;
    const char *root = json_string(json_get(j, "rootDir"), NULL);
    if (root) c->root = path_join(l->r->arena, c->root, root);
    const Json *match = json_get(j, "testMatch"), *regex = json_get(j, "testRegex"), *list;
    if (match) add_globs(l, &add_group(l)->include, match);
    if (regex) {
        FileGroup *g = add_group(l);
        for (const Json *x = regex->kind == JSON_ARRAY ? regex->first : regex; x; x = regex->kind == JSON_ARRAY ? x->next : NULL)
            if (x->kind == JSON_STRING && !add_regex(l, &g->include, "testRegex", x->text)) return false;
    }
    if (!take_list(l, file, j, "testPathIgnorePatterns", &list)) return false;
    for (const Json *x = list; x; x = x->next)
        if (x->kind == JSON_STRING && !add_regex(l, &c->ignore, "testPathIgnorePatterns", x->text)) return false;
    if (!take_list(l, file, j, "roots", &list)) return false;
    for (const Json *x = list; x; x = x->next)
        if (x->kind == JSON_STRING) push_text(&c->roots, &c->root_count, path_join(l->r->arena, c->root, with_root(l, x->text)));
    jest_mapper(l, json_get(j, "moduleNameMapper"));
    if (!add_setup(l, file, json_get(j, "setupFiles")) || !add_setup(l, file, json_get(j, "setupFilesAfterEnv"))) return false;
    if (!take_number(l, file, j, "testTimeout", &c->timeout_ms) || !take_number(l, file, j, "maxConcurrency", &c->max_concurrency)) return false;
    const Json *bail = json_get(j, "bail");
    if (json_is_true(bail)) c->bail = 1;
    else if (bail && bail->kind != JSON_FALSE && !take_number(l, file, j, "bail", &c->bail)) return false;
    c->mocks_before_test = mocks_of(j, "resetMocks");
    c->silent = json_is_true(json_get(j, "silent"));
    c->pass_with_no_tests = json_is_true(json_get(j, "passWithNoTests"));
    for (const Json *x = j->kind == JSON_OBJECT ? j->first : NULL; x; x = x->next) {
        bool known = !strcmp(x->key, "testEnvironment") && !strcmp(json_string(x, ""), "node");
        for (u32 i = 0; i < DX_COUNTOF(jest_known) && !known; i++) known = !strcmp(jest_known[i], x->key);
        if (!known) notice(l, file, x->key);
    }
    return true;
}

// ---- Vitest

static void vite_alias(Loader *l, const Json *find, const Json *replacement) {
    const char *to = json_string(replacement, NULL);
    if (!to || !find) return;
    Alias a = {.replacement = path_of(l, to)};
    const char *pattern = json_string(json_get(find, "__regexp"), NULL);
    if (pattern) {
        if (!match_regex(&a.find, l->r->arena, pattern, json_string(json_get(find, "flags"), ""), NULL)) return;
        a.is_regex = true;
    } else a.text = json_string(find, "");
    *add_alias(l) = a;
}

static void vite_aliases(Loader *l, const Json *alias) {
    for (const Json *j = alias && alias->kind == JSON_OBJECT ? alias->first : NULL; j; j = j->next) {
        Json *key = json_new_string(l->r->arena, j->key, strlen(j->key));
        vite_alias(l, key, j->kind == JSON_OBJECT ? json_get(j, "pathname") : j);
    }
    for (const Json *j = alias && alias->kind == JSON_ARRAY ? alias->first : NULL; j; j = j->next)
        vite_alias(l, json_get(j, "find"), json_get(j, "replacement"));
}

static void vite_conditions(Loader *l, const Json *list) {
    for (const Json *j = list && list->kind == JSON_ARRAY ? list->first : NULL; j; j = j->next)
        if (j->kind == JSON_STRING && strcmp(j->text, "default")) push_text(&l->c->conditions, &l->c->condition_count, j->text);
}

static void vite_jsx(Loader *l, const Json *j) {
    const char *source = json_string(json_get(json_get(json_get(j, "oxc"), "jsx"), "importSource"), NULL);
    if (!source) source = json_string(json_get(json_get(j, "esbuild"), "jsxImportSource"), NULL);
    if (source && !l->c->jsx_import_source) l->c->jsx_import_source = path_of(l, source);
}

static void vitest_files(Loader *l, const Json *test, const Json *outer) {
    const Json *include = json_get(test, "include"), *exclude = json_get(test, "exclude");
    if (!include) include = json_get(outer, "include");
    if (!exclude) exclude = json_get(outer, "exclude");
    if (!include && !exclude) return;
    FileGroup *g = add_group(l);
    if (include) add_globs(l, &g->include, include);
    else add_glob(l, &g->include, "**/*.{test,spec}.?(c|m)[jt]s?(x)");
    add_globs(l, &g->exclude, exclude);
}

// Inline projects: the union of their files. Projects that only check types run nothing.
static bool vitest_projects(Loader *l, const char *file, const Json *projects, const Json *outer) {
    for (const Json *p = projects && projects->kind == JSON_ARRAY ? projects->first : NULL; p; p = p->next) {
        const Json *test = json_get(p, "test");
        if (p->kind == JSON_STRING) buf_printf(&l->c->notices, "projects: %s is another configuration; run dx there\n", p->text);
        if (!test || json_is_true(json_get(json_get(test, "typecheck"), "only"))) continue;
        vitest_files(l, test, outer);
        if (!add_setup(l, file, json_get(test, "setupFiles"))) return false;
        vite_jsx(l, p);
    }
    return true;
}

static const char *const vitest_known[] = {
    "include", "exclude", "dir", "root", "alias", "setupFiles", "testTimeout", "retry", "bail", "silent", "passWithNoTests", "maxConcurrency", "projects", "clearMocks", "mockReset", "restoreMocks",
    "globals", "isolate", "coverage", "watch", "typecheck", "browser", "deps", "server", "name", "reporters", "pool", "poolOptions", "fileParallelism", "benchmark",
    "hookTimeout", "maxWorkers", "minWorkers", "css", "ui", "open", "outputFile", "sequence", "cache",
};

static bool vitest_read(Loader *l, const Json *j, const char *file) {
    Config *c = l->c;
    c->dialect = DIALECT_VITEST;
    const Json *test = json_get(j, "test");
    const char *dir = json_string(json_get(test, "dir"), NULL);
    if (!vitest_projects(l, file, json_get(test, "projects"), test)) return false;
    if (!c->group_count) vitest_files(l, test, NULL);
    if (dir) push_text(&c->roots, &c->root_count, path_join(l->r->arena, c->root, dir));
    vite_aliases(l, json_get(test, "alias"));
    vite_aliases(l, json_get(json_get(j, "resolve"), "alias"));
    vite_conditions(l, json_get(json_get(j, "resolve"), "conditions"));
    vite_conditions(l, json_get(json_get(json_get(j, "ssr"), "resolve"), "conditions"));
    vite_jsx(l, j);
    if (!add_setup(l, file, json_get(test, "setupFiles")) || !take_number(l, file, test, "testTimeout", &c->timeout_ms) ||
        !take_number(l, file, test, "retry", &c->retry) || !take_number(l, file, test, "maxConcurrency", &c->max_concurrency) ||
        !take_number(l, file, test, "bail", &c->bail))
        return false;
    c->mocks_before_test = mocks_of(test, "mockReset");
    c->silent = json_is_true(json_get(test, "silent"));
    c->pass_with_no_tests = json_is_true(json_get(test, "passWithNoTests"));
    for (const Json *x = test && test->kind == JSON_OBJECT ? test->first : NULL; x; x = x->next) {
        bool known = !strcmp(x->key, "environment") && !strcmp(json_string(x, ""), "node");
        for (u32 i = 0; i < DX_COUNTOF(vitest_known) && !known; i++) known = !strcmp(vitest_known[i], x->key);
        if (!known) notice(l, file, x->key);
    }
    return true;
}

// ---- finding it

static const char *config_file(Loader *l, const char *directory, const char *stem) {
    for (u32 i = 0; i < DX_COUNTOF(code_extensions); i++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", stem, code_extensions[i]);
        const char *path = path_join(l->r->arena, directory, name);
        if (probe_is_file(l->r->probe, path)) return path;
    }
    return NULL;
}

static bool package_has(const Package *p, const char *name) {
    static const char *const fields[] = {"devDependencies", "dependencies", "peerDependencies"};
    for (u32 i = 0; p && i < DX_COUNTOF(fields); i++)
        if (json_get(json_get(p->json, fields[i]), name)) return true;
    return false;
}

static bool script_says(const Package *p, const char *word) {
    const char *script = p ? json_string(json_get(json_get(p->json, "scripts"), "test"), "") : "";
    return strstr(script, word) != NULL;
}

static bool read_file(Loader *l, const char *path, bool jest) {
    u32 unknown = 0;
    const Json *j = config_eval(l->r, path, &unknown, &l->c->env);
    const char *base = path_basename(path);
    if (unknown) buf_printf(&l->c->notices, "%s: %u values cannot be known without running it and are ignored\n", base, unknown);
    if (!j) {
        buf_printf(&l->c->notices, "%s: nothing in it is known without running it; ignored\n", base);
        l->c->dialect = jest ? DIALECT_JEST : DIALECT_VITEST;
        return true;
    }
    return jest ? jest_read(l, j, base) : vitest_read(l, j, base);
}

static bool find_and_read(Loader *l, const char *explicit_file) {
    Config *c = l->c;
    const Package *p = package_at(l->r, c->root);
    if (explicit_file) return read_file(l, explicit_file, strstr(path_basename(explicit_file), "vite") == NULL);
    const char *jest = config_file(l, c->root, "jest.config"), *vitest = config_file(l, c->root, "vitest.config");
    const Json *key = p ? json_get(p->json, "jest") : NULL;
    bool prefers_vitest = package_has(p, "vitest") && !package_has(p, "jest") && !script_says(p, "jest");
    if (vitest && (prefers_vitest || (!jest && !key))) return read_file(l, vitest, false);
    if (jest) return read_file(l, jest, true);
    if (key && key->kind == JSON_OBJECT) return jest_read(l, key, "package.json");
    if (key && key->kind != JSON_STRING) return refuse(l, "package.json", "jest", "an object");
    const char *vite = config_file(l, c->root, "vite.config");
    if (vite && package_has(p, "vitest")) return read_file(l, vite, false);
    if (package_has(p, "vitest")) c->dialect = DIALECT_VITEST;
    else if (package_has(p, "jest") || package_has(p, "ts-jest")) c->dialect = DIALECT_JEST;
    else if (script_says(p, "bun test")) c->dialect = DIALECT_BUN;
    return true;
}

static const char *project_root(Resolver *r, const char *directory) {
    for (const char *dir = directory;; dir = path_dirname(r->arena, dir)) {
        static const char *const marks[] = {"package.json", "jest.config.js", "vitest.config.ts"};
        for (u32 i = 0; i < DX_COUNTOF(marks); i++)
            if (probe_is_file(r->probe, path_join(r->arena, dir, marks[i]))) return dir;
        if (!dir[1]) return directory;
    }
}

static void default_groups(Loader *l) {
    Config *c = l->c;
    FileGroup *g = add_group(l);
    c->skip_dist = true;
    static const char *const jest[] = {"**/__tests__/**/*.?([mc])[jt]s?(x)", "**/?(*.)+(spec|test).?([mc])[jt]s?(x)"};
    static const char *const vitest[] = {"**/*.{test,spec}.?(c|m)[jt]s?(x)"};
    static const char *const other[] = {"**/*{.test,.spec,_test,_spec}.?(c|m)[jt]s?(x)"};
    if (c->dialect == DIALECT_JEST || c->dialect == DIALECT_AUTO)
        for (u32 i = 0; i < DX_COUNTOF(jest); i++) add_glob(l, &g->include, jest[i]);
    if (c->dialect == DIALECT_VITEST) add_glob(l, &g->include, vitest[0]);
    if (c->dialect == DIALECT_BUN || c->dialect == DIALECT_AUTO) add_glob(l, &g->include, other[0]);
}

bool config_load(Config *c, Resolver *r, const char *directory, const char *explicit_file, const char **why) {
    memset(c, 0, sizeof *c);
    *why = NULL;
    Loader l = {c, r, why};
    c->root = project_root(r, directory);
    if (explicit_file) {
        explicit_file = path_join(r->arena, directory, explicit_file);
        const char *base = path_basename(explicit_file);
        bool named = text_starts_with(base, "jest") || text_starts_with(base, "vite") || text_ends_with(base, ".json") || strstr(base, "config");
        if (!probe_is_file(r->probe, explicit_file)) return refuse(&l, explicit_file, "--config", "a file that exists");
        if (!named) return refuse(&l, explicit_file, "--config", "a configuration of Jest or Vitest (its name tells which)");
        c->root = path_dirname(r->arena, explicit_file);
    }
    if (!find_and_read(&l, explicit_file)) return false;
    if (r->errors && r->errors->len) return *why = "", false;
    if (!c->group_count) default_groups(&l);
    if (!c->root_count) push_text(&c->roots, &c->root_count, c->root);
    return true;
}

void config_free(Config *c) {
    for (u32 i = 0; i < c->group_count; i++) mem_free(c->groups[i].include.v), mem_free(c->groups[i].exclude.v);
    mem_free(c->groups);
    mem_free(c->ignore.v);
    mem_free(c->roots);
    mem_free(c->setup);
    mem_free(c->aliases);
    mem_free(c->conditions);
    buf_free(&c->notices);
    buf_free(&c->env);
}

// ---- using it

const char *config_map(void *config, const char *specifier, Arena *arena) {
    const Config *c = config;
    for (u32 i = 0; i < c->alias_count; i++) {
        const Alias *a = &c->aliases[i];
        if (!a->text) { // Jest: the replacement is the whole; Vite: of what matched
            const char *s = c->dialect == DIALECT_JEST ? match_expand(&a->find, arena, specifier, a->replacement)
                                                      : match_replace(&a->find, arena, specifier, a->replacement);
            if (s) return s;
            continue;
        }
        size_t n = strlen(a->text);
        if (strncmp(specifier, a->text, n) || (specifier[n] && specifier[n] != '/' && (!n || a->text[n - 1] != '/'))) continue;
        Buf b = {0};
        buf_printf(&b, "%s%s", a->replacement, specifier + n);
        const char *s = arena_strndup(arena, buf_cstr(&b), b.len);
        buf_free(&b);
        return s;
    }
    return NULL;
}

static bool any(const Matchers *m, const char *absolute, const char *relative) {
    for (u32 i = 0; i < m->count; i++)
        if (match_test(&m->v[i], absolute) || match_test(&m->v[i], relative)) return true;
    return false;
}

bool config_is_test(const Config *c, const char *path) {
    const char *relative = path_inside(path, c->root) && path[strlen(c->root)] ? path + strlen(c->root) + 1 : path;
    for (u32 i = 0; i < c->ignore.count; i++)
        if (match_test(&c->ignore.v[i], path)) return false;
    for (u32 i = 0; i < c->group_count; i++)
        if (any(&c->groups[i].include, path, relative) && !any(&c->groups[i].exclude, path, relative)) return true;
    return false;
}
