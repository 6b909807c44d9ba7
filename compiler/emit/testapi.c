// SPDX-License-Identifier: MIT
// The test API as the compiler sees it: which dialect a file speaks, which tests it declares where they can be listed without
// running it, and the mock calls that come before its imports.
#include "compiler/emit/testapi.h"

static const char *const modules[] = {NULL, "@jest/globals", "vitest", "bun:test", "node:test"}; // by dialect number
static const struct ApiName {
    const char *name;
    u32 flags;   // TEST_*
    bool lists;  // declares a test or a suite
} api_names[] = {
    {"describe", TEST_SUITE, true}, {"suite", TEST_SUITE, true}, {"fdescribe", TEST_SUITE | TEST_ONLY, true},
    {"xdescribe", TEST_SUITE | TEST_SKIP, true}, {"test", 0, true}, {"it", 0, true}, {"fit", TEST_ONLY, true},
    {"xit", TEST_SKIP, true}, {"xtest", TEST_SKIP, true}, {"expect", 0, false}, {"beforeAll", 0, false}, {"afterAll", 0, false},
    {"beforeEach", 0, false}, {"afterEach", 0, false}, {"before", 0, false}, {"after", 0, false}, {"jest", 0, false},
    {"vi", 0, false}, {"vitest", 0, false}, {"mock", 0, false}, {"spyOn", 0, false}, {"jasmine", 0, false},
};

static const struct ApiName *api_find(const Str *name) {
    for (u32 i = 0; i < DX_COUNTOF(api_names); i++)
        if (str_equals(name, api_names[i].name)) return &api_names[i];
    return NULL;
}

static bool is_test_module(const Str *source) {
    for (u32 i = 1; i < DX_COUNTOF(modules); i++)
        if (str_equals(source, modules[i])) return true;
    return false;
}

// The specifier an import binding comes from.
static Str *import_source(Emitter *m, const Binding *b) {
    for (u32 i = 0; i < m->ast->body.count; i++) {
        Node *n = m->ast->body.items[i];
        if (n->kind != N_IMPORT) continue;
        for (u32 k = 0; k < n->import.specs.count; k++)
            if (n->import.specs.items[k] == b->decl) return n->import.source;
    }
    return NULL;
}

Str *testapi_name(Emitter *m, const Node *ident) {
    const Binding *b = ident->ident.binding;
    if (!m->options->test_file) return NULL;
    if (!b) return api_find(ident->ident.name) ? ident->ident.name : NULL;
    if (b->kind != BIND_IMPORT || !b->decl || b->decl->kind != N_IMPORT_SPEC) return NULL;
    Str *name = b->decl->import_spec.imported;
    if (!name || !api_find(name)) return NULL;
    Str *source = import_source(m, b);
    return source && is_test_module(source) ? name : NULL;
}

bool testapi_declares(Emitter *m, const Node *ident) {
    Str *name = testapi_name(m, ident);
    return name && api_find(name)->lists;
}

// ---- what the file speaks

void testapi_prepare(Emitter *m) {
    m->out->dialect = m->options->dialect;
    for (u32 i = 0; i < m->ast->body.count; i++) {
        Node *n = m->ast->body.items[i];
        if (n->kind == N_IMPORT && !(n->flags & NF_TYPE_ONLY))
            for (u32 d = 1; d < DX_COUNTOF(modules); d++)
                if (str_equals(n->import.source, modules[d])) m->out->dialect = d;
        if (!m->options->test_file || !testapi_is_hoisted(m, n) || n->kind != N_VAR) continue;
        for (u32 k = 0; k < n->var.decls.count; k++) { // assigned by the init function: must be in the module environment
            Node *target = n->var.decls.items[k]->declarator.target;
            if (target->kind == N_IDENT) target->ident.binding->flags |= BF_CAPTURED;
            for (Binding *b = m->ast->scope->first; b && target->kind != N_IDENT; b = b->next)
                if (b->pos >= target->start && b->pos < target->end) b->flags |= BF_CAPTURED;
        }
    }
}

// ---- hoisted calls

static bool is_hoisted_call(Emitter *m, const Node *n, bool value) {
    static const char *const names[] = {"mock", "unmock", "deepUnmock", "enableAutomock", "disableAutomock", "hoisted"};
    if (n->kind == N_AWAIT) n = n->unary.arg;
    if (n->kind != N_CALL || n->call.callee->kind != N_MEMBER) return false;
    const Node *callee = n->call.callee, *object = callee->member.object;
    while (object->kind == N_CALL && object->call.callee->kind == N_MEMBER) object = object->call.callee->member.object; // jest.mock().mock()
    if (object->kind != N_IDENT) return false;
    Str *api = testapi_name(m, object);
    if (!api || !(str_equals(api, "jest") || str_equals(api, "vi") || str_equals(api, "vitest"))) return false;
    if (value) return str_equals(callee->member.name, "hoisted");
    for (u32 i = 0; i < DX_COUNTOF(names); i++)
        if (str_equals(callee->member.name, names[i])) return true;
    return false;
}

bool testapi_is_hoisted(Emitter *m, const Node *n) {
    if (!m->options->test_file) return false;
    if (n->kind == N_EXPR) return is_hoisted_call(m, n->unary.arg, false);
    if (n->kind != N_VAR || !n->var.decls.count) return false;
    for (u32 i = 0; i < n->var.decls.count; i++) {
        const Node *init = n->var.decls.items[i]->declarator.init;
        if (!init || !is_hoisted_call(m, init, true)) return false;
    }
    return true;
}

void testapi_hoisted(Emitter *m) {
    for (u32 i = 0; i < m->ast->body.count; i++)
        if (testapi_is_hoisted(m, m->ast->body.items[i])) emit_stmt(m, m->ast->body.items[i]);
}

// ---- the list of tests

// The identifier at the root of test.only.each(…)`…`, with the flags of the modifiers; NULL: something else.
static Node *api_root(Emitter *m, Node *callee, u32 *flags, bool *each, const struct ApiName **api) {
    static const struct { const char *name; u32 flag; } modifiers[] = {
        {"skip", TEST_SKIP}, {"only", TEST_ONLY}, {"todo", TEST_TODO}, {"concurrent", TEST_CONCURRENT}, {"failing", TEST_FAILING},
        {"fails", TEST_FAILING}, {"each", TEST_EACH}, {"for", TEST_EACH}, {"sequential", 0}, {"serial", 0},
    };
    *flags = 0;
    *each = false;
    for (;;) {
        if (callee->kind == N_MEMBER) {
            u32 i = 0;
            while (i < DX_COUNTOF(modifiers) && !str_equals(callee->member.name, modifiers[i].name)) i++;
            if (i == DX_COUNTOF(modifiers)) return NULL;
            *flags |= modifiers[i].flag;
            callee = callee->member.object;
        } else if (callee->kind == N_CALL || callee->kind == N_TAGGED_TEMPLATE) { // each(table)
            *each = true;
            callee = callee->kind == N_CALL ? callee->call.callee : callee->tagged.tag;
        } else {
            break;
        }
    }
    if (callee->kind != N_IDENT) return NULL;
    Str *name = testapi_name(m, callee);
    *api = name ? api_find(name) : NULL;
    if (!*api || *each != ((*flags & TEST_EACH) != 0)) return NULL;
    *flags |= (*api)->flags;
    return callee;
}

static bool is_function(const Node *n) { return n->kind == N_ARROW || n->kind == N_FUNCTION; }

static Str *literal_title(const Node *n) {
    if (n->kind == N_STRING) return n->string.value;
    return n->kind == N_TEMPLATE && !n->template.exprs.count ? n->template.parts[0].cooked : NULL;
}

static TestMark *mark_new(Emitter *m, Node *fn, u32 row, bool suite) {
    TestMark *mark = ARENA_NEW(m->arena, TestMark);
    mark->row = row;
    mark->suite = suite;
    fn->function.user = mark;
    return mark;
}

void testapi_list(Emitter *m, Node *stmt, u32 parent) {
    if (stmt->kind != N_EXPR || stmt->unary.arg->kind != N_CALL) return;
    Node *call = stmt->unary.arg;
    const struct ApiName *api;
    u32 flags;
    bool each;
    Node *root = api_root(m, call->call.callee, &flags, &each, &api);
    if (!root || !api->lists || !call->call.args.count || has_spread(&call->call.args)) return;
    Str *title = literal_title(call->call.args.items[0]);
    if (!title) return;
    DxtTest row = {.name = module_string(m, title), .parent = parent, .flags = flags, .func = DXT_NONE, .offset = call->start};
    ast_position(m->ast, row.offset, &row.line, &row.column);
    Node *fn = NULL;
    for (u32 i = 1; i < call->call.args.count; i++) {
        Node *a = call->call.args.items[i];
        if (is_function(a)) fn = a;
        if (a->kind == N_NUMBER) row.timeout_ms = (u32)a->number.value;
    }
    if (!fn && !(flags & (TEST_TODO | TEST_SKIP))) return;
    u32 index = (u32)(m->tests.len / sizeof row);
    buf_put(&m->tests, &row, sizeof row);
    if (fn) mark_new(m, fn, index, (flags & TEST_SUITE) && !each);
    root->extra |= REF_LISTED;
    if (each) m->out->flags |= MODF_DYNAMIC_TESTS;
}

void testapi_mark_callbacks(Emitter *m, Node *call) {
    const struct ApiName *api;
    u32 flags;
    bool each;
    Node *root = api_root(m, call->call.callee, &flags, &each, &api);
    if (!root) return;
    m->out->flags |= MODF_USES_TEST_API;
    if (str_equals(root->ident.name, "expect")) return;
    for (u32 i = 0; i < call->call.args.count; i++) {
        Node *a = call->call.args.items[i];
        if (is_function(a) && !a->function.user) mark_new(m, a, DXT_NONE, false);
    }
}
