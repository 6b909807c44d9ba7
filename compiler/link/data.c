// SPDX-License-Identifier: MIT
// Files that are data: JSON, text, bytes. Each becomes a CommonJS module whose exports are the value.
#include "compiler/link/data.h"

#include "compiler/link/json.h"

void data_put_literal(Buf *out, const char *text, size_t len) {
    buf_u8(out, '"');
    for (size_t i = 0; i < len; i++) {
        u8 c = (u8)text[i];
        if (c == '"' || c == '\\') buf_u8(out, '\\'), buf_u8(out, c);
        else if (c == '\n') buf_str(out, "\\n");
        else if (c == '\r') buf_str(out, "\\r");
        else if (!c) buf_str(out, "\\x00");
        else buf_u8(out, c);
    }
    buf_u8(out, '"');
}

static void put_base64(Buf *out, const u8 *p, size_t n) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        u32 have = n - i < 3 ? (u32)(n - i) : 3, bits = (u32)p[i] << 16 | (have > 1 ? (u32)p[i + 1] << 8 : 0) | (have > 2 ? p[i + 2] : 0);
        for (u32 k = 0; k < 4; k++) buf_u8(out, k <= have ? (u8)digits[bits >> (18 - 6 * k) & 63] : '=');
    }
}

// An immutable buffer, so that importers cannot change each other's bytes (proposal-import-bytes).
static void bytes_to_source(Buf *text) {
    Buf out = {0};
    buf_str(&out, "module.exports = new Uint8Array(Uint8Array.fromBase64(\"");
    put_base64(&out, text->data, text->len);
    buf_str(&out, "\").buffer.transferToImmutable());\n");
    buf_free(text);
    *text = out;
}

const char *data_to_source(Arena *arena, const char *path, const char *type, Buf *text) {
    Buf out = {0};
    if (type && !strcmp(type, "bytes")) return bytes_to_source(text), NULL;
    size_t bom = text->len >= 3 && !memcmp(text->data, "\xEF\xBB\xBF", 3) ? 3 : 0;
    const char *p = (const char *)text->data + bom;
    bool json = type ? !strcmp(type, "json") : text_ends_with(path, ".json");
    if (json) {
        JsonError e;
        if (!json_parse_text(arena, p, text->len - bom, false, &e)) {
            Buf why = {0};
            buf_printf(&why, "%s:%u:%u: error: not JSON: %s\n", path, e.line, e.column, e.message);
            const char *s = arena_strndup(arena, buf_cstr(&why), why.len);
            buf_free(&why);
            return s;
        }
        buf_str(&out, "module.exports = JSON.parse(");
    } else buf_str(&out, "module.exports = ");
    data_put_literal(&out, p, text->len - bom);
    buf_str(&out, json ? ");\n" : ";\n");
    buf_free(text);
    *text = out;
    return NULL;
}
