// SPDX-License-Identifier: MIT
// Recursive descent over the text; a string without escapes is copied once, numbers go through format/base/numtext.
#include "compiler/link/json.h"

#include "format/base/numtext.h"
#include "format/base/utf.h"

enum { JSON_DEPTH = 200 };

typedef struct JsonReader {
    Arena *arena;
    const char *p, *end, *start;
    bool relaxed;
    u32 depth;
    const char *fault_at, *fault;
} JsonReader;

static Json *value(JsonReader *r);

static void *fail(JsonReader *r, const char *why) {
    if (!r->fault) {
        r->fault = why;
        r->fault_at = r->p;
    }
    return NULL;
}

static bool skip_comment(JsonReader *r) {
    if (!r->relaxed || r->end - r->p < 2 || r->p[0] != '/') return false;
    if (r->p[1] == '/') {
        while (r->p < r->end && *r->p != '\n') r->p++;
        return true;
    }
    if (r->p[1] != '*') return false;
    const char *close = r->p + 2;
    while (close + 1 < r->end && !(close[0] == '*' && close[1] == '/')) close++;
    if (close + 1 >= r->end) return fail(r, "unterminated comment") != NULL;
    r->p = close + 2;
    return true;
}

static void skip_space(JsonReader *r) {
    for (;;) {
        while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r')) r->p++;
        if (!skip_comment(r)) return;
    }
}

static bool take(JsonReader *r, char c) {
    skip_space(r);
    if (r->p < r->end && *r->p == c) return r->p++, true;
    return false;
}

Json *json_new(Arena *arena, JsonKind kind) {
    Json *j = ARENA_NEW(arena, Json);
    j->kind = kind;
    return j;
}

Json *json_new_string(Arena *arena, const char *text, size_t len) {
    Json *j = json_new(arena, JSON_STRING);
    j->text = arena_strndup(arena, text, len);
    j->len = (u32)len;
    return j;
}

void json_append(Json *container, Json *item) {
    Json **tail = &container->first;
    while (*tail) tail = &(*tail)->next;
    *tail = item;
    container->len++;
}

static int hex4(const char *p) {
    int v = 0;
    for (int i = 0; i < 4; i++) {
        int c = p[i], d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (d < 0) return -1;
        v = v * 16 + d;
    }
    return v;
}

static bool escape(JsonReader *r, Buf *out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (r->p >= r->end) return fail(r, "unterminated string") != NULL;
    char c = *r->p++;
    const char *at = c ? strchr(from, c) : NULL;
    if (at) return buf_u8(out, (u8)to[at - from]), true;
    int unit = c == 'u' && r->end - r->p >= 4 ? hex4(r->p) : -1;
    if (unit < 0) return fail(r, "bad escape in string") != NULL;
    r->p += 4;
    u32 code = (u32)unit;
    if (utf_is_lead(code) && r->end - r->p >= 6 && r->p[0] == '\\' && r->p[1] == 'u') {
        int low = hex4(r->p + 2);
        if (low >= 0 && utf_is_trail((u32)low)) {
            code = utf_pair(code, (u32)low);
            r->p += 6;
        }
    }
    u8 bytes[4];
    buf_put(out, bytes, utf8_encode(code, bytes));
    return true;
}

static Json *string(JsonReader *r) {
    const char *start = r->p;
    while (r->p < r->end && *r->p != '"' && *r->p != '\\' && (u8)*r->p >= 0x20) r->p++;
    if (r->p < r->end && *r->p == '"') return json_new_string(r->arena, start, (size_t)(r->p++ - start));
    Buf out = {0};
    buf_put(&out, start, (size_t)(r->p - start));
    while (r->p < r->end && *r->p != '"') {
        if ((u8)*r->p < 0x20) {
            fail(r, "control character in string");
            break;
        }
        if (*r->p != '\\') {
            buf_u8(&out, (u8)*r->p++);
            continue;
        }
        r->p++;
        if (!escape(r, &out)) break;
    }
    if (r->p >= r->end) fail(r, "unterminated string");
    Json *j = r->fault ? NULL : json_new_string(r->arena, (const char *)out.data, out.len);
    buf_free(&out);
    r->p++;
    return j;
}

static Json *array(JsonReader *r) {
    Json *a = json_new(r->arena, JSON_ARRAY), **tail = &a->first;
    if (take(r, ']')) return a;
    for (;;) {
        Json *item = value(r);
        if (!item) return NULL;
        *tail = item;
        tail = &item->next;
        a->len++;
        if (take(r, ']')) return a;
        if (!take(r, ',')) return fail(r, "expected ',' or ']'");
        if (r->relaxed && take(r, ']')) return a;
    }
}

static Json *object(JsonReader *r) {
    Json *o = json_new(r->arena, JSON_OBJECT), **tail = &o->first;
    if (take(r, '}')) return o;
    for (;;) {
        if (!take(r, '"')) return fail(r, "expected a property name in double quotes");
        Json *key = string(r);
        if (!key) return NULL;
        if (!take(r, ':')) return fail(r, "expected ':'");
        Json *item = value(r);
        if (!item) return NULL;
        item->key = key->text;
        *tail = item;
        tail = &item->next;
        o->len++;
        if (take(r, '}')) return o;
        if (!take(r, ',')) return fail(r, "expected ',' or '}'");
        if (r->relaxed && take(r, '}')) return o;
    }
}

static Json *number(JsonReader *r) {
    const char *start = r->p;
    if (r->p < r->end && *r->p == '-') r->p++;
    size_t used = 0;
    bool digit = r->p < r->end && *r->p >= '0' && *r->p <= '9';
    double v = digit ? num_from_decimal((const u8 *)r->p, (size_t)(r->end - r->p), &used) : 0;
    if (!used) return fail(r, "unexpected token");
    r->p += used;
    Json *j = json_new(r->arena, JSON_NUMBER);
    j->number = *start == '-' ? -v : v;
    return j;
}

static Json *word(JsonReader *r, const char *text, JsonKind kind) {
    size_t n = strlen(text);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, text, n)) return fail(r, "unexpected token");
    r->p += n;
    return json_new(r->arena, kind);
}

static Json *value(JsonReader *r) {
    skip_space(r);
    if (r->fault) return NULL;
    if (r->p >= r->end) return fail(r, "unexpected end");
    if (++r->depth > JSON_DEPTH) return fail(r, "nested too deeply");
    Json *j;
    switch (*r->p) {
    case '{': r->p++, j = object(r); break;
    case '[': r->p++, j = array(r); break;
    case '"': r->p++, j = string(r); break;
    case 't': j = word(r, "true", JSON_TRUE); break;
    case 'f': j = word(r, "false", JSON_FALSE); break;
    case 'n': j = word(r, "null", JSON_NULL); break;
    default: j = number(r);
    }
    r->depth--;
    return j;
}

Json *json_parse_text(Arena *arena, const char *text, size_t len, bool relaxed, JsonError *error) {
    JsonReader r = {.arena = arena, .p = text, .start = text, .end = text + len, .relaxed = relaxed};
    if (len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) r.p += 3; // npm and Node skip a byte order mark
    skip_space(&r);
    if (relaxed && r.p == r.end && !r.fault) return json_new(arena, JSON_OBJECT); // as tsc takes an empty tsconfig.json
    Json *j = value(&r);
    skip_space(&r);
    if (j && r.p < r.end) j = fail(&r, "text behind the value");
    if (j || !error) return j;
    *error = (JsonError){.line = 1, .column = 1, .message = r.fault};
    for (const char *p = text; p < r.fault_at && p < r.end; p++) {
        error->column++;
        if (*p == '\n') error->line++, error->column = 1;
    }
    return NULL;
}

Json *json_get(const Json *object, const char *key) {
    Json *found = NULL;
    if (!object || object->kind != JSON_OBJECT) return NULL;
    for (Json *j = object->first; j; j = j->next)
        if (!strcmp(j->key, key)) found = j;
    return found;
}

const char *json_string(const Json *value, const char *otherwise) {
    return value && value->kind == JSON_STRING ? value->text : otherwise;
}

bool json_is_true(const Json *value) { return value && value->kind == JSON_TRUE; }
