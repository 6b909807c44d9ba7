// SPDX-License-Identifier: MIT
// Helpers over the finished tree: names of kinds and operators, positions, and the S-expression dump.
#include "compiler/read/ast.h"

static const char *const kind_names[N_KIND_COUNT] = {
#define NODE(kind, member, name) [N_##kind] = name,
#include "compiler/read/ast.def"
#undef NODE
};

static const char *const op_texts[OP_COUNT] = {
    [OP_NONE] = "", [OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/", [OP_MOD] = "%", [OP_EXP] = "**",
    [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_USHR] = ">>>", [OP_BIT_AND] = "&", [OP_BIT_OR] = "|", [OP_BIT_XOR] = "^",
    [OP_EQ] = "==", [OP_NE] = "!=", [OP_SEQ] = "===", [OP_SNE] = "!==", [OP_LT] = "<", [OP_GT] = ">", [OP_LE] = "<=",
    [OP_GE] = ">=", [OP_IN] = "in", [OP_INSTANCEOF] = "instanceof", [OP_AND] = "&&", [OP_OR] = "||", [OP_NULLISH] = "??",
    [OP_PLUS] = "+", [OP_MINUS] = "-", [OP_NOT] = "!", [OP_BIT_NOT] = "~", [OP_TYPEOF] = "typeof", [OP_VOID] = "void",
    [OP_DELETE] = "delete", [OP_INC] = "++", [OP_DEC] = "--",
};

const char *node_kind_name(NodeKind kind) { return kind_names[kind]; }
const char *op_text(Op op) { return op_texts[op]; }

void ast_position(const Ast *ast, u32 offset, u32 *line, u32 *column) {
    u32 low = 0, high = ast->line_count;
    while (high - low > 1) {
        u32 mid = (low + high) / 2;
        if (ast->line_starts[mid] <= offset) low = mid;
        else high = mid;
    }
    u32 units = 0;
    for (u32 i = ast->line_starts[low]; i < offset && i < ast->text_len; i++) {
        u8 c = (u8)ast->text[i];
        if ((c & 0xc0) != 0x80) units += c >= 0xf0 ? 2 : 1;
    }
    *line = low + 1;
    *column = units + 1;
}

// Dump --------------------------------------------------------------------------------------------------------------

// The indentation of a child; its top bit asks for ranges.
enum { RANGES = 1 << 30 };
static void dump(Buf *b, const Node *n, u32 indent);

static void put_str(Buf *b, const Str *s) {
    if (!s) {
        buf_str(b, "nil");
        return;
    }
    buf_u8(b, '"');
    for (u32 i = 0; i < s->len; i++) {
        u8 c = (u8)s->data[i];
        if (c == '"' || c == '\\') buf_printf(b, "\\%c", c);
        else if (c < ' ' || c == 0x7f) buf_printf(b, "\\x%02x", c);
        else buf_u8(b, c);
    }
    buf_u8(b, '"');
}

static void newline(Buf *b, u32 indent) {
    buf_u8(b, '\n');
    for (u32 i = 0; i < (indent & ~(u32)RANGES); i++) buf_str(b, "  ");
}

static void put_child(Buf *b, const Node *n, u32 indent) {
    newline(b, indent);
    dump(b, n, indent);
}

static void put_list(Buf *b, const NodeList *l, u32 indent) {
    for (u32 i = 0; i < l->count; i++) put_child(b, l->items[i], indent);
}

// A list with a name, when it has items.
static void put_named(Buf *b, const char *name, const NodeList *l, u32 indent) {
    if (!l->count) return;
    newline(b, indent);
    buf_printf(b, "(%s", name);
    put_list(b, l, indent + 1);
    buf_u8(b, ')');
}

static void put_flags(Buf *b, const Node *n) {
    static const char *const words[16] = {"paren", "optional", "prefix", "b3", "b4", "b5", "directive", "await", "static", "trailing",
                                          "declare", "abstract", "const", "definite", "readonly", "asserted"};
    for (u32 i = 0; i < 16; i++) {
        if (!(n->flags >> i & 1)) continue;
        const char *w = words[i];
        if (i == 3) w = n->kind == N_STRING ? NULL : "computed";
        if (i == 4) w = n->kind == N_CALL ? "direct-eval" : "shorthand";
        if (i == 5) w = n->kind == N_PARAM ? "rest" : "proto";
        if (i == 9) w = NULL;
        bool import = n->kind == N_IMPORT || n->kind == N_IMPORT_CALL;
        if (import && i <= 2) w = i == 1 ? "defer" : "source";
        if (i == 12 && n->kind != N_TS_ENUM) w = "type-only";
        if (i == 15 && n->kind == N_IMPORT) w = "bare";
        if (i == 15 && (n->kind == N_CLASS_MEMBER || n->kind == N_PARAM)) w = "access";
        if (w) buf_printf(b, " :%s", w);
    }
}

static void put_fn_flags(Buf *b, u32 f) {
    static const char *const words[] = {"arrow", "async", "generator", "method", "getter", "setter", "class-ctor", "derived", "strict",
                                        "simple", "expr-body", "use-strict", "dup-params", "no-body", "static", NULL, "this",
                                        "arguments", "super-property", "super-call", "new-target", "direct-eval", "inner-eval",
                                        "has-await", "has-yield", "has-with"};
    for (u32 i = 0; i < DX_COUNTOF(words); i++)
        if (f >> i & 1 && words[i]) buf_printf(b, " +%s", words[i]);
}

static void dump_function(Buf *b, const Node *n, u32 i) {
    put_fn_flags(b, n->function.flags);
    buf_printf(b, " length=%u", n->function.length);
    if (n->function.name) put_child(b, n->function.name, i);
    put_named(b, "params", &n->function.params, i);
    put_named(b, "body", &n->function.body, i);
}

static void dump_module_node(Buf *b, const Node *n, u32 i) {
    switch (n->kind) {
    case N_IMPORT: buf_u8(b, ' '); put_str(b, n->import.source); put_list(b, &n->import.specs, i); put_named(b, "with", &n->import.attrs, i); break;
    case N_IMPORT_SPEC: buf_u8(b, ' '); put_str(b, n->import_spec.imported); put_child(b, n->import_spec.local, i); break;
    case N_EXPORT_NAMED: buf_u8(b, ' '); put_str(b, n->export_named.source); put_list(b, &n->export_named.specs, i); break;
    case N_EXPORT_SPEC: buf_u8(b, ' '); put_str(b, n->export_spec.exported); put_child(b, n->export_spec.local, i); break;
    case N_EXPORT_ALL: buf_u8(b, ' '); put_str(b, n->export_all.exported); buf_u8(b, ' '); put_str(b, n->export_all.source); break;
    case N_IMPORT_ATTR: buf_u8(b, ' '); put_str(b, n->import_attr.key); buf_u8(b, ' '); put_str(b, n->import_attr.value); break;
    case N_TS_ENUM: put_child(b, n->ts_enum.name, i); put_list(b, &n->ts_enum.members, i); break;
    case N_TS_MODULE: put_child(b, n->ts_module.name, i); put_list(b, &n->ts_module.body, i); break;
    case N_TS_IMPORT_EQUALS:
        put_child(b, n->ts_import_equals.name, i);
        if (n->ts_import_equals.entity) put_child(b, n->ts_import_equals.entity, i);
        else buf_u8(b, ' '), put_str(b, n->ts_import_equals.require);
        break;
    default: break;
    }
}

static void dump_statement(Buf *b, const Node *n, u32 i) {
    static const char *const var_kinds[] = {"var", "let", "const", "using", "await-using"};
    switch (n->kind) {
    case N_BLOCK: put_list(b, &n->block.stmts, i); break;
    case N_VAR: buf_printf(b, " %s", var_kinds[n->extra]); put_list(b, &n->var.decls, i); break;
    case N_DECLARATOR:
        put_child(b, n->declarator.target, i);
        if (n->declarator.init) put_child(b, n->declarator.init, i);
        break;
    case N_FOR:
        put_child(b, n->for_.init, i); put_child(b, n->for_.test, i); put_child(b, n->for_.update, i); put_child(b, n->for_.body, i);
        break;
    case N_FOR_IN: case N_FOR_OF:
        put_child(b, n->for_each.left, i); put_child(b, n->for_each.right, i); put_child(b, n->for_each.body, i);
        break;
    case N_WHILE: case N_DO_WHILE: put_child(b, n->loop.test, i); put_child(b, n->loop.body, i); break;
    case N_BREAK: case N_CONTINUE:
        if (n->jump.label) buf_u8(b, ' '), put_str(b, n->jump.label);
        if (n->jump.target) buf_printf(b, " ->%s", kind_names[n->jump.target->kind]);
        break;
    case N_TRY:
        put_child(b, n->try_.block, i); put_child(b, n->try_.handler, i); put_child(b, n->try_.finalizer, i);
        break;
    case N_CATCH: put_child(b, n->catch_.param, i); put_child(b, n->catch_.body, i); break;
    case N_SWITCH: put_child(b, n->switch_.value, i); put_list(b, &n->switch_.cases, i); break;
    case N_CASE: put_child(b, n->case_.test, i); put_list(b, &n->case_.body, i); break;
    case N_LABELED: buf_u8(b, ' '); put_str(b, n->labeled.label); put_child(b, n->labeled.body, i); break;
    case N_WITH: put_child(b, n->with.object, i); put_child(b, n->with.body, i); break;
    case N_CLASS_MEMBER: {
        static const char *const kinds[] = {"method", "getter", "setter", "constructor", "field", "accessor", "static-block"};
        buf_printf(b, " %s", kinds[n->extra]);
        put_named(b, "decorators", &n->member_def.decorators, i);
        if (n->member_def.key) put_child(b, n->member_def.key, i);
        if (n->member_def.value) put_child(b, n->member_def.value, i);
        break;
    }
    default: dump_module_node(b, n, i); break;
    }
}

static void dump_template(Buf *b, const Node *n, u32 i) {
    for (u32 k = 0; k <= n->template.exprs.count; k++) {
        newline(b, i);
        put_str(b, n->template.parts[k].cooked);
        if (n->template.parts[k].raw != n->template.parts[k].cooked) buf_str(b, " raw="), put_str(b, n->template.parts[k].raw);
        if (k < n->template.exprs.count) put_child(b, n->template.exprs.items[k], i);
    }
}

static void dump_fields(Buf *b, const Node *n, u32 i) {
    switch (n->kind) {
    case N_IDENT: buf_printf(b, " %s", n->ident.name->data); break;
    case N_NUMBER: buf_printf(b, " %.17g", n->number.value); break;
    case N_STRING: case N_BIGINT: case N_PRIVATE_NAME: case N_JSX_TEXT: buf_u8(b, ' '); put_str(b, n->string.value); break;
    case N_REGEXP: buf_u8(b, ' '); put_str(b, n->regexp.pattern); buf_u8(b, ' '); put_str(b, n->regexp.flags); break;
    case N_TEMPLATE: dump_template(b, n, i); break;
    case N_TAGGED_TEMPLATE: put_child(b, n->tagged.tag, i); put_child(b, n->tagged.quasi, i); break;
    case N_ARRAY: case N_OBJECT: case N_SEQUENCE: case N_ARRAY_PATTERN: case N_OBJECT_PATTERN: put_list(b, &n->list.items, i); break;
    case N_PROPERTY: {
        static const char *const kinds[] = {"", " method", " getter", " setter"};
        buf_str(b, kinds[n->extra & 3]);
        put_child(b, n->property.key, i);
        put_child(b, n->property.value, i);
        break;
    }
    case N_TS_ENUM_MEMBER: put_child(b, n->property.key, i); put_child(b, n->property.value, i); break;
    case N_UNARY: case N_UPDATE: buf_printf(b, " %s", op_texts[n->extra]); put_child(b, n->unary.arg, i); break;
    case N_SPREAD: case N_CHAIN: case N_YIELD: case N_YIELD_STAR: case N_AWAIT: case N_REST: case N_JSX_EXPR: case N_EXPR: case N_RETURN:
    case N_THROW: case N_EXPORT_DECL: case N_EXPORT_DEFAULT: case N_TS_EXPORT_ASSIGN:
        if (n->unary.arg) put_child(b, n->unary.arg, i);
        break;
    case N_BINARY: case N_LOGICAL: case N_ASSIGN: buf_printf(b, " %s", n->kind == N_ASSIGN && !n->extra ? "=" : op_texts[n->extra]); // fall through
    case N_INDEX: case N_ASSIGN_PATTERN: put_child(b, n->binary.left, i); put_child(b, n->binary.right, i); break;
    case N_CONDITIONAL: case N_IF:
        put_child(b, n->conditional.test, i); put_child(b, n->conditional.yes, i);
        if (n->conditional.no) put_child(b, n->conditional.no, i);
        break;
    case N_CALL: case N_NEW: case N_IMPORT_CALL:
        if (n->call.callee) put_child(b, n->call.callee, i);
        put_list(b, &n->call.args, i);
        break;
    case N_MEMBER: case N_PRIVATE_MEMBER: case N_PRIVATE_IN:
        buf_printf(b, " %s", n->member.name->data);
        put_child(b, n->member.object, i);
        break;
    case N_FUNCTION: case N_ARROW: case N_FUNCTION_DECL: dump_function(b, n, i); break;
    case N_CLASS: case N_CLASS_DECL:
        if (n->class_.name) put_child(b, n->class_.name, i);
        if (n->class_.super) put_child(b, n->class_.super, i);
        put_named(b, "decorators", &n->class_.decorators, i);
        put_list(b, &n->class_.members, i);
        break;
    case N_PARAM:
        put_named(b, "decorators", &n->param.decorators, i);
        put_child(b, n->param.target, i);
        if (n->param.init) put_child(b, n->param.init, i);
        break;
    case N_JSX_ELEMENT:
        put_child(b, n->jsx.tag, i);
        put_named(b, "attrs", &n->jsx.attrs, i);
        put_named(b, "children", &n->jsx.children, i);
        break;
    case N_JSX_ATTR:
        buf_printf(b, " %s", n->jsx_attr.name->data);
        if (n->jsx_attr.value) put_child(b, n->jsx_attr.value, i);
        break;
    default: dump_statement(b, n, i); break;
    }
}

static void dump(Buf *b, const Node *n, u32 indent) {
    if (!n) {
        buf_str(b, "nil");
        return;
    }
    buf_printf(b, "(%s", kind_names[n->kind]);
    if (indent & RANGES) buf_printf(b, "@%u-%u", n->start, n->end);
    put_flags(b, n);
    dump_fields(b, n, indent + 1);
    buf_u8(b, ')');
}

void ast_dump(const Ast *ast, Buf *out, bool ranges) {
    buf_printf(out, "(%s", ast->is_module ? "module" : "script");
    put_fn_flags(out, ast->fn_flags);
    put_list(out, &ast->body, 1 | (ranges ? RANGES : 0));
    buf_str(out, ")\n");
}
