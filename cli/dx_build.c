// SPDX-License-Identifier: MIT
// Discovery walks the project once; the directories it saw become inputs, so the next run walks nothing.
#include "cli/dx_build.h"

#include "cli/dx_config.h"
#include "cli/exit_status.h"
#include "format/base/hash.h"
#include "format/base/utf.h"
#include "runtime/cache/validity.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef struct Builder {
    const DxArgs *args;
    const char *cwd;
    Config config;
    Link link;
    const char **tests; u32 test_count;
    const char **directories; u32 directory_count; // walked
    Matchers patterns;         // regular expressions among the arguments (Jest)
    PathMap seen;              // inputs already listed
    DxtlInput *inputs; const char **input_paths; u32 input_count, input_cap;
} Builder;

static u64 now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

static void push(const char ***list, u32 *count, const char *text) {
    if ((*count & (*count + 1)) == 0) *list = mem_realloc(*list, ((size_t)*count * 2 + 2) * sizeof **list);
    (*list)[(*count)++] = text;
}

// ---- discovery

static bool is_code(const char *name) {
    size_t n = strlen(name);
    if (n < 4) return false;
    static const char *const ext[] = {".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"};
    if (text_ends_with(name, ".d.ts") || text_ends_with(name, ".d.mts") || text_ends_with(name, ".d.cts")) return false;
    for (u32 i = 0; i < DX_COUNTOF(ext); i++)
        if (text_ends_with(name, ext[i])) return true;
    return false;
}

static bool selected(Builder *b, const char *path) {
    if (!b->args->pattern_count) return true;
    const char *shown = path_inside(path, b->config.root) ? path + strlen(b->config.root) + 1 : path;
    Arena *a = &b->link.arena;
    for (u32 i = 0; i < b->args->pattern_count; i++) {
        const char *p = b->args->patterns[i];
        bool exact = p[0] == '/' || (p[0] == '.' && (p[1] == '/' || (p[1] == '.' && p[2] == '/')));
        if (exact ? path_inside(path, path_join(a, b->cwd, p)) : strstr(shown, p) != NULL) return true;
    }
    for (u32 i = 0; i < b->patterns.count; i++)
        if (match_test(&b->patterns.v[i], path)) return true;
    return false;
}

static bool skipped_directory(const Builder *b, const char *name) {
    return validity_ignores(name) || !strcmp(name, "node_modules") || (b->config.skip_dist && !strcmp(name, "dist"));
}

// Layouts and results name files in UTF-8; a file that cannot be named must not vanish from the run.
static void add_test(Builder *b, const char *path) {
    if (utf8_valid((const u8 *)path, strlen(path))) push(&b->tests, &b->test_count, path);
    else buf_printf(&b->link.config_errors, "%s: error: the file's name is not UTF-8\n", path);
}

static void walk(Builder *b, const char *directory) {
    Arena *a = &b->link.arena;
    DIR *d = opendir(directory);
    if (!d) {
        fprintf(stderr, "dx: warning: %s: %s; tests in it are not run\n", directory, strerror(errno));
        return;
    }
    push(&b->directories, &b->directory_count, directory);
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        unsigned char type = e->d_type;
        bool code = is_code(e->d_name);
        if (type == DT_REG && !code) continue;
        const char *path = path_join(a, directory, e->d_name);
        if (type == DT_UNKNOWN || type == DT_LNK) {
            ProbeKind k = probe_path(&b->link.probe, path)->kind;
            type = k == PROBE_FILE ? DT_REG : k == PROBE_DIRECTORY && type != DT_LNK ? DT_DIR : DT_UNKNOWN; // links to directories may be cycles
        }
        if (type == DT_DIR && !skipped_directory(b, e->d_name)) walk(b, path);
        else if (type == DT_REG && code && config_is_test(&b->config, path) && selected(b, path)) add_test(b, path);
    }
    closedir(d);
}

static int compare_paths(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void discover(Builder *b) {
    const Config *c = &b->config;
    for (u32 i = 0; c->dialect == DIALECT_JEST && i < b->args->pattern_count; i++) {
        Matcher m;
        if (!match_regex(&m, &b->link.arena, b->args->patterns[i], "i", NULL)) continue;
        if ((b->patterns.count & (b->patterns.count + 1)) == 0)
            b->patterns.v = mem_realloc(b->patterns.v, ((size_t)b->patterns.count * 2 + 2) * sizeof *b->patterns.v);
        b->patterns.v[b->patterns.count++] = m;
    }
    for (u32 i = 0; i < c->root_count; i++) walk(b, c->roots[i]);
    if (b->test_count) qsort(b->tests, b->test_count, sizeof *b->tests, compare_paths);
    u32 n = 0;
    for (u32 i = 0; i < b->test_count; i++) // roots may overlap
        if (!n || strcmp(b->tests[i], b->tests[n - 1])) b->tests[n++] = b->tests[i];
    b->test_count = n;
}

// ---- inputs

static DxtlInput *input_add(Builder *b, const char *path) {
    void **slot = path_map_slot(&b->seen, path);
    if (*slot) return NULL;
    *slot = b;
    if (b->input_count == b->input_cap) {
        b->input_cap = b->input_cap ? b->input_cap * 2 : 256;
        b->inputs = mem_realloc(b->inputs, b->input_cap * sizeof *b->inputs);
        b->input_paths = mem_realloc(b->input_paths, b->input_cap * sizeof *b->input_paths);
    }
    b->input_paths[b->input_count] = path;
    DxtlInput *input = &b->inputs[b->input_count++];
    memset(input, 0, sizeof *input);
    return input;
}

static void input_directory(Builder *b, const char *path) {
    DxtlInput *input = input_add(b, path);
    if (input && !validity_directory(path, input)) input->flags = INPUT_ABSENT;
}

// A path that was looked for in vain: the directory that would hold it is watched when it belongs to the project, else the path itself.
static void input_absent(Builder *b, const char *path) {
    Probe *p = &b->link.probe;
    Arena *a = &b->link.arena;
    for (;;) {
        const char *parent = path_dirname(a, path);
        if (probe_path(p, parent)->kind == PROBE_DIRECTORY) {
            bool own = path_inside(parent, b->config.root) && !path_in_node_modules(path);
            if (own) input_directory(b, parent);
            else {
                DxtlInput *input = input_add(b, path);
                if (input) input->flags = INPUT_ABSENT;
            }
            return;
        }
        if (!parent[1]) return;
        path = parent;
    }
}

static void collect_inputs(Builder *b) {
    Probe *p = &b->link.probe;
    for (u32 i = 0; i < b->directory_count; i++) input_directory(b, b->directories[i]);
    for (u32 i = 0; i < p->count; i++) { // probe_path in input_absent may add rows behind
        const ProbeFact *f = p->facts[i];
        if (f->kind == PROBE_FILE && f->used) {
            DxtlInput *input = input_add(b, f->path);
            if (!input) continue;
            validity_stamp(input, &f->stamp);
            memcpy(input->hash, f->hash, 16);
        } else if (f->kind == PROBE_ABSENT) input_absent(b, f->path);
    }
}

// ---- settings

static u64 variable_hash(const char *name) {
    const char *v = getenv(name);
    return v ? hash_bytes(v, strlen(v)) | 1 : 0;
}

// Lines "name hash" to the end of the text: the environment that the configuration was read under is still this one.
static bool same_environment(char *p) {
    while (*p == '\n' && p[1]) {
        char *space = strchr(++p, ' ');
        if (!space) return false;
        *space = 0;
        if (strtoull(space + 1, &space, 16) != variable_hash(p)) return false;
        p = space;
    }
    return true;
}

static void settings_write(const Builder *b, Buf *out) {
    const Config *c = &b->config;
    buf_printf(out, "module.exports='dx settings 1\\n%u %u %u %u %u %u %u %u %u %u\\n", b->test_count, c->setup_count, c->dialect, c->timeout_ms, c->retry,
               c->max_concurrency, c->bail, c->silent, c->pass_with_no_tests, c->mocks_before_test);
    for (const char *p = c->root; *p; p++) {
        if (*p == '\'' || *p == '\\') buf_u8(out, '\\');
        buf_u8(out, (u8)*p);
    }
    char name[256];
    const char *env = b->config.env.len ? (const char *)b->config.env.data : NULL;
    for (const char *p = env; p && p < env + b->config.env.len; p = strchr(p, '\n') + 1) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(p, "\n"), p);
        buf_printf(out, "\\n%s %llx", name, (unsigned long long)variable_hash(name));
    }
    buf_str(out, "'");
}

SettingsState settings_read(DxtLayout *layout, Settings *out) {
    static const char head[] = "dx settings 1\n";
    if (!layout->file_count) return SETTINGS_NONE;
    const DxtModule *m = dxtl_module(layout, layout->files[layout->file_count - 1].module);
    if (!m || !m->path || strcmp(m->path, SETTINGS_PATH)) return SETTINGS_NONE;
    for (u32 i = 0; i < m->string_count; i++) {
        const String *s = dxt_string(m, i);
        char text[4400];
        size_t n;
        if (s->length < sizeof head || s->length >= sizeof out->root) continue;
        if (s->cell.flags & STR_UTF16) {
            if (s->length * 3u >= sizeof text) continue;
            n = utf_utf16_to_utf8(s->u.utf16, s->length, UTF_8, (u8 *)text);
        } else {
            if (s->length * 2u >= sizeof text) continue;
            n = utf_latin1_to_utf8(s->u.latin1, s->length, (u8 *)text);
        }
        text[n] = 0;
        if (strncmp(text, head, sizeof head - 1)) continue;
        char *p = text + sizeof head - 1;
        u32 v[10];
        for (u32 k = 0; k < DX_COUNTOF(v); k++) v[k] = (u32)strtoul(p, &p, 10);
        if (*p++ != '\n') continue;
        *out = (Settings){.test_count = v[0], .setup_count = v[1], .dialect = v[2], .timeout_ms = v[3], .retry = v[4], .max_concurrency = v[5], .bail = v[6],
                          .silent = v[7], .pass_with_no_tests = v[8], .mocks_before_test = v[9]};
        size_t root_len = strcspn(p, "\n");
        snprintf(out->root, sizeof out->root, "%.*s", (int)root_len, p);
        if ((u64)out->test_count + out->setup_count + 1 != layout->file_count) return SETTINGS_NONE;
        return same_environment(p + root_len) ? SETTINGS_GOOD : SETTINGS_STALE;
    }
    return SETTINGS_NONE;
}

// ---- all of it

void build_project_root(const char *cwd, char *out, size_t cap) {
    char path[4200];
    size_t n = (size_t)snprintf(out, cap, "%s", cwd);
    while (n) {
        snprintf(path, sizeof path, "%.*s/package.json", (int)n, cwd);
        if (!access(path, F_OK)) {
            out[n] = 0;
            return;
        }
        while (n && cwd[--n] != '/') {}
    }
}

static bool load_module(void *pool, const u8 key[16], Buf *out) { return pool_load(pool, key, out); }
static void save_module(void *pool, const u8 key[16], const u8 *bytes, size_t len) { pool_save(pool, key, bytes, len); }

static void take_options(Builder *b) { // what the configuration decides about resolving and compiling
    Config *c = &b->config;
    Link *l = &b->link;
    for (u32 i = 0; i < b->args->condition_count; i++) push(&c->conditions, &c->condition_count, b->args->conditions[i]);
    if (c->dialect == DIALECT_BUN) push(&c->conditions, &c->condition_count, "bun");
    l->resolver.options = (ResolverOptions){c->conditions, c->condition_count, c->dialect == DIALECT_JEST, config_map, c};
    l->options.compile.dialect = (DxcDialect)c->dialect;
    l->options.compile.lax_imports = c->dialect != DIALECT_BUN; // Jest and Vitest transform imports to property reads
    if (c->jsx_import_source) l->options.compile.jsx_import_source = c->jsx_import_source;
}

static u32 threads(const DxArgs *a) {
    long n = a->no_parallel ? 1 : a->jobs ? (long)a->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (u32)n;
}

static void builder_free(Builder *b) {
    config_free(&b->config);
    link_free(&b->link);
    mem_free(b->tests);
    mem_free(b->directories);
    mem_free(b->patterns.v);
    mem_free(b->seen.keys);
    mem_free(b->seen.values);
    mem_free(b->inputs);
    mem_free(b->input_paths);
}

static DxtStatus compile_and_link(Builder *b, Built *out) {
    Buf text = {0};
    for (u32 i = 0; i < b->test_count; i++) link_entry(&b->link, b->tests[i], true);
    u32 setups = 0;
    for (u32 i = 0; i < b->config.setup_count; i++) {
        u32 before = b->link.entry_count;
        link_entry(&b->link, b->config.setup[i], false);
        setups += b->link.entry_count - before;
    }
    b->config.setup_count = setups;
    settings_write(b, &text);
    link_entry_text(&b->link, SETTINGS_PATH, buf_cstr(&text));
    buf_free(&text);
    link_run(&b->link);
    u64 linked = now_ns();
    collect_inputs(b);
    DxtStatus s = link_write(&b->link, b->inputs, b->input_paths, b->input_count, &out->bytes);
    out->layout_ns = now_ns() - linked;
    out->compiled = b->link.compiled;
    out->loaded = b->link.loaded;
    return s;
}

// What the configuration says and dx does not do: once, when a layout is built. What packages lack is for those who ask.
static void print_notices(const Config *c, const Buf *warnings) {
    const char *p = (const char *)c->notices.data, *end = p + c->notices.len;
    for (const char *next; p && p < end; p = next) {
        next = memchr(p, '\n', (size_t)(end - p));
        next = next ? next + 1 : end;
        fprintf(stderr, "dx: notice: %.*s", (int)(next - p), p);
    }
    if (warnings && warnings->len) fwrite(warnings->data, 1, warnings->len, stderr);
}

int build_layout(const DxArgs *a, const char *cwd, const char *root_hint, Store *store, const char *version, Built *out) {
    u64 start = now_ns();
    Builder b = {.args = a, .cwd = cwd};
    memset(out, 0, sizeof *out);
    LinkOptions o = {.compile = dxc_options_default(), .jobs = threads(a), .version = version};
    if (store && store->directory[0]) o.store = (LinkStore){&store->pool, load_module, save_module};
    link_init(&b.link, &o);
    const char *why;
    int status = 0;
    if (!config_load(&b.config, &b.link.resolver, root_hint, a->config, &why)) {
        if (*why) fprintf(stderr, "dx: %s\n", why);
        status = EXIT_USAGE;
    }
    if (!status) {
        take_options(&b);
        discover(&b);
        DxtStatus s = b.link.config_errors.len ? DXT_OK : compile_and_link(&b, out);
        if (s) {
            fprintf(stderr, "dx: layout: %s\n", dxt_status_text(s));
            status = EXIT_REJECTED;
        }
        print_notices(&b.config, a->verbose ? &b.link.warnings : NULL);
        out->compile_ns = now_ns() - start - out->layout_ns;
    }
    if (b.link.config_errors.len) { // also what only resolving asked for
        fwrite(b.link.config_errors.data, 1, b.link.config_errors.len, stderr);
        buf_free(&out->bytes);
        status = EXIT_USAGE;
    }
    builder_free(&b);
    if (o.store.load) pool_flush(&store->pool);
    return status;
}

// ---- later

struct Later {
    Builder b;              // its configuration and resolver
    LinkOptions options;
};

Later *later_new(const DxArgs *a, const char *cwd, const char *root, Store *store, const char *version) {
    Later *t = mem_zalloc(sizeof *t);
    const char *why;
    t->b.args = a;
    t->b.cwd = cwd;
    t->options = (LinkOptions){.compile = dxc_options_default(), .jobs = 1, .version = version};
    if (store && store->directory[0]) t->options.store = (LinkStore){&store->pool, load_module, save_module};
    link_init(&t->b.link, &t->options);
    if (!config_load(&t->b.config, &t->b.link.resolver, root, a->config, &why)) return NULL;
    take_options(&t->b);
    return t;
}

Resolution later_resolve(Later *t, const char *from, const char *specifier, bool import) { return resolver_find(&t->b.link.resolver, from, specifier, import); }

Link *later_link(Later *t, const char *path, bool (*known)(void *ctx, const char *path), void *ctx) {
    Link *l = mem_zalloc(sizeof *l);
    LinkOptions o = t->options;
    o.compile = t->b.link.options.compile;
    o.resolve = t->b.link.resolver.options;
    o.known = known;
    o.known_ctx = ctx;
    link_init(l, &o);
    link_entry(l, path, false);
    link_run(l);
    if (o.store.save && l->compiled) pool_flush(o.store.ctx);
    return l;
}
