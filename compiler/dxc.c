// SPDX-License-Identifier: MIT
#define _GNU_SOURCE // memmem
// The compiler's entry: options → reading → scopes → instructions → module.
#include "compiler/dxc.h"

#include "compiler/emit/emit.h"
#include "compiler/read/read.h"

#include <time.h>

DxcOptions dxc_options_default(void) {
    DxcOptions o = {0};
    o.optimize = 1;
    return o;
}

static bool ends_with(const char *path, const char *suffix) {
    size_t n = strlen(path), k = strlen(suffix);
    return n >= k && !strcmp(path + n - k, suffix);
}

// TypeScript without import or export is a module too, unless it speaks CommonJS.
static bool looks_commonjs(const char *text, size_t len) {
    static const char *const signs[] = {"require(", "module.exports", "exports."};
    for (u32 i = 0; i < DX_COUNTOF(signs); i++)
        if (memmem(text, len, signs[i], strlen(signs[i]))) return true;
    return false;
}

static ReadGoal goal_of(const DxcOptions *o, const char *path, ReadLang lang, const char *text, size_t len) {
    switch (o->goal) {
    case DXC_GOAL_MODULE: return READ_MODULE;
    case DXC_GOAL_COMMONJS: return READ_COMMONJS;
    case DXC_GOAL_SCRIPT: return READ_SCRIPT;
    default: break;
    }
    if (ends_with(path, ".mjs") || ends_with(path, ".mts")) return READ_MODULE;
    if (ends_with(path, ".cjs")) return READ_COMMONJS;
    if (ends_with(path, ".cts")) return READ_UNKNOWN; // with import or export: read as a module, see to_commonjs
    bool typescript = lang == READ_TS || lang == READ_TSX;
    return typescript && !looks_commonjs(text, len) ? READ_MODULE : READ_UNKNOWN;
}

// The form that option and pragmas give together: never DXC_JSX_DEFAULT.
static DxcJsx jsx_of(const DxcOptions *o, const Ast *ast) {
    bool automatic = o->jsx_import_source || ast->jsx_import_source || (ast->jsx_runtime && str_equals(ast->jsx_runtime, "automatic"));
    if (ast->jsx_runtime && str_equals(ast->jsx_runtime, "classic")) return DXC_JSX_CLASSIC;
    if (o->jsx == DXC_JSX_AUTOMATIC || o->jsx == DXC_JSX_DEVELOPMENT) return o->jsx;
    return automatic || (o->jsx == DXC_JSX_DEFAULT && !ast->jsx_pragma) ? DXC_JSX_AUTOMATIC : DXC_JSX_CLASSIC;
}

static Str *first_name(StrTable *t, const char *dotted) {
    const char *dot = strchr(dotted, '.');
    return str_table_intern(t, dotted, dot ? (size_t)(dot - dotted) : strlen(dotted));
}

static void resolve(const DxcOptions *o, Ast *ast, bool commonjs, DiagList *diags) {
    ResolveOptions r = {.commonjs = commonjs, .metadata = o->experimental_decorators && o->decorator_metadata};
    r.jsx_classic = jsx_of(o, ast) == DXC_JSX_CLASSIC;
    r.jsx_this = jsx_of(o, ast) == DXC_JSX_DEVELOPMENT;
    const char *factory = ast->jsx_pragma ? ast->jsx_pragma->data : o->jsx_factory;
    const char *fragment = ast->jsx_frag_pragma ? ast->jsx_frag_pragma->data : o->jsx_fragment;
    r.jsx_factory = first_name(ast->strings, factory ? factory : "React");
    r.jsx_fragment = first_name(ast->strings, fragment ? fragment : "React");
    resolve_program(ast, &r, diags);
}

static void emitter_start(Emitter *m) {
    m->class_key = NO_LABEL;
    m->stack_floor = stack_floor();
    m->s_undefined = module_str(m, "undefined");
    m->s_eval = module_str(m, "eval");
    m->s_require = module_str(m, "require");
    m->s_empty = module_str(m, "");
    m->s_default = module_str(m, "default");
    m->test_parent = DXT_NONE;
}

// `export = v`: a CommonJS module, whatever it imports.
static bool assigns_exports(const Ast *ast) {
    bool found = false;
    for (u32 i = 0; i < ast->body.count; i++) {
        u32 kind = ast->body.items[i]->kind;
        if (kind == N_TS_EXPORT_ASSIGN) found = true;
        if (kind == N_EXPORT_DECL || kind == N_EXPORT_NAMED || kind == N_EXPORT_DEFAULT || kind == N_EXPORT_ALL) return false;
    }
    return found;
}

u64 dxc_cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (u64)t.tv_sec * 1000000000 + (u64)t.tv_nsec;
}

// What is read as a module and runs as CommonJS: .cts files and `export =`.
static void to_commonjs(Ast *ast, DiagList *diags) {
    ast->is_module = false;
    if (ast->fn_flags & (FN_ASYNC | FN_HAS_AWAIT)) diag_add(diags, DIAG_AWAIT_OUTSIDE_ASYNC, 0, 0, NULL);
}

// Adds the time since *since to `sum`, and moves *since on; nothing where times are not wanted.
static void lap(const DxcOptions *o, u64 *sum, u64 *since) {
    if (!o->times) return;
    u64 now = dxc_cpu_ns();
    *sum += now - *since;
    *since = now;
}

static DxcResult compile_file(const DxcOptions *options, StrTable *strings, const char *path, const char *text, size_t len, Arena *arena,
                              DxtModule *out, DiagList *diags) {
    ReadOptions read = {.lang = read_lang_of_file(path), .file = path, .strings = strings};
    if (read.lang == READ_JS) read.lang = READ_JSX; // JSX takes nothing away from JavaScript
    read.goal = goal_of(options, path, read.lang, text, len);
    read.strict = ends_with(path, ".cts"); // as TypeScript emits it
    read.experimental_decorators = options->experimental_decorators;
    DxcTimes unmeasured = {0}, *times = options->times ? options->times : &unmeasured;
    u64 since = options->times ? dxc_cpu_ns() : 0;
    Ast *ast = read_source(arena, &read, text, len, diags);
    lap(options, &times->parse_ns, &since);
    if (diags->errors) return DXC_ERRORS;
    if (ast->is_module && (ends_with(path, ".cts") || assigns_exports(ast))) to_commonjs(ast, diags);
    bool commonjs = !ast->is_module && options->goal != DXC_GOAL_SCRIPT;
    resolve(options, ast, commonjs, diags);
    lap(options, &times->scopes_ns, &since);
    if (diags->errors) return DXC_ERRORS;
    memset(out, 0, sizeof *out);
    out->kind = ast->is_module ? MODULE_ESM : commonjs ? MODULE_COMMONJS : MODULE_SCRIPT;
    out->flags = ast->is_typescript ? MODF_TYPESCRIPT : 0;
    out->path = path;
    Emitter m = {.ast = ast, .arena = arena, .strings = ast->strings, .diags = diags, .options = options, .out = out, .commonjs = commonjs};
    m.jsx = jsx_of(options, ast);
    emitter_start(&m);
    emit_program(&m);
    lap(options, &times->emit_ns, &since);
    module_assemble(&m);
    lap(options, &times->assemble_ns, &since);
    return diags->errors ? DXC_ERRORS : DXC_OK;
}

DxcResult dxc_compile(const DxcOptions *options, const char *path, const char *text, size_t len, Arena *arena, DxtModule *out,
                      DiagList *diags) {
    StrTable strings;
    str_table_init(&strings, arena);
    DxcResult result = compile_file(options, &strings, path, text, len, arena, out, diags);
    str_table_free(&strings);
    return result;
}

// ---- eval

// Do the environments at an eval site name `this`? At the top of a script there are none.
static bool scope_names_this(const DxtModule *module, u32 row) {
    if (module->scopes[row].flags & SCOPE_SITE_THIS) return true;
    for (u32 r = row; r != DXT_NONE; r = module->scopes[r].parent) {
        for (u32 i = 0; i < module->scopes[r].count; i++) {
            const String *s = dxt_string(module, module->scope_names[module->scopes[r].first_name + i].name);
            if (s->length == 4 && !(s->cell.flags & STR_UTF16) && !memcmp(s->u.latin1, "this", 4)) return true;
        }
    }
    return false;
}

static DxcResult compile_eval_ast(Ast *ast, const DxcEval *eval, const ReadOptions *read, Arena *arena, DxtModule *out, DiagList *diags) {
    if (diags->errors) return DXC_ERRORS;
    DxcOptions options = dxc_options_default();
    ResolveOptions r = {.eval = true, .eval_direct = eval->direct};
    r.eval_this = eval->direct && eval->module && eval->scope < eval->module->scope_count && scope_names_this(eval->module, eval->scope);
    resolve_program(ast, &r, diags);
    if (diags->errors) return DXC_ERRORS;
    memset(out, 0, sizeof *out);
    out->kind = MODULE_SCRIPT;
    out->path = eval->direct && eval->module ? eval->module->path : "evalmachine.<anonymous>";
    Emitter m = {.ast = ast, .arena = arena, .strings = ast->strings, .diags = diags, .options = &options, .out = out, .eval = true};
    if (eval->direct && eval->module && eval->scope < eval->module->scope_count) m.eval_allows = eval->module->scopes[eval->scope].flags;
    emitter_start(&m);
    if (read->private_name_count) module_private_names(&m, read->private_names, read->private_name_count);
    emit_eval_program(&m);
    module_assemble(&m);
    return diags->errors ? DXC_ERRORS : DXC_OK;
}

// Private names visible at an eval site: the "#x" among the names of its scopes.
static void visible_private_names(const DxtModule *module, u32 row, StrTable *strings, Arena *arena, ReadOptions *read) {
    u32 cap = 0;
    for (u32 r = row; r != DXT_NONE; r = module->scopes[r].parent) cap += module->scopes[r].count;
    Str **names = arena_alloc(arena, (cap + 1) * sizeof *names);
    u32 count = 0;
    for (u32 r = row; r != DXT_NONE; r = module->scopes[r].parent) {
        for (u32 i = 0; i < module->scopes[r].count; i++) {
            const String *s = dxt_string(module, module->scope_names[module->scopes[r].first_name + i].name);
            if (s->cell.flags & STR_UTF16 || s->length < 2 || s->u.latin1[0] != '#') continue;
            names[count++] = str_table_intern(strings, (const char *)s->u.latin1 + 1, s->length - 1);
        }
    }
    read->private_names = names;
    read->private_name_count = count;
}

DxcResult dxc_compile_eval(const DxcEval *eval, const char *text, size_t len, Arena *arena, DxtModule *out, DiagList *diags) {
    ReadOptions read = {.lang = READ_JS, .goal = READ_SCRIPT};
    StrTable *strings = ARENA_NEW(arena, StrTable);
    str_table_init(strings, arena);
    read.strings = strings;
    if (eval->direct && eval->module && eval->scope < eval->module->scope_count) {
        u32 flags = eval->module->scopes[eval->scope].flags;
        read.strict = flags & SCOPE_SITE_STRICT;
        read.allow_new_target = flags & SCOPE_SITE_NEW_TARGET;
        read.allow_super_property = flags & SCOPE_SITE_SUPER;
        read.allow_super_call = flags & SCOPE_SITE_SUPER_CALL;
        read.in_class_field = flags & SCOPE_SITE_FIELD;
        visible_private_names(eval->module, eval->scope, strings, arena, &read);
    }
    Ast *ast = read_source(arena, &read, text, len, diags);
    DxcResult result = compile_eval_ast(ast, eval, &read, arena, out, diags);
    str_table_free(strings);
    return result;
}

DxcResult dxc_compile_function(const char *text, size_t len, u32 brace, Arena *arena, DxtModule *out, DiagList *diags) {
    StrTable strings;
    str_table_init(&strings, arena);
    ReadOptions read = {.lang = READ_JS, .goal = READ_SCRIPT, .strings = &strings};
    DxcEval eval = {0};
    Ast *ast = read_function(arena, &read, text, len, brace, diags);
    DxcResult result = compile_eval_ast(ast, &eval, &read, arena, out, diags);
    str_table_free(&strings);
    return result;
}
