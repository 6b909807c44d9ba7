// SPDX-License-Identifier: MIT
// The compiler's entry: options → reading → scopes → instructions → module.
#include "compiler/dxc.h"

#include "compiler/emit/emit.h"
#include "compiler/read/read.h"

DxcOptions dxc_options_default(void) {
    DxcOptions o = {0};
    o.optimize = 1;
    return o;
}

static bool ends_with(const char *path, const char *suffix) {
    size_t n = strlen(path), k = strlen(suffix);
    return n >= k && !strcmp(path + n - k, suffix);
}

static ReadGoal goal_of(const DxcOptions *o, const char *path, ReadLang lang) {
    switch (o->goal) {
    case DXC_GOAL_MODULE: return READ_MODULE;
    case DXC_GOAL_COMMONJS: return READ_COMMONJS;
    case DXC_GOAL_SCRIPT: return READ_SCRIPT;
    default: break;
    }
    if (ends_with(path, ".mjs") || ends_with(path, ".mts")) return READ_MODULE;
    if (ends_with(path, ".cjs")) return READ_COMMONJS;
    (void)lang;
    return READ_UNKNOWN;
}

static bool jsx_is_classic(const DxcOptions *o, const Ast *ast) {
    if (ast->jsx_runtime) return str_equals(ast->jsx_runtime, "classic");
    return o->jsx == DXC_JSX_CLASSIC || ast->jsx_pragma;
}

static Str *first_name(StrTable *t, const char *dotted) {
    const char *dot = strchr(dotted, '.');
    return str_intern(t, dotted, dot ? (size_t)(dot - dotted) : strlen(dotted));
}

static void resolve(const DxcOptions *o, Ast *ast, bool commonjs, DiagList *diags) {
    ResolveOptions r = {.commonjs = commonjs, .jsx_classic = jsx_is_classic(o, ast)};
    const char *factory = ast->jsx_pragma ? ast->jsx_pragma->data : o->jsx_factory;
    const char *fragment = ast->jsx_frag_pragma ? ast->jsx_frag_pragma->data : o->jsx_fragment;
    r.jsx_factory = first_name(ast->strings, factory ? factory : "React");
    r.jsx_fragment = first_name(ast->strings, fragment ? fragment : "React");
    resolve_program(ast, &r, diags);
}

DxcResult dxc_compile(const DxcOptions *options, const char *path, const char *text, size_t len, Arena *arena, DxtModule *out,
                      DiagList *diags) {
    ReadOptions read = {.lang = read_lang_of_file(path), .file = path};
    if (read.lang == READ_JS) read.lang = READ_JSX; // JSX takes nothing away from JavaScript
    read.goal = goal_of(options, path, read.lang);
    read.experimental_decorators = options->experimental_decorators;
    Ast *ast = read_source(arena, &read, text, len, diags);
    if (diags->errors) return DXC_ERRORS;
    bool commonjs = !ast->is_module && options->goal != DXC_GOAL_SCRIPT;
    resolve(options, ast, commonjs, diags);
    if (diags->errors) return DXC_ERRORS;
    memset(out, 0, sizeof *out);
    out->kind = ast->is_module ? MODULE_ESM : commonjs ? MODULE_COMMONJS : MODULE_SCRIPT;
    out->flags = ast->is_typescript ? MODF_TYPESCRIPT : 0;
    out->path = path;
    Emitter m = {.ast = ast, .arena = arena, .strings = ast->strings, .diags = diags, .options = options, .out = out, .commonjs = commonjs};
    m.s_undefined = module_str(&m, "undefined");
    m.s_eval = module_str(&m, "eval");
    m.s_require = module_str(&m, "require");
    m.s_empty = module_str(&m, "");
    m.s_default = module_str(&m, "default");
    m.test_parent = DXT_NONE;
    emit_program(&m);
    module_assemble(&m);
    return diags->errors ? DXC_ERRORS : DXC_OK;
}
