// SPDX-License-Identifier: MIT
// A partial evaluator over the syntax tree. NULL is "unknown" and spreads: an unknown property is left out, an unknown condition makes its
// result unknown. JSON null also stands for undefined.
#include "cli/dx_config_eval.h"

#include "compiler/read/read.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { EVAL_DEPTH = 64, SCOPES = 8 };

typedef struct Eval {
    Resolver *r;
    Arena *a;
    const char *file;
    NodeList scopes[SCOPES]; // statements whose declarations are visible, outermost first
    u32 scope_count, depth;
    u32 *unknown;
    Buf *env;
} Eval;

static Json *eval(Eval *e, const Node *n);
static Json *eval_file(Resolver *r, const char *path, const char *export_name, u32 depth, u32 *unknown, Buf *env);

static Json *text_json(Eval *e, const char *s) { return json_new_string(e->a, s, strlen(s)); }
static bool is_text(const Json *j) { return j && j->kind == JSON_STRING; }
static bool truthy(const Json *j) {
    switch (j->kind) {
    case JSON_NULL: case JSON_FALSE: return false;
    case JSON_NUMBER: return j->number != 0 && j->number == j->number;
    case JSON_STRING: return j->len != 0;
    default: return true;
    }
}

static Json *keyed(Eval *e, const char *key, const Json *value) { // a copy, since a value may hang in several containers
    Json *c = json_new(e->a, value->kind);
    *c = *value;
    c->next = NULL;
    c->key = key;
    return c;
}

static void object_set(Eval *e, Json *o, const char *key, const Json *value) {
    Json *old = json_get(o, key), *next = old ? old->next : NULL;
    if (!old) {
        json_append(o, keyed(e, key, value));
        return;
    }
    *old = *value;
    old->key = key;
    old->next = next;
}

// Vite's mergeConfig: objects merge, arrays join, else the second wins.
static Json *merge(Eval *e, const Json *a, const Json *b) {
    Json *out = json_new(e->a, b->kind);
    if (a->kind == JSON_OBJECT && b->kind == JSON_OBJECT) {
        for (Json *j = a->first; j; j = j->next) object_set(e, out, j->key, j);
        for (Json *j = b->first; j; j = j->next) {
            Json *old = json_get(out, j->key);
            object_set(e, out, j->key, old ? merge(e, old, j) : j);
        }
    } else if (a->kind == JSON_ARRAY && b->kind == JSON_ARRAY) {
        for (Json *j = a->first; j; j = j->next) json_append(out, keyed(e, NULL, j));
        for (Json *j = b->first; j; j = j->next) json_append(out, keyed(e, NULL, j));
    } else *out = *b;
    out->next = NULL;
    return out;
}

// ---- names

static Json *imported(Eval *e, const char *source, const char *name) {
    if (!strcmp(source, "vitest/config") && !strcmp(name, "configDefaults")) {
        static const char text[] = "{\"exclude\": [\"**/node_modules/**\", \"**/.git/**\"], \"include\": [\"**/*.{test,spec}.?(c|m)[jt]s?(x)\"], "
                                   "\"coverage\": {\"exclude\": []}}";
        return json_parse_text(e->a, text, sizeof text - 1, false, NULL);
    }
    if (source[0] != '.') return NULL;
    Resolution x = resolver_find(e->r, e->file, source, true);
    return x.kind == RESOLVED_FILE ? eval_file(e->r, x.path, name, e->depth + 1, e->unknown, e->env) : NULL;
}

static Json *declared(Eval *e, const Node *stmt, const Str *name, bool *found) {
    if (stmt->kind == N_EXPORT_DECL) stmt = stmt->unary.arg;
    if (stmt->kind == N_VAR) {
        for (u32 i = 0; i < stmt->var.decls.count; i++) {
            const Node *d = stmt->var.decls.items[i];
            if (d->declarator.target->kind != N_IDENT || d->declarator.target->ident.name != name) continue;
            *found = true;
            return d->declarator.init ? eval(e, d->declarator.init) : NULL;
        }
    } else if (stmt->kind == N_IMPORT) {
        for (u32 i = 0; i < stmt->import.specs.count; i++) {
            const Node *s = stmt->import.specs.items[i];
            if (s->import_spec.local->ident.name != name) continue;
            *found = true;
            return s->import_spec.imported ? imported(e, stmt->import.source->data, s->import_spec.imported->data) : NULL;
        }
    }
    return NULL;
}

static Json *eval_name(Eval *e, const Str *name) {
    for (u32 i = e->scope_count; i-- > 0;) {
        for (u32 j = 0; j < e->scopes[i].count; j++) {
            bool found = false;
            u32 keep = e->scope_count;
            e->scope_count = i + 1;
            Json *v = declared(e, e->scopes[i].items[j], name, &found);
            e->scope_count = keep;
            if (found) return v;
        }
    }
    if (!strcmp(name->data, "undefined")) return json_new(e->a, JSON_NULL);
    if (!strcmp(name->data, "__filename")) return text_json(e, e->file);
    if (!strcmp(name->data, "__dirname")) return text_json(e, path_dirname(e->a, e->file));
    return NULL;
}

// ---- members

static bool is_name(const Node *n, const char *name) { return n->kind == N_IDENT && !strcmp(n->ident.name->data, name); }

static Json *eval_member(Eval *e, const Node *n) {
    const Node *o = n->member.object;
    const char *name = n->member.name->data;
    if (o->kind == N_IMPORT_META) {
        Buf b = {0};
        buf_printf(&b, "file://%s", e->file);
        Json *url = text_json(e, buf_cstr(&b));
        buf_free(&b);
        if (!strcmp(name, "url")) return url;
        if (!strcmp(name, "filename")) return text_json(e, e->file);
        return !strcmp(name, "dirname") ? text_json(e, path_dirname(e->a, e->file)) : NULL;
    }
    if (o->kind == N_MEMBER && is_name(o->member.object, "process") && !strcmp(o->member.name->data, "env")) {
        const char *v = getenv(name);
        buf_printf(e->env, "%s\n", name);
        return v ? text_json(e, v) : json_new(e->a, JSON_NULL);
    }
    Json *v = eval(e, o);
    if (!v) return NULL;
    if (v->kind == JSON_OBJECT) {
        Json *m = json_get(v, name);
        return m ? m : json_new(e->a, JSON_NULL);
    }
    return NULL;
}

// ---- calls

static const char *callee_name(const Node *callee) {
    if (callee->kind == N_IDENT) return callee->ident.name->data;
    return callee->kind == N_MEMBER ? callee->member.name->data : "";
}

static Json *eval_path_call(Eval *e, const Node *call, bool resolve) {
    char cwd[4096];
    if (!getcwd(cwd, sizeof cwd)) return NULL;
    const char *path = resolve ? cwd : "";
    for (u32 i = 0; i < call->call.args.count; i++) {
        Json *arg = eval(e, call->call.args.items[i]);
        if (!is_text(arg)) return NULL;
        path = i || resolve ? path_join(e->a, path, arg->text) : arg->text;
    }
    return text_json(e, path);
}

static Json *eval_function_result(Eval *e, const Node *f) {
    const NodeList *body = &f->function.body;
    if (e->scope_count == SCOPES) return NULL;
    for (u32 i = body->count; i-- > 0;) {
        if (body->items[i]->kind != N_RETURN || !body->items[i]->unary.arg) continue;
        e->scopes[e->scope_count++] = *body;
        Json *v = eval(e, body->items[i]->unary.arg);
        e->scope_count--;
        return v;
    }
    return NULL;
}

static Json *without_scheme(Eval *e, Json *j) {
    if (j && j->kind == JSON_OBJECT) j = json_get(j, "pathname");
    if (!is_text(j)) return NULL;
    return text_starts_with(j->text, "file://") ? text_json(e, j->text + 7) : j;
}

static Json *eval_call(Eval *e, const Node *n) {
    const NodeList *args = &n->call.args;
    const Node *callee = n->call.callee;
    const char *name = callee_name(callee);
    if (!strcmp(name, "cwd") && callee->kind == N_MEMBER && is_name(callee->member.object, "process")) return eval_path_call(e, n, true);
    if (callee->kind == N_ARROW || callee->kind == N_FUNCTION) return eval_function_result(e, callee);
    if (!args->count) return NULL;
    static const char *const same[] = {"defineConfig", "defineProject", "defineWorkspace", "freeze", "fileURLToPath", "normalizePath"};
    for (u32 i = 0; i < 4; i++)
        if (!strcmp(name, same[i])) return eval(e, args->items[0]);
    if (!strcmp(name, "fileURLToPath")) return without_scheme(e, eval(e, args->items[0]));
    if (!strcmp(name, "resolve") && callee->kind == N_MEMBER && is_name(callee->member.object, "require")) return eval(e, args->items[0]);
    if (!strcmp(name, "resolve")) return eval_path_call(e, n, true);
    if (!strcmp(name, "join") && (callee->kind == N_IDENT || is_name(callee->member.object, "path"))) return eval_path_call(e, n, false);
    if (!strcmp(name, "dirname")) {
        Json *v = eval(e, args->items[0]);
        return is_text(v) ? text_json(e, path_dirname(e->a, v->text)) : NULL;
    }
    if (!strcmp(name, "mergeConfig") && args->count >= 2) {
        Json *a = eval(e, args->items[0]), *b = eval(e, args->items[1]);
        return a && b ? merge(e, a, b) : a ? a : b;
    }
    if (!strcmp(name, "require") && callee->kind == N_IDENT) {
        Json *v = eval(e, args->items[0]);
        return is_text(v) ? imported(e, v->text, "default") : NULL;
    }
    return NULL;
}

static Json *eval_new(Eval *e, const Node *n) {
    if (!is_name(n->call.callee, "URL") || !n->call.args.count) return NULL;
    Json *rel = eval(e, n->call.args.items[0]), *base = n->call.args.count > 1 ? eval(e, n->call.args.items[1]) : NULL;
    rel = without_scheme(e, rel);
    base = base ? without_scheme(e, base) : NULL;
    if (!rel || (n->call.args.count > 1 && !base)) return NULL;
    const char *path = base ? path_join(e->a, base->len && base->text[base->len - 1] == '/' ? base->text : path_dirname(e->a, base->text), rel->text) : rel->text;
    Json *o = json_new(e->a, JSON_OBJECT);
    object_set(e, o, "pathname", text_json(e, path));
    Buf b = {0};
    buf_printf(&b, "file://%s", path);
    object_set(e, o, "href", text_json(e, buf_cstr(&b)));
    buf_free(&b);
    return o;
}

// ---- literals and operators

static Json *eval_array(Eval *e, const Node *n) {
    Json *a = json_new(e->a, JSON_ARRAY);
    for (u32 i = 0; i < n->list.items.count; i++) {
        const Node *item = n->list.items.items[i];
        if (!item) continue;
        bool spread = item->kind == N_SPREAD;
        Json *v = eval(e, spread ? item->unary.arg : item);
        if (!v) continue;
        if (!spread) json_append(a, keyed(e, NULL, v));
        for (Json *j = spread && v->kind == JSON_ARRAY ? v->first : NULL; j; j = j->next) json_append(a, keyed(e, NULL, j));
    }
    return a;
}

static const char *property_key(Eval *e, const Node *p) {
    const Node *k = p->property.key;
    if (k->kind == N_STRING && !(p->flags & NF_COMPUTED)) return k->string.value->data;
    Json *v = eval(e, k);
    return is_text(v) ? v->text : NULL;
}

static Json *eval_object(Eval *e, const Node *n) {
    Json *o = json_new(e->a, JSON_OBJECT);
    for (u32 i = 0; i < n->list.items.count; i++) {
        const Node *p = n->list.items.items[i];
        if (p->kind == N_SPREAD) {
            Json *v = eval(e, p->unary.arg);
            for (Json *j = v && v->kind == JSON_OBJECT ? v->first : NULL; j; j = j->next) object_set(e, o, j->key, j);
            continue;
        }
        if (p->kind != N_PROPERTY || p->extra != PROP_INIT) continue;
        const char *key = property_key(e, p);
        Json *v = key ? eval(e, p->property.value) : NULL;
        if (v) object_set(e, o, key, v);
    }
    return o;
}

static Json *eval_template(Eval *e, const Node *n) {
    Buf b = {0};
    for (u32 i = 0; i <= n->template.exprs.count; i++) {
        const Str *part = n->template.parts[i].cooked;
        if (part) buf_put(&b, part->data, part->len);
        if (i == n->template.exprs.count) break;
        Json *v = eval(e, n->template.exprs.items[i]);
        if (!is_text(v)) {
            buf_free(&b);
            return NULL;
        }
        buf_put(&b, v->text, v->len);
    }
    Json *j = json_new_string(e->a, buf_cstr(&b), b.len);
    buf_free(&b);
    return j;
}

static Json *bool_json(Eval *e, bool v) { return json_new(e->a, v ? JSON_TRUE : JSON_FALSE); }

static Json *eval_binary(Eval *e, const Node *n) {
    Json *a = eval(e, n->binary.left), *b = eval(e, n->binary.right);
    if (!a || !b) return NULL;
    if (n->extra == OP_ADD && is_text(a) && is_text(b)) {
        Buf t = {0};
        buf_printf(&t, "%s%s", a->text, b->text);
        Json *j = json_new_string(e->a, buf_cstr(&t), t.len);
        buf_free(&t);
        return j;
    }
    if (n->extra == OP_MUL && a->kind == JSON_NUMBER && b->kind == JSON_NUMBER) {
        Json *j = json_new(e->a, JSON_NUMBER);
        j->number = a->number * b->number;
        return j;
    }
    bool eq = n->extra == OP_SEQ || n->extra == OP_EQ, ne = n->extra == OP_SNE || n->extra == OP_NE;
    if (!eq && !ne) return NULL;
    bool same = a->kind == b->kind && (a->kind == JSON_STRING ? !strcmp(a->text, b->text) : a->kind == JSON_NUMBER ? a->number == b->number : a->kind <= JSON_TRUE);
    return bool_json(e, same == eq);
}

static Json *eval_logical(Eval *e, const Node *n) {
    Json *a = eval(e, n->binary.left);
    if (!a) return NULL;
    bool right = n->extra == OP_AND ? truthy(a) : n->extra == OP_OR ? !truthy(a) : a->kind == JSON_NULL;
    return right ? eval(e, n->binary.right) : a;
}

static Json *eval_other(Eval *e, const Node *n) {
    Json *v;
    switch (n->kind) {
    case N_NULL: return json_new(e->a, JSON_NULL);
    case N_TRUE: return json_new(e->a, JSON_TRUE);
    case N_FALSE: return json_new(e->a, JSON_FALSE);
    case N_STRING: return json_new_string(e->a, n->string.value->data, n->string.value->len);
    case N_NUMBER:
        v = json_new(e->a, JSON_NUMBER);
        v->number = n->number.value;
        return v;
    case N_REGEXP:
        v = json_new(e->a, JSON_OBJECT);
        object_set(e, v, "__regexp", text_json(e, n->regexp.pattern->data));
        object_set(e, v, "flags", text_json(e, n->regexp.flags->data));
        return v;
    case N_UNARY:
        v = eval(e, n->unary.arg);
        if (v && n->extra == OP_NOT) return bool_json(e, !truthy(v));
        return NULL;
    case N_CONDITIONAL:
        v = eval(e, n->conditional.test);
        return v ? eval(e, truthy(v) ? n->conditional.yes : n->conditional.no) : NULL;
    default: return NULL;
    }
}

static Json *eval(Eval *e, const Node *n) {
    Json *v = NULL;
    if (++e->depth < EVAL_DEPTH) {
        switch (n->kind) {
        case N_OBJECT: v = eval_object(e, n); break;
        case N_ARRAY: v = eval_array(e, n); break;
        case N_TEMPLATE: v = eval_template(e, n); break;
        case N_IDENT: v = eval_name(e, n->ident.name); break;
        case N_MEMBER: v = eval_member(e, n); break;
        case N_CALL: v = eval_call(e, n); break;
        case N_NEW: v = eval_new(e, n); break;
        case N_BINARY: v = eval_binary(e, n); break;
        case N_LOGICAL: v = eval_logical(e, n); break;
        case N_CHAIN: case N_AWAIT: v = eval(e, n->unary.arg); break;
        case N_ARROW: case N_FUNCTION: v = eval_function_result(e, n); break; // only a whole configuration is given as a function
        default: v = eval_other(e, n);
        }
    }
    e->depth--;
    if (!v && e->unknown) ++*e->unknown;
    return v;
}

// ---- files

static bool is_exports(const Node *n, const char **name) { // module.exports, exports.name, module.exports.name
    if (n->kind != N_MEMBER) return false;
    const Node *o = n->member.object;
    if (is_name(o, "module") && !strcmp(n->member.name->data, "exports")) return *name = "default", true;
    if (is_name(o, "exports")) return *name = n->member.name->data, true;
    const char *inner;
    if (o->kind == N_MEMBER && is_exports(o, &inner) && !strcmp(inner, "default")) return *name = n->member.name->data, true;
    return false;
}

static Json *exported(Eval *e, const Ast *ast, const char *want) {
    for (u32 i = ast->body.count; i-- > 0;) {
        const Node *s = ast->body.items[i];
        const char *name;
        if (s->kind == N_EXPORT_DEFAULT && !strcmp(want, "default") && s->unary.arg->kind != N_CLASS_DECL) {
            return s->unary.arg->kind == N_FUNCTION_DECL ? eval_function_result(e, s->unary.arg) : eval(e, s->unary.arg);
        }
        if (s->kind == N_TS_EXPORT_ASSIGN && !strcmp(want, "default")) return eval(e, s->unary.arg);
        if (s->kind == N_EXPR && s->unary.arg->kind == N_ASSIGN && is_exports(s->unary.arg->binary.left, &name) && !strcmp(name, want))
            return eval(e, s->unary.arg->binary.right);
        if (s->kind == N_EXPORT_DECL && s->unary.arg->kind == N_VAR) {
            for (u32 j = 0; j < s->unary.arg->var.decls.count; j++) {
                const Node *d = s->unary.arg->var.decls.items[j];
                if (d->declarator.target->kind == N_IDENT && !strcmp(d->declarator.target->ident.name->data, want) && d->declarator.init)
                    return eval(e, d->declarator.init);
            }
        }
        for (u32 j = 0; s->kind == N_EXPORT_NAMED && !s->export_named.source && j < s->export_named.specs.count; j++) {
            const Node *x = s->export_named.specs.items[j];
            if (!strcmp(x->export_spec.exported->data, want) && x->export_spec.local->kind == N_IDENT) return eval(e, x->export_spec.local);
        }
    }
    return NULL;
}

static Json *eval_file(Resolver *r, const char *path, const char *export_name, u32 depth, u32 *unknown, Buf *env) {
    if (text_ends_with(path, ".json")) return resolver_read_json(r, path, true);
    Buf text = {0};
    int error = depth > EVAL_DEPTH / 2 ? ELOOP : probe_read(r->probe, path, &text);
    if (error) {
        if (r->errors) buf_printf(r->errors, "%s: error: %s\n", path, strerror(error));
        buf_free(&text);
        return NULL;
    }
    const char *source = arena_strndup(r->arena, buf_cstr(&text), text.len); // the tree points into it
    DiagList *diags = ARENA_NEW(r->arena, DiagList);
    diag_init(diags, r->arena, path, source, text.len);
    ReadOptions o = {.lang = read_lang_of_file(path), .goal = READ_UNKNOWN, .file = path};
    Ast *ast = read_source(r->arena, &o, source, text.len, diags);
    buf_free(&text);
    if (diags->errors) {
        diag_sort(diags);
        if (r->errors) diag_print(diags, r->errors);
        return NULL;
    }
    Eval e = {.r = r, .a = r->arena, .file = path, .scopes = {ast->body}, .scope_count = 1, .depth = depth, .unknown = unknown, .env = env};
    return exported(&e, ast, export_name);
}

Json *config_eval(Resolver *r, const char *path, u32 *unknown, Buf *env) { return eval_file(r, path, "default", 0, unknown, env); }
