// SPDX-License-Identifier: MIT
// JSON of configuration files: package.json strictly, tsconfig.json and its like with comments and trailing commas.
// Not the JSON of JavaScript programs (vm/builtins).
#ifndef DX_LINK_JSON_H
#define DX_LINK_JSON_H

#include "format/base/mem.h"

typedef enum JsonKind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } JsonKind;

typedef struct Json Json;
struct Json {
    JsonKind kind;
    u32 len;            // bytes of text; items of an array or object
    const char *key;    // name within an object, NUL-terminated; NULL in arrays and at the top
    Json *next;         // sibling
    union {
        const char *text; // string, NUL-terminated UTF-8
        Json *first;      // items, in source order
        double number;
    };
};

typedef struct JsonError {
    u32 line, column;    // from 1
    const char *message; // a constant
} JsonError;

// Everything lives in `arena`. NULL: *error says where and why. A byte order mark is skipped. relaxed: // and /* */ comments, trailing
// commas, and an empty text, which is {}.
Json *json_parse_text(Arena *arena, const char *text, size_t len, bool relaxed, JsonError *error);
// The last member of that name, or NULL; `object` may be NULL or of another kind.
Json *json_get(const Json *object, const char *key);
const char *json_string(const Json *value, const char *otherwise); // text of a string, else `otherwise`
bool json_is_true(const Json *value);

// For those who make such values from other notations (configuration written in JavaScript).
Json *json_new(Arena *arena, JsonKind kind);
Json *json_new_string(Arena *arena, const char *text, size_t len);
void json_append(Json *container, Json *item);

#endif
