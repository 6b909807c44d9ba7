// SPDX-License-Identifier: MIT
// URL records (WHATWG URL 4): parsing, serialising, changing a part. Everything in UTF-8; results are appended to `out`.
#ifndef DX_WEB_URL_H
#define DX_WEB_URL_H

#include "format/base/mem.h"

typedef struct Url {
    Buf scheme, user, pass, host, path, query, frag; // path: opaque text, or segments each with its leading '/'
    i32 port;                                        // -1: none or the scheme's own
    bool has_host, opaque, has_query, has_frag;
} Url; // zero-initialise; url_free

bool url_parse(Url *u, const char *text, size_t n, const Url *base); // false: not a URL (u must still be freed)
void url_serialize(const Url *u, Buf *out, bool fragment);
void url_free(Url *u);
bool url_is_special(const Url *u);                  // http, https, ws, wss, ftp, file
i32 url_default_port(const char *scheme);           // -1: none
enum UrlPart { URL_PROTOCOL, URL_USERNAME, URL_PASSWORD, URL_HOST, URL_HOSTNAME, URL_PORT, URL_PATHNAME, URL_SEARCH, URL_HASH };
void url_get(const Url *u, enum UrlPart part, Buf *out);             // as the property of that name gives it
bool url_set(Url *u, enum UrlPart part, const char *text, size_t n); // as assigning to it; false: ignored, u is as it was
// Percent-encode sets (1.3), each with those before it where the standard has it so.
enum UrlSet { SET_C0, SET_FRAGMENT, SET_QUERY, SET_SPECIAL_QUERY, SET_PATH, SET_USERINFO, SET_COMPONENT, SET_FORM };
void url_encode(Buf *out, const char *p, size_t n, enum UrlSet set);
void url_decode(Buf *out, const char *p, size_t n, bool plus);       // plus: '+' is a space

#endif
