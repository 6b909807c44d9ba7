// SPDX-License-Identifier: MIT
// How errors name the expression that failed: as V8's CallPrinter does, from the source of the expression. Values have no names, so what
// is neither a name, a literal nor made of such prints as "(intermediate value)"; arguments of calls as "(...)"; operations in
// parentheses. This is a small reader of expressions over text that is known to have been compiled: it checks nothing, and gives up
// (false) where it does not understand. TypeScript's `as`, `satisfies`, `!` and type arguments are stepped over.
#include "vm/exec/callsite.h"

#include "format/base/numtext.h"
#include "format/opcodes.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_DEPTH = 60 };

typedef enum Kind { PLAIN, NUMBER, TRUTH, CALL, NEW, OPERATION } Kind;

typedef struct Item { // an expression just printed
    Kind kind;
    size_t start;     // where it begins in the output
    size_t callee;    // CALL: where its callee ends
    f64 number;       // NUMBER; TRUTH: a literal that is true or false
    const char *op;   // OPERATION
    bool optional;    // a whole chain with `?.` in it: has no name
} Item;

typedef struct Printer {
    const char *p, *end;
    Buf *out;
    u32 depth;
    bool iterated;    // the expression is what is not iterable: V8 then names what calls call, without arguments
    bool failed;
} Printer;

static const char value[] = "(intermediate value)";

static Item print_sequence(Printer *c);
static Item print_assignment(Printer *c);

// ---- reading text

static void skip_space(Printer *c) {
    while (c->p < c->end) {
        if ((u8)*c->p <= ' ') {
            c->p++;
        } else if (c->end - c->p > 1 && c->p[0] == '/' && c->p[1] == '/') {
            while (c->p < c->end && *c->p != '\n') c->p++;
        } else if (c->end - c->p > 1 && c->p[0] == '/' && c->p[1] == '*') {
            for (c->p += 2; c->p + 1 < c->end && !(c->p[0] == '*' && c->p[1] == '/');) c->p++;
            c->p = c->p + 2 > c->end ? c->end : c->p + 2;
        } else {
            return;
        }
    }
}

static bool at(Printer *c, const char *text) {
    size_t n = strlen(text);
    return c->end - c->p >= (ptrdiff_t)n && !memcmp(c->p, text, n); // p may stand behind the end
}

static bool take(Printer *c, const char *text) {
    if (!at(c, text)) return false;
    c->p += strlen(text);
    return true;
}

static bool is_name_byte(char b) { return isalnum((u8)b) || b == '_' || b == '$' || b == '#' || (u8)b >= 0x80; }

static size_t word_length(const Printer *c) {
    const char *q = c->p;
    while (q < c->end && is_name_byte(*q)) q++;
    return (size_t)(q - c->p);
}

static bool at_word(Printer *c, const char *word) { return word_length(c) == strlen(word) && at(c, word); }

static void skip_string(Printer *c) { // also a regular expression and the text of a template up to its end
    char quote = *c->p++;
    for (int brackets = 0; c->p < c->end; c->p++) {
        if (*c->p == '\\') c->p++;
        else if (quote == '/' && *c->p == '[') brackets = 1;
        else if (quote == '/' && *c->p == ']') brackets = 0;
        else if (*c->p == quote && !brackets) break;
    }
    if (c->p < c->end) c->p++;
    else c->failed = true;
}

static void skip_brackets(Printer *c);

static void skip_template(Printer *c) {
    for (c->p++; c->p < c->end && *c->p != '`';) {
        if (*c->p == '\\') c->p += 2;
        else if (at(c, "${")) c->p++, skip_brackets(c);
        else c->p++;
    }
    if (c->p < c->end) c->p++;
    else c->failed = true;
}

// Steps over one token or bracketed group; `last` is the last byte of what stood before: behind a value `/` divides.
static void skip_token(Printer *c, char last) {
    char b = *c->p;
    if (b == '(' || b == '[' || b == '{') skip_brackets(c);
    else if (b == '\'' || b == '"') skip_string(c);
    else if (b == '`') skip_template(c);
    else if (b == '/' && !(is_name_byte(last) || last == ')' || last == ']' || last == '}')) skip_string(c);
    else c->p++;
}

static void skip_brackets(Printer *c) {
    char close = *c->p == '(' ? ')' : *c->p == '[' ? ']' : '}', last = '(';
    if (++c->depth > MAX_DEPTH) c->failed = true;
    for (c->p++; c->p < c->end && *c->p != close && !c->failed;) {
        skip_space(c);
        if (c->p >= c->end || *c->p == close) break;
        skip_token(c, last);
        last = c->p[-1];
    }
    c->depth--;
    if (c->p < c->end) c->p++;
    else c->failed = true;
}

// ---- writing

static void put(Printer *c, const char *text) { buf_str(c->out, text); }

static Item item(Printer *c, Kind kind) { return (Item){.kind = kind, .start = c->out->len}; }

// What V8's Find(node, print) does with a part of a larger expression.
static void settle(Printer *c, const Item *part, bool print) {
    if (!print || part->optional || (part->kind == NEW && !c->iterated)) c->out->len = part->start;
    if (c->out->len == part->start) put(c, value);
}

static void insert(Printer *c, size_t where, const char *text) {
    size_t n = strlen(text), tail = c->out->len - where;
    put(c, text);
    memmove(c->out->data + where + n, c->out->data + where, tail);
    memcpy(c->out->data + where, text, n);
}

static void put_number(Printer *c, Item *of, f64 v) {
    char text[NUM_TEXT_MAX];
    c->out->len = of->start;
    of->kind = NUMBER;
    of->number = v;
    buf_put(c->out, text, num_to_text(v, text));
}

static void put_truth(Printer *c, Item *of, bool v) {
    c->out->len = of->start;
    of->kind = TRUTH;
    of->number = v;
    put(c, v ? "true" : "false");
}

// ---- literals

static void print_quoted(Printer *c, const char *from, const char *to) { // escapes other than of one letter stay as written
    for (const char *q = from; q < to; q++) {
        if (*q == '\\' && q + 1 < to) {
            q++;
            const char *plain = "nrtbfv0", *meant = "\n\r\t\b\f\v";
            const char *found = strchr(plain, *q);
            if (*q == '\n') continue;
            if (*q == 'u' || *q == 'x' || *q == '0') buf_u8(c->out, '\\');
            buf_u8(c->out, found && *q != '0' ? (u8)meant[found - plain] : (u8)*q);
        } else {
            buf_u8(c->out, (u8)*q);
        }
    }
}

static Item print_string(Printer *c) {
    Item r = item(c, PLAIN);
    const char *from = c->p + 1;
    skip_string(c);
    put(c, "\"");
    print_quoted(c, from, c->p - 1);
    put(c, "\"");
    return r;
}

static Item print_template(Printer *c) {
    Item r = item(c, PLAIN);
    const char *from = ++c->p;
    bool parts = false;
    while (c->p < c->end && *c->p != '`' && !c->failed) {
        if (*c->p == '\\') {
            c->p += 2;
        } else if (take(c, "${")) {
            parts = true;
            Item part = print_sequence(c);
            settle(c, &part, true);
            skip_space(c);
            if (!take(c, "}")) c->failed = true;
        } else {
            c->p++;
        }
    }
    if (!parts) {
        put(c, "\"");
        print_quoted(c, from, c->p);
        put(c, "\"");
    }
    if (!take(c, "`")) c->failed = true;
    return r;
}

static Item print_numeric(Printer *c) {
    Item r = item(c, PLAIN);
    char text[400];
    size_t n = 0;
    bool radix = c->end - c->p > 1 && *c->p == '0' && strchr("xXoObB", c->p[1]), point = radix;
    while (c->p < c->end && n < sizeof text - 1) {
        char b = *c->p;
        bool exponent = n && (text[n - 1] | 32) == 'e' && !radix, letter = radix ? isalnum((u8)b) : (b | 32) == 'e' || b == 'n';
        if (!isdigit((u8)b) && b != '_' && !letter && !(b == '.' && !point) && !((b == '+' || b == '-') && exponent)) break;
        point |= b == '.' || letter || radix; // none may follow
        if (b != '_') text[n++] = b;
        c->p++;
    }
    text[n] = 0;
    if (n && text[n - 1] == 'n') return r; // V8 has no text for BigInts
    f64 v = n > 1 && (text[1] | 32) == 'o' ? (f64)strtoull(text + 2, NULL, 8) : n > 1 && (text[1] | 32) == 'b' ? (f64)strtoull(text + 2, NULL, 2) : strtod(text, NULL);
    put_number(c, &r, v);
    return r;
}

static void print_element(Printer *c) {
    skip_space(c);
    if (c->p < c->end && (*c->p == ',' || *c->p == ']')) {
        put(c, value); // a hole
        return;
    }
    bool spread = take(c, "...");
    if (spread) put(c, "(...");
    Item part = print_assignment(c);
    settle(c, &part, true);
    if (spread) put(c, ")");
}

static Item print_array(Printer *c) {
    Item r = item(c, PLAIN);
    put(c, "[");
    c->p++;
    for (bool first = true; skip_space(c), c->p < c->end && *c->p != ']' && !c->failed; first = false) {
        if (!first) put(c, ",");
        print_element(c);
        skip_space(c);
        if (!take(c, ",") && !at(c, "]")) c->failed = true;
    }
    if (!take(c, "]")) c->failed = true;
    put(c, "]");
    return r;
}

// One property, which V8 does not name.
static void print_property(Printer *c) {
    char last = '{';
    while (c->p < c->end && !c->failed && *c->p != ',' && *c->p != '}') {
        skip_token(c, last);
        last = c->p[-1];
        skip_space(c);
    }
    put(c, value);
}

static Item print_object(Printer *c) {
    Item r = item(c, PLAIN);
    put(c, "{");
    c->p++;
    while (skip_space(c), c->p < c->end && *c->p != '}' && !c->failed) {
        print_property(c);
        skip_space(c);
        if (!take(c, ",") && !at(c, "}")) c->failed = true;
    }
    if (!take(c, "}")) c->failed = true;
    put(c, "}");
    return r;
}

// ---- what prints as nothing: functions and classes

static Item skip_function(Printer *c) { // function …(…) {…}, class … {…}
    Item r = item(c, PLAIN);
    while (c->p < c->end && *c->p != '{' && !c->failed) skip_token(c, '(');
    if (c->p < c->end) skip_brackets(c);
    else c->failed = true;
    return r;
}

// Behind `=>`: a block, or an expression that belongs to the arrow function.
static void skip_arrow_body(Printer *c) {
    skip_space(c);
    size_t keep = c->out->len;
    if (at(c, "{")) skip_brackets(c);
    else (void)print_assignment(c);
    c->out->len = keep;
}

static bool arrow_follows(Printer *c) { // at "(": is it the parameters of an arrow function?
    Printer look = *c;
    skip_brackets(&look);
    skip_space(&look);
    if (take(&look, ":")) return true; // a return type
    return at(&look, "=>");
}

// ---- primary expressions and what follows them

static Item print_new(Printer *c);
static Item print_primary(Printer *c);

static Item print_name(Printer *c) {
    Item r = item(c, PLAIN);
    size_t n = word_length(c);
    if (at_word(c, "async")) {
        Printer look = *c;
        look.p += n;
        skip_space(&look);
        bool arrow = (at(&look, "(") && arrow_follows(&look)) || (word_length(&look) && !at_word(&look, "function") && !at_word(&look, "in") && !at_word(&look, "of") && !at_word(&look, "instanceof"));
        if (at_word(&look, "function")) return skip_function(c);
        if (arrow) {
            c->p = look.p;
            return print_primary(c);
        }
    }
    if (at_word(c, "function") || at_word(c, "class")) return skip_function(c);
    if (at_word(c, "true") || at_word(c, "false")) {
        put_truth(c, &r, *c->p == 't');
        c->p += n;
        return r;
    }
    const char *name = c->p;
    c->p += n;
    if (n == 5 && !memcmp(name, "super", 5)) return r;
    Printer look = *c;
    skip_space(&look);
    if (at(&look, "=>")) {
        c->p = look.p + 2;
        skip_arrow_body(c);
        return r;
    }
    buf_put(c->out, name, n);
    if (n == 4 && !memcmp(name, "null", 4)) r.kind = TRUTH;
    return r;
}

static Item print_primary(Printer *c) {
    skip_space(c);
    if (c->p >= c->end) c->failed = true;
    if (c->failed) return item(c, PLAIN);
    char b = *c->p;
    if (b == '"' || b == '\'') return print_string(c);
    if (b == '`') return print_template(c);
    if (isdigit((u8)b) || (b == '.' && c->end - c->p > 1 && isdigit((u8)c->p[1]))) return print_numeric(c);
    if (b == '[') return print_array(c);
    if (b == '{') return print_object(c);
    if (b == '/') {
        Item r = item(c, PLAIN);
        const char *from = c->p;
        skip_string(c);
        c->p += word_length(c);
        buf_put(c->out, from, (size_t)(c->p - from));
        return r;
    }
    if (b == '(') {
        if (arrow_follows(c)) {
            Item r = item(c, PLAIN);
            skip_brackets(c);
            while (c->p < c->end && !at(c, "=>")) c->p++;
            c->p += 2;
            skip_arrow_body(c);
            return r;
        }
        c->p++;
        Item inner = print_sequence(c);
        skip_space(c);
        if (!take(c, ")")) c->failed = true;
        if (inner.optional) c->out->len = inner.start;
        inner.optional = false;
        return inner;
    }
    if (at_word(c, "new")) return print_new(c);
    if (word_length(c)) return print_name(c);
    c->failed = true;
    return item(c, PLAIN);
}

static void print_key(Printer *c, bool optional) { // at "[": .name for a string, else [key]
    c->p++;
    skip_space(c);
    Printer look = *c;
    bool string = look.p < look.end && (*look.p == '"' || *look.p == '\'' || (*look.p == '`' && !memchr(look.p, '$', (size_t)(look.end - look.p))));
    if (string) {
        skip_string(&look);
        skip_space(&look);
        string = at(&look, "]");
    }
    if (string) {
        const char *from = c->p + 1;
        skip_string(c);
        put(c, optional ? "?." : ".");
        print_quoted(c, from, c->p - 1);
    } else {
        put(c, optional ? "?.[" : "[");
        Item key = print_sequence(c);
        settle(c, &key, true);
        put(c, "]");
    }
    skip_space(c);
    if (!take(c, "]")) c->failed = true;
}

static bool skip_type_arguments(Printer *c) { // <…> right before the parenthesis of a call
    Printer look = *c;
    int depth = 0;
    do {
        if (look.p >= look.end || strchr(";=&|+*%!~^", *look.p)) return false;
        depth += *look.p == '<' ? 1 : *look.p == '>' ? -1 : 0;
        if (*look.p == '(' || *look.p == '[' || *look.p == '{') skip_brackets(&look);
        else look.p++;
    } while (depth && !look.failed);
    if (look.failed || !at(&look, "(")) return false;
    c->p = look.p;
    return true;
}

// .name ?.name [key] (arguments) `template` !
static Item print_links(Printer *c, Item of, bool calls) {
    for (bool chain = false;;) {
        const char *before = c->p;
        skip_space(c);
        bool optional = at(c, "?.") && !(c->end - c->p > 2 && isdigit((u8)c->p[2]));
        if (optional) c->p += 2, skip_space(c);
        chain |= optional;
        if (c->p < c->end && *c->p == '<' && calls) (void)skip_type_arguments(c);
        char b = c->p < c->end ? *c->p : 0;
        bool member = optional ? word_length(c) > 0 : b == '.' && !at(c, "...");
        if (member) {
            settle(c, &of, true);
            if (!optional) c->p++;
            skip_space(c);
            put(c, optional ? "?." : ".");
            buf_put(c->out, c->p, word_length(c));
            c->p += word_length(c);
            of.kind = PLAIN;
        } else if (b == '[') {
            settle(c, &of, true);
            print_key(c, optional);
            of.kind = PLAIN;
        } else if ((b == '(' || b == '`') && calls) {
            settle(c, &of, true);
            of.kind = CALL;
            of.callee = c->out->len;
            if (b == '(') skip_brackets(c);
            else skip_template(c);
            if (!c->iterated) put(c, "(...)");
        } else if (b == '!' && !at(c, "!=")) {
            c->p++;
        } else {
            c->p = before;
            of.optional |= chain;
            return of;
        }
        if (c->failed) return of;
    }
}

static Item print_new(Printer *c) {
    Item r = item(c, NEW);
    c->p += 3;
    skip_space(c);
    if (at(c, ".")) { // new.target
        c->p += 1;
        c->p += word_length(c);
        put(c, ".new.target");
        r.kind = PLAIN;
        return r;
    }
    Item callee = print_links(c, print_primary(c), false);
    settle(c, &callee, true);
    skip_space(c);
    if (c->p < c->end && *c->p == '<') (void)skip_type_arguments(c);
    if (at(c, "(")) skip_brackets(c);
    return r;
}

// ---- operators

static Item print_unary(Printer *c) {
    static const char *const words[] = {"typeof", "void", "delete"}, *const signs[] = {"++", "--", "+", "-", "!", "~"};
    skip_space(c);
    const char *op = NULL;
    for (u32 i = 0; i < DX_COUNTOF(words) && !op; i++)
        if (at_word(c, words[i])) op = words[i];
    bool word = op != NULL;
    for (u32 i = 0; i < DX_COUNTOF(signs) && !op; i++)
        if (at(c, signs[i])) op = signs[i];
    if (++c->depth > MAX_DEPTH) c->failed = true;
    Item r = item(c, PLAIN);
    if (c->failed) {
        c->depth--;
        return r;
    }
    bool yields = at_word(c, "yield");
    if (yields || at_word(c, "await")) { // of another value than it shows
        c->p += 5;
        skip_space(c);
        if (take(c, "*")) put(c, "yield* ");
        size_t keep = c->out->len;
        if (c->p < c->end && !strchr(")],;}:", *c->p)) (void)(yields ? print_assignment(c) : print_unary(c));
        c->out->len = keep;
        put(c, value);
        c->depth--;
        return r;
    }
    if (!op) {
        r = print_links(c, print_primary(c), true);
        skip_space(c);
        if (at(c, "++") || at(c, "--")) {
            settle(c, &r, true);
            insert(c, r.start, "(");
            buf_put(c->out, c->p, 2);
            put(c, ")");
            c->p += 2;
            r.kind = PLAIN;
        }
        c->depth--;
        return r;
    }
    c->p += strlen(op);
    Item arg = print_unary(c);
    c->depth--;
    bool number = arg.kind == NUMBER, truth = number || arg.kind == TRUTH;
    arg.start = r.start;
    if (number && !strcmp(op, "-")) put_number(c, &arg, -arg.number);
    else if (number && !strcmp(op, "+")) put_number(c, &arg, arg.number);
    else if (number && !strcmp(op, "~") && fabs(arg.number) < 2147483648.0) put_number(c, &arg, ~(i32)arg.number);
    else if (truth && !strcmp(op, "!")) put_truth(c, &arg, arg.number == 0 || arg.number != arg.number);
    else {
        settle(c, &arg, true);
        insert(c, r.start, word ? " " : "");
        insert(c, r.start, op);
        insert(c, r.start, "(");
        put(c, ")");
        return r;
    }
    return arg;
}

typedef struct Binary { const char *text; u8 level; } Binary;
static const Binary binaries[] = { // longer ones first
    {">>>", 10}, {"===", 8}, {"!==", 8}, {"**", 13}, {"??", 3}, {"||", 3}, {"&&", 4}, {"==", 8}, {"!=", 8}, {"<=", 9}, {">=", 9}, {"<<", 10}, {">>", 10},
    {"|", 5}, {"^", 6}, {"&", 7}, {"<", 9}, {">", 9}, {"+", 11}, {"-", 11}, {"*", 12}, {"/", 12}, {"%", 12}, {"instanceof", 9}, {"in", 9},
};

static const Binary *binary_at(Printer *c) {
    skip_space(c);
    for (u32 i = 0; i < DX_COUNTOF(binaries); i++) {
        const char *text = binaries[i].text;
        if (isalpha((u8)*text) ? !at_word(c, text) : !at(c, text)) continue;
        size_t n = strlen(text);
        bool assigns = c->p + n < c->end && c->p[n] == '=' && binaries[i].level != 8 && strcmp(text, "<=") && strcmp(text, ">=");
        return assigns ? NULL : &binaries[i];
    }
    return NULL;
}

static bool fold(const char *op, f64 a, f64 b, f64 *out) {
    if (!strcmp(op, "+")) *out = a + b;
    else if (!strcmp(op, "-")) *out = a - b;
    else if (!strcmp(op, "*")) *out = a * b;
    else if (!strcmp(op, "/")) *out = a / b;
    else if (!strcmp(op, "**")) *out = pow(a, b);
    else return false;
    return true;
}

static void join(Printer *c, Item *left, Item *right, const char *op, bool compare) {
    f64 folded;
    if (left->kind == NUMBER && right->kind == NUMBER && fold(op, left->number, right->number, &folded)) {
        put_number(c, left, folded);
        return;
    }
    settle(c, right, true);
    bool negated = !strcmp(op, "!=") || !strcmp(op, "!=="); // V8 has no such operators
    put(c, negated ? "))" : ")");
    char text[16];
    snprintf(text, sizeof text, " %s ", negated ? op + 1 - (op[2] == 0) : op);
    if (negated) snprintf(text, sizeof text, op[2] ? " === " : " == ");
    insert(c, right->start, text);
    bool flat = left->kind == OPERATION && !strcmp(left->op, op) && !compare && strcmp(op, "**");
    if (flat) { // a + b + c is one operation
        memmove(c->out->data + right->start - 1, c->out->data + right->start, c->out->len - right->start);
        c->out->len--;
    } else {
        insert(c, left->start, negated ? "(!(" : "(");
    }
    left->kind = OPERATION;
    left->op = op;
}

static void skip_type(Printer *c) { // behind `as`
    char last = 's';
    while (c->p < c->end && !strchr(")],;}?:", *c->p) && !at(c, "&&") && !at(c, "||")) {
        skip_token(c, last);
        last = c->p[-1];
        skip_space(c);
    }
}

static Item print_binary(Printer *c, u32 level) {
    Item left = print_unary(c);
    for (;;) {
        skip_space(c);
        if (at_word(c, "as") || at_word(c, "satisfies")) {
            c->p += word_length(c);
            skip_space(c);
            skip_type(c);
            continue;
        }
        const Binary *op = c->failed ? NULL : binary_at(c);
        if (!op || op->level < level) return left;
        bool right_first = op->level == 13;
        if (left.kind != NUMBER) {
            Kind kind = left.kind;
            settle(c, &left, true);
            if (kind != OPERATION) left.kind = PLAIN;
        }
        c->p += strlen(op->text);
        Item right = print_binary(c, right_first ? op->level : op->level + 1);
        join(c, &left, &right, op->text, op->level == 8 || op->level == 9);
    }
}

static Item print_assignment(Printer *c) {
    if (++c->depth > MAX_DEPTH) c->failed = true;
    Item r = c->failed ? item(c, PLAIN) : print_binary(c, 1);
    skip_space(c);
    if (!c->failed && at(c, "?") && !at(c, "?.")) { // all three parts are values
        c->out->len = r.start;
        for (u32 i = 0; i < 2 && !c->failed; i++) {
            if (!take(c, i ? ":" : "?")) c->failed = true;
            size_t keep = c->out->len;
            (void)print_assignment(c);
            c->out->len = keep;
            skip_space(c);
        }
        for (u32 i = 0; i < 3; i++) put(c, value);
        r.kind = PLAIN;
    } else if (!c->failed) {
        const char *q = c->p;
        while (q < c->end && q - c->p < 3 && strchr("+-*/%<>&|^?", *q)) q++;
        if (q < c->end && *q == '=' && !(q + 1 < c->end && (q[1] == '=' || q[1] == '>'))) { // only the target is named
            c->p = q + 1;
            settle(c, &r, true);
            size_t keep = c->out->len;
            (void)print_assignment(c);
            c->out->len = keep;
            r.kind = PLAIN;
        }
    }
    c->depth--;
    return r;
}

static Item print_sequence(Printer *c) {
    Item left = print_assignment(c);
    for (;;) {
        skip_space(c);
        if (c->failed || !take(c, ",")) return left;
        Kind kind = left.kind;
        settle(c, &left, true);
        left.kind = kind == OPERATION ? OPERATION : PLAIN;
        Item right = print_assignment(c);
        join(c, &left, &right, ",", false);
    }
}

CallsiteKind callsite_print(const char *text, size_t len, CallsiteUse use, Buf *out) {
    bool name_callee = use == CALLSITE_AS_ITERABLE;
    Printer c = {.p = text, .end = text + len, .out = out, .iterated = name_callee};
    size_t start = out->len;
    Item whole = print_sequence(&c);
    skip_space(&c);
    if (c.failed || c.p < c.end) {
        out->len = start;
        return CALLSITE_UNKNOWN;
    }
    if (name_callee && whole.kind == CALL && !whole.optional) out->len = whole.callee;
    if (name_callee && (whole.kind == CALL || whole.kind == NEW) && !whole.optional) return CALLSITE_CALL;
    whole.optional &= use != CALLSITE_AS_CALLEE;
    settle(&c, &whole, true);
    return CALLSITE_VALUE;
}
