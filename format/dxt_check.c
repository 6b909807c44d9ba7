// SPDX-License-Identifier: MIT
// Rows of a module image: every index, flag, string cell, constant and data row that is not bytecode. After
// this pass all tables can be used without further range checks. Instructions are verify.c's.
#include "format/container.h"

#include "format/regexp/regexp.h"

#define REQUEST_FLAGS (REQ_STATIC | REQ_REQUIRE | REQ_DYNAMIC | REQ_BUILTIN | REQ_LAX)
#define TEST_FLAGS 127u
#define FUNC_FLAGS ((1u << 19) - 1)
#define MODULE_FLAGS 31u
#define SCOPE_NAME_FLAGS 31u
#define SCOPE_FLAGS 511u

typedef struct Checker {
    const DxtModule *m;
    u32 form, module_count;
    DxtFault *fault;
} Checker;

static bool string_ok(const DxtModule *m, u32 i) { return i < m->string_count; }
static bool string_or_none(const DxtModule *m, u32 i) { return i < m->string_count || i == DXT_NONE; }

// The fault's offset for rows: byte offset within the section.
#define ROW_FAULT(rule, rows, i, ...) \
    dxt_fault(c->fault, RULE_##rule, DXT_NONE, (u64)(i) * sizeof(rows)[0], __VA_ARGS__)

DxtStatus dxt_check_strings(const u8 *cells, u64 len, const u32 *off, u32 count, DxtFault *fault) {
    u64 at = 0;
    u32 rule;
    for (u32 i = 0; i < count; i++) {
        if (off[i] != at || at >= len)
            return FAULT(STRING_PLACE, at, "string %u is at %u", i, off[i]);
        u32 bytes = strcell_check(cells + at, len - at, &rule);
        if (!bytes)
            return dxt_fault(fault, rule, DXT_NONE, at, "string %u", i);
        at += bytes;
    }
    return at == len ? DXT_OK : FAULT(STRING_PLACE, at, "bytes behind the last string");
}

static bool bigint_ok(const String *s) {
    if (s->cell.flags & STR_UTF16)
        return false;
    const u8 *p = s->u.latin1;
    u32 n = s->length;
    bool minus = n && p[0] == '-';
    p += minus, n -= minus;
    if (!n || (p[0] == '0' && (n > 1 || minus)))
        return false;
    for (u32 i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
    }
    return true;
}

static DxtStatus check_regexp(Checker *c, u32 i) {
    const DxtModule *m = c->m;
    const DxtConst *k = &m->consts[i];
    u32 len;
    if (!string_ok(m, (u32)k->bits) || !string_ok(m, (u32)(k->bits >> 32)))
        return ROW_FAULT(CONST_STRING, m->consts, i, "constant %u", i);
    if (k->aux == DXT_NONE)
        return DXT_OK;
    if ((k->aux & 3) || (u64)k->aux + 4 > m->data_len)
        return ROW_FAULT(CONST_REGEXP, m->consts, i, "constant %u has its program at %u", i, k->aux);
    memcpy(&len, m->data + k->aux, 4);
    if ((u64)k->aux + 4 + len > m->data_len)
        return ROW_FAULT(CONST_REGEXP, m->consts, i, "constant %u has a program of %u bytes", i, len);
    if (!rx_verify(m->data + k->aux + 4, len))
        return ROW_FAULT(REGEXP_PROGRAM, m->consts, i, "constant %u", i);
    return DXT_OK;
}

static DxtStatus check_template(Checker *c, u32 i) {
    const DxtModule *m = c->m;
    u64 at = m->consts[i].bits;
    u32 n, pair[2];
    if ((at & 3) || at >= m->data_len || at + 4 > m->data_len)
        return ROW_FAULT(CONST_TEMPLATE, m->consts, i, "constant %u", i);
    memcpy(&n, m->data + at, 4);
    if (!n || at + 4 + (u64)n * 8 > m->data_len)
        return ROW_FAULT(CONST_TEMPLATE, m->consts, i, "constant %u has %u parts", i, n);
    for (u32 j = 0; j < n; j++) {
        memcpy(pair, m->data + at + 4 + (u64)j * 8, 8);
        if (!string_or_none(m, pair[0]) || !string_ok(m, pair[1]))
            return ROW_FAULT(CONST_TEMPLATE, m->consts, i, "constant %u, part %u", i, j);
    }
    return DXT_OK;
}

static DxtStatus check_consts(Checker *c) {
    const DxtModule *m = c->m;
    u64 template_work = 0, regexp_work = 0; // many constants may share one row: bound what reading them costs
    for (u32 i = 0; i < m->const_count; i++) {
        const DxtConst *k = &m->consts[i];
        DxtStatus s = DXT_OK;
        if (k->aux && k->kind != DXT_CONST_REGEXP)
            return ROW_FAULT(CONST_KIND, m->consts, i, "constant %u has aux %u", i, k->aux);
        switch (k->kind) {
        case DXT_CONST_F64:
            if ((k->bits & 0x7FFFFFFFFFFFFFFFull) > 0x7FF0000000000000ull && k->bits != 0x7FF8000000000000ull)
                return ROW_FAULT(CONST_NAN, m->consts, i, "constant %u", i);
            break;
        case DXT_CONST_I32:
            if (k->bits != (u64)(i64)(i32)(u32)k->bits)
                return ROW_FAULT(CONST_INT, m->consts, i, "constant %u", i);
            break;
        case DXT_CONST_STRING:
        case DXT_CONST_BIGINT:
            if (k->bits >= m->string_count)
                return ROW_FAULT(CONST_STRING, m->consts, i, "constant %u", i);
            if (k->kind == DXT_CONST_BIGINT && !bigint_ok(dxt_string(m, (u32)k->bits)))
                return ROW_FAULT(CONST_BIGINT, m->consts, i, "constant %u", i);
            break;
        case DXT_CONST_REGEXP:
            s = check_regexp(c, i);
            if (!s && k->aux != DXT_NONE)
                regexp_work += op_u32(m->data + k->aux);
            break;
        case DXT_CONST_TEMPLATE:
            s = check_template(c, i);
            if (!s)
                template_work += op_u32(m->data + k->bits);
            break;
        default:
            return ROW_FAULT(CONST_KIND, m->consts, i, "constant %u has kind %u", i, k->kind);
        }
        if (s)
            return s;
        if (template_work * 8 + regexp_work > (u64)m->data_len * 4 + 4096)
            return ROW_FAULT(SIZE_LIMIT, m->consts, i, "constants share rows of DATA too often");
    }
    return DXT_OK;
}

static DxtStatus check_funcs(Checker *c) {
    const DxtModule *m = c->m;
    u64 code = 0, handlers = 0, pos = 0;
    for (u32 i = 0; i < m->func_count; i++) {
        const DxtFunc *f = &m->funcs[i];
        bool no_ctor = f->flags & (FUNC_ASYNC | FUNC_GENERATOR | FUNC_ARROW);
        if (no_ctor && (!(f->flags & FUNC_NO_CTOR) || (f->flags & FUNC_CLASS_CTOR)))
            return ROW_FAULT(FUNC_FIELDS, m->funcs, i,
                             "function %u is a constructor and also async, a generator or an arrow", i);
        if (!string_ok(m, f->name) || (f->flags & ~FUNC_FLAGS) ||
            (f->parent >= m->func_count && f->parent != DXT_NONE) || f->parent == i)
            return ROW_FAULT(FUNC_FIELDS, m->funcs, i, "function %u", i);
        if (f->code_off != code || !f->code_len || code + f->code_len > m->code_len)
            return ROW_FAULT(FUNC_CODE, m->funcs, i, "function %u", i);
        if (f->handler_first != handlers || handlers + f->handler_count > m->handler_count)
            return ROW_FAULT(FUNC_HANDLERS, m->funcs, i, "function %u", i);
        if ((u32)f->nparams + f->nlocals > DXT_SLOT_LIMIT)
            return ROW_FAULT(FUNC_SLOTS, m->funcs, i, "function %u", i);
        if (f->src_start > f->src_end || f->src_end > m->source_len || f->pos_first != pos ||
            pos + f->pos_count > m->pos_count)
            return ROW_FAULT(FUNC_SOURCE, m->funcs, i, "function %u", i);
        if (f->reserved[0] | f->reserved[1] | f->reserved[2])
            return ROW_FAULT(ROW_RESERVED, m->funcs, i, "function %u", i);
        code += f->code_len, handlers += f->handler_count, pos += f->pos_count;
    }
    if (code != m->code_len)
        return ROW_FAULT(FUNC_CODE, m->funcs, m->func_count, "code behind the last function");
    if (handlers != m->handler_count)
        return ROW_FAULT(FUNC_HANDLERS, m->funcs, m->func_count, "handlers behind the last function's");
    if (pos != m->pos_count)
        return ROW_FAULT(FUNC_SOURCE, m->funcs, m->func_count, "positions behind the last function's");
    return DXT_OK;
}

static DxtStatus check_linkage(Checker *c) {
    const DxtModule *m = c->m;
    for (u32 i = 0; i < m->request_count; i++) {
        const DxtRequest *r = &m->requests[i];
        bool module_ok = r->module == DXT_NONE || (c->form == DXT_FORM_LINKED && r->module < c->module_count);
        if (!string_ok(m, r->specifier) || !string_or_none(m, r->attributes) || (r->flags & ~REQUEST_FLAGS) ||
            !module_ok)
            return ROW_FAULT(REQUEST_ROW, m->requests, i, "request %u", i);
    }
    for (u32 i = 0; i < m->import_count; i++) {
        if (m->imports[i].request >= m->request_count || !string_or_none(m, m->imports[i].name))
            return ROW_FAULT(IMPORT_ROW, m->imports, i, "import %u", i);
    }
    for (u32 i = 0; i < m->export_count; i++) {
        const DxtExport *e = &m->exports[i];
        bool ok = e->kind <= 3 && (e->kind == 2 ? e->name == DXT_NONE : string_ok(m, e->name));
        ok = ok && e->slot_or_request < (e->kind == 0 ? m->env_slots : m->request_count);
        ok = ok &&
             (e->kind == 1 ? string_ok(m, e->import_name) : e->import_name == DXT_NONE || !e->import_name);
        if (!ok)
            return ROW_FAULT(EXPORT_ROW, m->exports, i, "export %u", i);
    }
    return DXT_OK;
}

static DxtStatus check_scopes(Checker *c) {
    const DxtModule *m = c->m;
    for (u32 i = 0; i < m->scope_count; i++) {
        const DxtScope *s = &m->scopes[i];
        if ((u64)s->first_name + s->count > m->scope_name_count || (s->flags & ~SCOPE_FLAGS) ||
            (s->parent >= i && s->parent != DXT_NONE))
            return ROW_FAULT(SCOPE_ROW, m->scopes, i, "scope %u", i);
    }
    for (u32 i = 0; i < m->scope_name_count; i++) {
        const DxtScopeName *n = &m->scope_names[i];
        bool import_ok = n->flags & SCOPE_NAME_IMPORT && n->flags >> SCOPE_NAME_ROW < m->import_count;
        u32 known = import_ok ? UINT32_MAX << SCOPE_NAME_ROW | SCOPE_NAME_FLAGS : SCOPE_NAME_FLAGS & ~SCOPE_NAME_IMPORT;
        if (!string_ok(m, n->name) || n->flags & ~known)
            return ROW_FAULT(SCOPE_NAME, m->scope_names, i, "scope name %u", i);
    }
    return DXT_OK;
}

static DxtStatus check_tests(Checker *c) {
    const DxtModule *m = c->m;
    for (u32 i = 0; i < m->site_count; i++) {
        const DxtSite *s = &m->sites[i];
        if (!string_ok(m, s->matcher) || s->func >= m->func_count || s->offset > m->source_len ||
            (s->flags & ~(u32)(SITE_NOT | SITE_MESSAGE | SITE_GLOBAL)))
            return ROW_FAULT(SITE_ROW, m->sites, i, "site %u", i);
    }
    for (u32 i = 0; i < m->test_count; i++) {
        const DxtTest *t = &m->tests[i];
        bool parent = t->parent == DXT_NONE || (t->parent < i && (m->tests[t->parent].flags & TEST_SUITE));
        if (!string_ok(m, t->name) || !parent || (t->flags & ~TEST_FLAGS) ||
            (t->func >= m->func_count && t->func != DXT_NONE) || t->offset > m->source_len)
            return ROW_FAULT(TEST_ROW, m->tests, i, "test %u", i);
    }
    return DXT_OK;
}

static DxtStatus check_scalars(Checker *c) {
    const DxtModule *m = c->m;
    DxtFault *fault = c->fault;
    if (m->kind < MODULE_ESM || m->kind > MODULE_TEXT || (m->flags & ~MODULE_FLAGS) || m->dialect > 4 ||
        m->env_slots > (m->kind == MODULE_ESM ? 65535u : 0)) // other bodies capture nothing
        return FAULT(MODULE_SCALARS, 32, "kind %u, flags %u, dialect %u, %u slots", m->kind, m->flags,
                     m->dialect, m->env_slots);
    if (m->main_func >= m->func_count || (m->init_func >= m->func_count && m->init_func != DXT_NONE))
        return FAULT(MODULE_SCALARS, 40, "main function %u, init function %u of %u", m->main_func,
                     m->init_func, m->func_count);
    u32 body = m->funcs[m->main_func].flags,
        init = m->init_func == DXT_NONE ? 0 : m->funcs[m->init_func].flags;
    if ((body & FUNC_GENERATOR) || (init & (FUNC_GENERATOR | FUNC_ASYNC)) ||
        !(body & FUNC_ASYNC) != !(m->flags & MODF_TLA))
        return FAULT(MODULE_SCALARS, 36, "flags 0x%x with a body of flags 0x%x, init 0x%x", m->flags, body,
                     init);
    return DXT_OK;
}

DxtStatus dxt_check_rows(const DxtModule *m, u32 form, u32 module_count, DxtFault *fault) {
    Checker checker = {m, form, module_count, fault}, *c = &checker;
    DxtStatus s = check_scalars(c);
    if (!s)
        s = check_consts(c);
    if (!s)
        s = check_funcs(c);
    if (!s)
        s = check_linkage(c);
    if (!s)
        s = check_scopes(c);
    return s ? s : check_tests(c);
}
