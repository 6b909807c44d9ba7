// SPDX-License-Identifier: MIT
// The entry points: prepares the text and the parser, decides between script and module, and fills the Ast.
#include "compiler/read/parser.h"
#include "format/base/utf.h"

// The text as the lexer wants it: well-formed WTF-8, NUL after the end, in the arena.
static char *text_prepare(Arena *arena, const char *text, size_t len, u32 *len_out) {
    if (utf8_scan((const u8 *)text, len, UTF_WTF8).valid) {
        *len_out = (u32)len;
        return arena_strndup(arena, text, len);
    }
    Buf b = {0};
    const u8 *s = (const u8 *)text, *end = s + len;
    while (s < end) {
        u32 n, c = utf8_decode(s, end, UTF_WTF8, &n);
        u8 bytes[4];
        buf_put(&b, bytes, utf8_encode(c == UTF_BAD ? UTF_REPLACEMENT : c, bytes));
        s += n;
    }
    *len_out = (u32)b.len;
    char *out = arena_strndup(arena, (const char *)b.data, b.len);
    buf_free(&b);
    return out;
}

static void keywords_intern(StrTable *t) {
    static const struct {
        const char *text;
        u8 kind;
    } words[] = {
#define WORD(kind, text, class) {text, T_##kind},
#include "compiler/read/token.def"
    };
    for (size_t i = 0; i < DX_COUNTOF(words); i++) str_table_intern_z(t, words[i].text)->keyword = words[i].kind;
}

static void lines_fill(Ast *ast) {
    LineTable t = {0};
    line_table_build(&t, (const u8 *)ast->text, ast->text_len);
    ast->line_starts = arena_alloc(ast->arena, sizeof(u32) * t.count);
    memcpy(ast->line_starts, t.starts, sizeof(u32) * t.count);
    ast->line_count = t.count;
    line_table_free(&t);
}

// Pragmas ------------------------------------------------------------------------------------------------------------

// The word after @name in a block comment: the first one or the last, NULL without any.
static Str *pragma_value(Parser *p, const char *s, const char *end, const char *name, bool last) {
    size_t n = strlen(name);
    Str *found = NULL;
    for (; s + n < end && (last || !found); s++) {
        if (s[0] == '/' && s[1] == '/')
            while (s < end && *s != '\n') s++;
        else if (s[0] == '/' && s[1] == '*')
            for (s += 2; s + n < end && !(s[0] == '*' && s[1] == '/') && (last || !found); s++) {
                if (*s != '@' || memcmp(s, name, n) != 0 || (s[n] != ' ' && s[n] != '\t')) continue;
                const char *from = s + n;
                while (from < end && (*from == ' ' || *from == '\t')) from++;
                const char *to = from;
                while (to < end && (u8)*to > ' ' && *to != '*') to++;
                if (to > from) found = str_table_intern(p->strings, from, (size_t)(to - from));
            }
    }
    return found;
}

// @jsx and its kin, in the comments before the first token. Of several factories the first counts, of several runtimes the last, as in tsc.
static void pragmas_read(Parser *p, u32 first_token) {
    const char *from = p->src, *to = p->src + first_token;
    if (!memchr(from, '@', (size_t)(to - from))) return;
    p->ast->jsx_pragma = pragma_value(p, from, to, "@jsx", false);
    p->ast->jsx_frag_pragma = pragma_value(p, from, to, "@jsxFrag", false);
    p->ast->jsx_import_source = pragma_value(p, from, to, "@jsxImportSource", true);
    p->ast->jsx_runtime = pragma_value(p, from, to, "@jsxRuntime", true);
}

// One reading of the text --------------------------------------------------------------------------------------------

static void skip_hashbang(Parser *p) {
    const char *s = p->cur;
    if ((u8)s[0] == 0xef && (u8)s[1] == 0xbb && (u8)s[2] == 0xbf) s += 3;
    if (s[0] == '#' && s[1] == '!')
        while (s < p->end && *s != '\n' && *s != '\r' && !((u8)s[0] == 0xe2 && (u8)s[1] == 0x80 && ((u8)s[2] & 0xfe) == 0xa8)) s++;
    p->cur = s;
}

static void parser_reset(Parser *p, const ReadOptions *o, bool module) {
    p->cur = p->src;
    p->tok = (Token){.kind = T_EOF};
    p->prev_end = 0;
    p->strict = module || o->strict;
    p->module = module;
    p->unknown_goal = o->goal == READ_UNKNOWN && !module;
    p->restart_as_module = p->panic = p->speculating = p->give_up = false;
    p->ambient = p->dts;
    p->no_in = p->no_conditional_colon = p->no_conditional_type = p->no_labeled_function = p->in_namespace = false;
    p->depth = 0;
    p->cover = (Cover){NOWHERE, NOWHERE};
    p->too_deep = p->first_await = p->first_yield = p->html_comment = p->arrow_at = NOWHERE;
    p->class_ = NULL;
    p->stack_len = p->private_use_count = 0;
    p->list_kind = LIST_TOP;
    name_map_free(&p->exported);
    p->ast->has_module_syntax = module && o->goal == READ_UNKNOWN;
    p->ast->node_count = 0;
}

static void top_ctx_open(FnCtx *c, const ReadOptions *o, bool module) {
    bool commonjs = !module && (o->goal == READ_COMMONJS || o->goal == READ_UNKNOWN);
    memset(c, 0, sizeof *c);
    c->is_top = true;
    c->allow_return = commonjs || o->allow_return;
    c->allow_new_target = commonjs || o->allow_new_target;
    c->allow_super_property = o->allow_super_property;
    c->allow_super_call = o->allow_super_call;
    c->in_field = o->in_class_field;
}

static void read_once(Parser *p, const ReadOptions *o, bool module) {
    FnCtx top;
    parser_reset(p, o, module);
    top_ctx_open(&top, o, module);
    p->fn = &top;
    skip_hashbang(p);
    lex_next(p);
    pragmas_read(p, p->tok.start);
    p->ast->body = parse_statement_list(p, T_EOF, LIST_TOP, NULL);
    if (!p->restart_as_module) module_finish(p);
    p->ast->is_module = module;
    p->ast->fn_flags = (top.uses & FN_USES_MASK) | (p->strict ? FN_STRICT : 0) | (top.uses & FN_HAS_AWAIT ? FN_ASYNC : 0);
}

static void parser_close(Parser *p) {
    buf_free(&p->scratch);
    mem_free(p->stack);
    mem_free(p->private_uses);
    mem_free(p->failed);
    name_map_free(&p->exported);
}

Ast *read_source(Arena *arena, const ReadOptions *o, const char *text, size_t len, DiagList *diags) {
    Ast *ast = ARENA_NEW(arena, Ast);
    ast->arena = arena;
    ast->file = o->file ? o->file : "<input>";
    ast->strings = o->strings;
    if (!ast->strings) {
        ast->strings = ARENA_NEW(arena, StrTable);
        str_table_init(ast->strings, arena);
    }
    if (len > 0x7fffffffu) {
        diag_add(diags, DIAG_TOO_LARGE, 0, 0);
        len = 0;
    }
    keywords_intern(ast->strings);
    ast->text = text_prepare(arena, text, len, &ast->text_len);
    diags->text = ast->text;
    diags->text_len = ast->text_len;
    ast->is_typescript = o->lang == READ_TS || o->lang == READ_TSX || o->lang == READ_DTS;
    Parser p = {.src = ast->text, .end = ast->text + ast->text_len, .arena = arena, .strings = ast->strings, .diags = diags,
                .options = o, .ast = ast, .ts = ast->is_typescript, .jsx = o->lang == READ_JSX || o->lang == READ_TSX,
                .dts = o->lang == READ_DTS, .stack_floor = stack_floor()};
    p.s_use_strict = str_table_intern_z(p.strings, "use strict");
    p.s_default = str_table_intern_z(p.strings, "default");
    p.s_empty = str_table_intern(p.strings, "", 0);
    buf_reserve(&p.scratch, 256); // its data is never NULL
    u32 count = diags->count, dropped = diags->dropped, errors = diags->errors;
    read_once(&p, o, o->goal == READ_MODULE);
    if (p.restart_as_module) {
        diags->count = count;
        diags->dropped = dropped;
        diags->errors = errors;
        read_once(&p, o, true);
    }
    parser_close(&p);
    lines_fill(ast);
    diag_sort(diags);
    return ast;
}

ReadLang read_lang_of_file(const char *file) {
    static const struct {
        const char *end;
        ReadLang lang;
    } ends[] = {{".d.ts", READ_DTS}, {".d.mts", READ_DTS}, {".d.cts", READ_DTS}, {".ts", READ_TS}, {".mts", READ_TS},
                {".cts", READ_TS},   {".tsx", READ_TSX},   {".jsx", READ_JSX}};
    size_t n = strlen(file);
    for (size_t i = 0; i < DX_COUNTOF(ends); i++) {
        size_t m = strlen(ends[i].end);
        if (n >= m && strcmp(file + n - m, ends[i].end) == 0) return ends[i].lang;
    }
    return READ_JS;
}

// new Function -------------------------------------------------------------------------------------------------------

Ast *read_function(Arena *arena, const ReadOptions *options, const char *text, size_t len, u32 brace, DiagList *diags) {
    ReadOptions o = *options;
    o.function_params_end = brace - 2;
    Ast *ast = read_source(arena, &o, text, len, diags);
    if (diags->errors) return ast;
    const Node *s = ast->body.count == 1 ? ast->body.items[0] : NULL;
    const Node *fn = s && s->kind == N_EXPR ? s->unary.arg : NULL;
    if (!fn || fn->kind != N_FUNCTION || fn->end != len - 1) diag_add(diags, DIAG_SINGLE_FUNCTION, 0, 1);
    return ast;
}
