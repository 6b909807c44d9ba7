// SPDX-License-Identifier: MIT
// The URL parser (https://url.spec.whatwg.org/#url-parsing), working on whole components rather than character states, and IP addresses,
// percent encoding, punycode.
#include "runtime/web/url.h"

static const struct { const char *scheme; i32 port; } specials[] = {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"file", -1}};

i32 url_default_port(const char *scheme) {
    for (u32 i = 0; i < DX_COUNTOF(specials); i++)
        if (!strcmp(specials[i].scheme, scheme)) return specials[i].port;
    return -2; // not special
}
static bool scheme_is(const Url *u, const char *s) { return u->scheme.len == strlen(s) && !memcmp(u->scheme.data, s, u->scheme.len); }
bool url_is_special(const Url *u) {
    for (u32 i = 0; i < DX_COUNTOF(specials); i++)
        if (scheme_is(u, specials[i].scheme)) return true;
    return false;
}
static i32 own_port(const Url *u) {
    for (u32 i = 0; i < DX_COUNTOF(specials); i++)
        if (scheme_is(u, specials[i].scheme)) return specials[i].port;
    return -1;
}
void url_free(Url *u) {
    Buf *all[] = {&u->scheme, &u->user, &u->pass, &u->host, &u->path, &u->query, &u->frag};
    for (u32 i = 0; i < DX_COUNTOF(all); i++) buf_free(all[i]);
}
static void copy(Buf *to, const Buf *from) {
    to->len = 0;
    buf_put(to, from->data, from->len);
}

// ---- percent encoding

static bool in_set(u8 c, enum UrlSet set) {
    if (c <= 0x1F || c >= 0x7F) return true;
    switch (set) {
    case SET_C0: return false;
    case SET_FRAGMENT: return strchr(" \"<>`", c) != NULL;
    case SET_SPECIAL_QUERY: if (c == '\'') return true; // fall through
    case SET_QUERY: return strchr(" \"#<>", c) != NULL;
    case SET_PATH: return strchr(" \"#<>?^`{}", c) != NULL;
    case SET_USERINFO: return strchr(" \"#<>?^`{}/:;=@[\\]|", c) != NULL;
    case SET_COMPONENT: return strchr(" \"#<>?^`{}/:;=@[\\]|$&+,", c) != NULL;
    case SET_FORM: return !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("*-._", c));
    }
    return false;
}
void url_encode(Buf *out, const char *p, size_t n, enum UrlSet set) {
    for (size_t i = 0; i < n; i++) {
        u8 c = (u8)p[i];
        if (set == SET_FORM && c == ' ') buf_u8(out, '+');
        else if (in_set(c, set)) buf_printf(out, "%%%02X", c);
        else buf_u8(out, c);
    }
}
static int hex(u8 c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }
void url_decode(Buf *out, const char *p, size_t n, bool plus) {
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '%' && i + 2 < n && hex((u8)p[i + 1]) >= 0 && hex((u8)p[i + 2]) >= 0) {
            buf_u8(out, (u8)(hex((u8)p[i + 1]) << 4 | hex((u8)p[i + 2])));
            i += 2;
        } else buf_u8(out, plus && p[i] == '+' ? ' ' : (u8)p[i]);
    }
}

// ---- hosts

static bool parse_ipv4_number(const char *p, size_t n, u64 *out) {
    u32 radix = 10;
    if (!n) return false;
    if (n >= 2 && p[0] == '0' && (p[1] | 32) == 'x') p += 2, n -= 2, radix = 16;
    else if (n >= 2 && p[0] == '0') p++, n--, radix = 8;
    u64 v = 0;
    for (size_t i = 0; i < n; i++) {
        int d = hex((u8)p[i]);
        if (d < 0 || (u32)d >= radix) return false;
        if (v < 1ull << 40) v = v * radix + (u32)d;
    }
    *out = v;
    return true;
}
// 1: an address was written, 0: not an IPv4 form, -1: failure
static int parse_ipv4(const Buf *host, Buf *out) {
    const char *p = (const char *)host->data;
    size_t n = host->len;
    if (n && p[n - 1] == '.') n--;
    size_t last = n;
    while (last && p[last - 1] != '.') last--;
    bool digits = last < n;
    for (size_t i = last; i < n; i++) digits &= p[i] >= '0' && p[i] <= '9';
    u64 v;
    if (!n || !(digits || (n - last >= 2 && p[last] == '0' && (p[last + 1] | 32) == 'x' && parse_ipv4_number(p + last, n - last, &v)))) return 0;
    u64 parts[4];
    u32 count = 0;
    for (size_t i = 0, from = 0; i <= n; i++) {
        if (i < n && p[i] != '.') continue;
        if (count == 4 || !parse_ipv4_number(p + from, i - from, &parts[count])) return -1;
        count++;
        from = i + 1;
    }
    u64 ip = parts[count - 1];
    for (u32 i = 0; i + 1 < count; i++) {
        if (parts[i] > 255) return -1;
        ip += parts[i] << (8 * (3 - i));
    }
    if (parts[count - 1] >= 1ull << (8 * (5 - count))) return -1;
    buf_printf(out, "%u.%u.%u.%u", (u32)(ip >> 24 & 255), (u32)(ip >> 16 & 255), (u32)(ip >> 8 & 255), (u32)(ip & 255));
    return 1;
}
// The dotted last two pieces of an IPv6 address, to the end of the text.
static bool ipv4_in_ipv6(const char *p, size_t n, u16 *pieces) {
    u32 seen = 0;
    for (size_t i = 0; i < n;) {
        if (seen && (seen == 4 || p[i++] != '.')) return false;
        if (i >= n || p[i] < '0' || p[i] > '9') return false;
        u32 d = 0;
        for (size_t start = i; i < n && p[i] >= '0' && p[i] <= '9';) {
            if (i > start && d == 0) return false;
            if ((d = d * 10 + (u32)(p[i++] - '0')) > 255) return false;
        }
        pieces[seen / 2] = (u16)(pieces[seen / 2] * 256 + d);
        seen++;
    }
    return seen == 4;
}
// The serializer (3.5): the longest run of zeros, of two pieces at least, becomes "::".
static void put_ipv6(const u16 a[8], Buf *out) {
    int best = -1, best_n = 1;
    for (int k = 0; k < 8; k++) {
        int m = k;
        while (m < 8 && !a[m]) m++;
        if (m - k > best_n) best = k, best_n = m - k;
        if (m > k) k = m - 1;
    }
    buf_u8(out, '[');
    for (int k = 0; k < 8; k++) {
        if (k == best) {
            buf_str(out, k ? ":" : "::");
            k += best_n - 1;
            continue;
        }
        buf_printf(out, k < 7 ? "%x:" : "%x", a[k]);
    }
    buf_u8(out, ']');
}
static bool parse_ipv6(const char *p, size_t n, Buf *out) { // 3.5, the IPv6 parser
    u16 a[8] = {0};
    int piece = 0, compress = -1;
    size_t i = 0;
    if (n && p[0] == ':') {
        if (n < 2 || p[1] != ':') return false;
        i = 2;
        compress = ++piece;
    }
    while (i < n) {
        if (piece == 8) return false;
        if (p[i] == ':') {
            if (compress >= 0) return false;
            i++;
            compress = ++piece;
            continue;
        }
        u32 v = 0, len = 0;
        while (len < 4 && i < n && hex((u8)p[i]) >= 0) v = v * 16 + (u32)hex((u8)p[i++]), len++;
        if (i < n && p[i] == '.') {
            if (!len || piece > 6) return false;
            i -= len;
            if (!ipv4_in_ipv6(p + i, n - i, a + piece)) return false;
            piece += 2;
            break;
        }
        if (i < n && p[i] == ':') {
            if (++i == n) return false;
        } else if (i < n) return false;
        a[piece++] = (u16)v;
    }
    if (compress >= 0) {
        int swaps = piece - compress;
        for (int k = 7; k && swaps; k--, swaps--) {
            u16 t = a[compress + swaps - 1];
            a[compress + swaps - 1] = a[k];
            a[k] = t;
        }
    } else if (piece != 8) return false;
    put_ipv6(a, out);
    return true;
}
static void punycode(const u32 *cp, u32 n, Buf *out) { // RFC 3492
    u32 basic = 0, code = 128, delta = 0, bias = 72, done;
    for (u32 i = 0; i < n; i++)
        if (cp[i] < 128) buf_u8(out, (u8)cp[i]), basic++;
    done = basic;
    if (basic) buf_u8(out, '-');
    while (done < n) {
        u32 m = 0xFFFFFFFFu;
        for (u32 i = 0; i < n; i++)
            if (cp[i] >= code && cp[i] < m) m = cp[i];
        delta += (m - code) * (done + 1);
        code = m;
        for (u32 i = 0; i < n; i++) {
            if (cp[i] < code) delta++;
            if (cp[i] != code) continue;
            u32 q = delta;
            for (u32 k = 36;; k += 36) {
                u32 t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
                if (q < t) break;
                u32 d = t + (q - t) % (36 - t);
                buf_u8(out, (u8)(d < 26 ? 'a' + d : '0' + d - 26));
                q = (q - t) / (36 - t);
            }
            buf_u8(out, (u8)(q < 26 ? 'a' + q : '0' + q - 26));
            u32 k = 0, x = done == basic ? delta / 700 : delta / 2;
            x += x / (done + 1);
            while (x > 455) x /= 35, k += 36;
            bias = k + 36 * x / (x + 38);
            delta = 0;
            done++;
        }
        delta++;
        code++;
    }
}
static u32 lower_cp(u32 c) { // the letters met in domain names; the rest stays
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x138 && c != 0x149 && c != 0x178) {
        bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
        return odd ? (c & 1 ? c + 1 : c) : c | 1;
    }
    return c;
}
static bool domain_to_ascii(const Buf *in, Buf *out) {
    u32 label[512], n = 0;
    bool wide = false;
    for (size_t i = 0; i <= in->len;) {
        u32 c = '.', len = 1;
        bool end = i == in->len;
        if (!end) {
            u8 b = in->data[i];
            c = b;
            len = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            if (b >= 0x80) {
                if (i + len > in->len || b < 0xC2) return false;
                c = b & (0x7F >> len);
                for (u32 k = 1; k < len; k++) c = c << 6 | (in->data[i + k] & 0x3F);
            }
        }
        i += len;
        if (c == 0x3002 || c == 0xFF0E) c = '.';
        if (c == 0xAD || c == 0x200B || c == 0xFEFF) continue; // ignored by the mapping
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;           // full-width forms
        if (c != '.') {
            if (n == DX_COUNTOF(label)) return false;
            label[n++] = lower_cp(c);
            wide |= c >= 0x80;
            continue;
        }
        if (wide) {
            buf_str(out, "xn--");
            punycode(label, n, out);
        } else
            for (u32 k = 0; k < n; k++) buf_u8(out, (u8)label[k]);
        if (!end) buf_u8(out, '.');
        n = 0;
        wide = false;
    }
    return true;
}
static bool parse_host(const char *p, size_t n, bool special, Buf *out) {
    out->len = 0;
    if (n && p[0] == '[') return p[n - 1] == ']' && parse_ipv6(p + 1, n - 2, out);
    if (!special) {
        for (size_t i = 0; i < n; i++)
            if (!p[i] || strchr("\t\n\r #/:<>?@[\\]^|", p[i])) return false;
        url_encode(out, p, n, SET_C0);
        return true;
    }
    Buf decoded = {0}, ascii = {0};
    url_decode(&decoded, p, n, false);
    bool ok = domain_to_ascii(&decoded, &ascii) && ascii.len;
    for (size_t i = 0; ok && i < ascii.len; i++) ok = ascii.data[i] > 0x20 && ascii.data[i] < 0x7F && !strchr("#/:<>?@[\\]^|%", ascii.data[i]);
    int v4 = ok ? parse_ipv4(&ascii, out) : -1;
    if (v4 == 0) buf_put(out, ascii.data, ascii.len);
    buf_free(&decoded);
    buf_free(&ascii);
    return v4 >= 0;
}

// ---- paths

static bool dots(const char *p, size_t n, u32 want) { // "." or ".." with %2e
    u32 count = 0;
    for (size_t i = 0; i < n; count++) {
        if (p[i] == '.') i++;
        else if (i + 2 < n + 0 && p[i] == '%' && p[i + 1] == '2' && (p[i + 2] | 32) == 'e') i += 3;
        else return false;
    }
    return count == want;
}
static bool drive_letter(const char *p, size_t n, bool strict) { return n == 2 && ((p[0] | 32) >= 'a' && (p[0] | 32) <= 'z') && (p[1] == ':' || (!strict && p[1] == '|')); }
static void path_shorten(Url *u) {
    if (scheme_is(u, "file") && u->path.len == 3 && drive_letter((char *)u->path.data + 1, 2, true)) return;
    while (u->path.len && u->path.data[u->path.len - 1] != '/') u->path.len--;
    if (u->path.len) u->path.len--;
}
static void path_append(Url *u, const char *p, size_t n) { // p: what follows the first slash, up to ? or #
    bool special = url_is_special(u);
    for (size_t i = 0, from = 0; i <= n; i++) {
        bool end = i == n;
        if (!end && p[i] != '/' && !(special && p[i] == '\\')) continue;
        const char *s = p + from;
        size_t len = i - from;
        from = i + 1;
        if (dots(s, len, 2)) {
            path_shorten(u);
            if (end) buf_u8(&u->path, '/');
        } else if (dots(s, len, 1)) {
            if (end) buf_u8(&u->path, '/');
        } else {
            size_t at = u->path.len;
            buf_u8(&u->path, '/');
            url_encode(&u->path, s, len, SET_PATH);
            if (scheme_is(u, "file") && !at && drive_letter(s, len, false)) u->path.data[u->path.len - 1] = ':';
        }
    }
}

// ---- the parser

static void take_query(Url *u, const char *p, size_t n) {
    u->query.len = 0;
    url_encode(&u->query, p, n, url_is_special(u) ? SET_SPECIAL_QUERY : SET_QUERY);
    u->has_query = true;
}
static void take_tail(Url *u, const char *p, size_t n, size_t path_end) { // from path_end on: ?query and #fragment
    size_t i = path_end;
    if (i < n && p[i] == '?') {
        size_t end = i + 1;
        while (end < n && p[end] != '#') end++;
        take_query(u, p + i + 1, end - i - 1);
        i = end;
    }
    if (i < n && p[i] == '#') {
        u->frag.len = 0;
        url_encode(&u->frag, p + i + 1, n - i - 1, SET_FRAGMENT);
        u->has_frag = true;
    }
}
static bool parse_port(Url *u, const char *p, size_t n) {
    u32 v = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9' || (v = v * 10 + (u32)(p[i] - '0')) > 65535) return false;
    }
    u->port = n && (i32)v != own_port(u) ? (i32)v : -1;
    return true;
}
static bool parse_authority(Url *u, const char *p, size_t n) {
    bool special = url_is_special(u);
    size_t at = n;
    for (size_t i = 0; i < n; i++)
        if (p[i] == '@') at = i;
    if (at < n) {
        size_t colon = 0;
        while (colon < at && p[colon] != ':') colon++;
        url_encode(&u->user, p, colon, SET_USERINFO);
        if (colon < at) url_encode(&u->pass, p + colon + 1, at - colon - 1, SET_USERINFO);
        p += at + 1;
        n -= at + 1;
        if (!n) return false;
    }
    size_t end = 0;
    for (bool bracket = false; end < n && (bracket || p[end] != ':'); end++) bracket = p[end] == '[' ? true : p[end] == ']' ? false : bracket;
    if (!end && (special || end < n)) return false;
    u->has_host = true;
    if (!end) return u->host.len = 0, true;
    return parse_host(p, end, special, &u->host) && (end == n || parse_port(u, p + end + 1, n - end - 1));
}
static size_t find_end(const char *p, size_t n, size_t i, const char *stop) {
    while (i < n && !(p[i] && strchr(stop, p[i]))) i++;
    return i;
}
static bool slash(const Url *u, const char *p, size_t n, size_t i) { return i < n && (p[i] == '/' || (p[i] == '\\' && url_is_special(u))); }

static void inherit(Url *u, const Url *base, bool path, bool query) {
    copy(&u->user, &base->user);
    copy(&u->pass, &base->pass);
    copy(&u->host, &base->host);
    u->has_host = base->has_host;
    u->port = base->port;
    if (path) copy(&u->path, &base->path);
    if (query) copy(&u->query, &base->query), u->has_query = base->has_query;
}
static bool parse_file(Url *u, const char *p, size_t n, size_t i, const Url *base) {
    u->has_host = true;
    bool file_base = base && scheme_is(base, "file");
    if (slash(u, p, n, i) && slash(u, p, n, i + 1)) {
        i += 2;
        size_t end = find_end(p, n, i, "/\\?#");
        if (!drive_letter(p + i, end - i, false)) {
            if (end > i && !parse_host(p + i, end - i, true, &u->host)) return false;
            if (u->host.len == 9 && !memcmp(u->host.data, "localhost", 9)) u->host.len = 0;
            i = end;
            if (slash(u, p, n, i)) i++;
        }
        size_t stop = find_end(p, n, i, "?#");
        path_append(u, p + i, stop - i);
        take_tail(u, p, n, stop);
        return true;
    }
    if (slash(u, p, n, i)) {
        i++;
        size_t stop = find_end(p, n, i, "?#");
        if (file_base) {
            copy(&u->host, &base->host);
            if (base->path.len >= 3 && drive_letter((char *)base->path.data + 1, 2, true) && !drive_letter(p + i, stop - i < 2 ? stop - i : 2, false)) buf_put(&u->path, base->path.data, 3);
        }
        path_append(u, p + i, stop - i);
        take_tail(u, p, n, stop);
        return true;
    }
    size_t stop = find_end(p, n, i, "?#");
    if (file_base) {
        inherit(u, base, true, i == n || p[i] == '#');
        if (stop > i) path_shorten(u);
    }
    if (stop > i || !file_base) path_append(u, p + i, stop - i);
    take_tail(u, p, n, stop);
    return true;
}
static bool parse_relative(Url *u, const char *p, size_t n, size_t i, const Url *base) { // scheme already the base's
    if (slash(u, p, n, i) && slash(u, p, n, i + 1)) {
        i += 2;
        while (url_is_special(u) && slash(u, p, n, i)) i++;
        size_t end = find_end(p, n, i, url_is_special(u) ? "/\\?#" : "/?#"), stop = find_end(p, n, end, "?#");
        if (!parse_authority(u, p + i, end - i)) return false;
        if (end < stop || url_is_special(u)) path_append(u, p + end + (end < stop), stop - end - (end < stop));
        take_tail(u, p, n, stop);
        return true;
    }
    size_t stop = find_end(p, n, i, "?#");
    if (slash(u, p, n, i)) {
        inherit(u, base, false, false);
        path_append(u, p + i + 1, stop - i - 1);
    } else {
        inherit(u, base, true, stop == i && (stop == n || p[stop] == '#'));
        if (stop > i) {
            path_shorten(u);
            path_append(u, p + i, stop - i);
        }
    }
    take_tail(u, p, n, stop);
    return true;
}
static bool parse_clean(Url *u, const char *p, size_t n, const Url *base) {
    size_t i = 0;
    u->port = -1;
    if (n && (p[0] | 32) >= 'a' && (p[0] | 32) <= 'z')
        while (i < n && (((p[i] | 32) >= 'a' && (p[i] | 32) <= 'z') || (p[i] >= '0' && p[i] <= '9') || strchr("+-.", p[i]))) i++;
    if (!i || i >= n || p[i] != ':') { // no scheme
        if (!base) return false;
        copy(&u->scheme, &base->scheme);
        if (base->opaque) {
            if (!n || p[0] != '#') return false;
            copy(&u->path, &base->path);
            u->opaque = true;
            copy(&u->query, &base->query);
            u->has_query = base->has_query;
            take_tail(u, p, n, 0);
            return true;
        }
        return scheme_is(base, "file") ? parse_file(u, p, n, 0, base) : parse_relative(u, p, n, 0, base);
    }
    for (size_t k = 0; k < i; k++) buf_u8(&u->scheme, (u8)(p[k] >= 'A' && p[k] <= 'Z' ? p[k] + 32 : p[k]));
    i++;
    if (scheme_is(u, "file")) return parse_file(u, p, n, i, base);
    if (url_is_special(u)) {
        bool same = base && base->scheme.len == u->scheme.len && !memcmp(base->scheme.data, u->scheme.data, u->scheme.len);
        if (same && !(i + 1 < n && p[i] == '/' && p[i + 1] == '/')) return parse_relative(u, p, n, i, base);
        while (slash(u, p, n, i)) i++;
        size_t end = find_end(p, n, i, "/\\?#"), stop = find_end(p, n, end, "?#");
        if (!parse_authority(u, p + i, end - i)) return false;
        path_append(u, p + end + (end < stop), stop - end - (end < stop));
        take_tail(u, p, n, stop);
        return true;
    }
    size_t stop = find_end(p, n, i, "?#");
    if (i < n && p[i] == '/') {
        i++;
        if (i < n && p[i] == '/') {
            i++;
            size_t end = find_end(p, n, i, "/?#");
            if (!parse_authority(u, p + i, end - i)) return false;
            stop = find_end(p, n, end, "?#");
            if (end < stop) path_append(u, p + end + 1, stop - end - 1);
        } else path_append(u, p + i, stop - i);
        take_tail(u, p, n, stop);
        return true;
    }
    u->opaque = true;
    url_encode(&u->path, p + i, stop - i, SET_C0);
    take_tail(u, p, n, stop);
    return true;
}
bool url_parse(Url *u, const char *text, size_t n, const Url *base) {
    while (n && (u8)text[0] <= 0x20) text++, n--;
    while (n && (u8)text[n - 1] <= 0x20) n--;
    Buf clean = {0};
    for (size_t i = 0; i < n; i++)
        if (!strchr("\t\n\r", text[i]) || !text[i]) buf_u8(&clean, (u8)text[i]);
    buf_cstr(&clean);
    bool ok = parse_clean(u, (char *)clean.data, clean.len, base);
    buf_free(&clean);
    return ok;
}

// ---- parts

static void put_host(const Url *u, Buf *out, bool port) {
    buf_put(out, u->host.data, u->host.len);
    if (port && u->port >= 0) buf_printf(out, ":%d", u->port);
}
void url_serialize(const Url *u, Buf *out, bool fragment) {
    buf_put(out, u->scheme.data, u->scheme.len);
    buf_u8(out, ':');
    if (u->has_host) {
        buf_str(out, "//");
        if (u->user.len || u->pass.len) {
            buf_put(out, u->user.data, u->user.len);
            if (u->pass.len) buf_u8(out, ':'), buf_put(out, u->pass.data, u->pass.len);
            buf_u8(out, '@');
        }
        put_host(u, out, true);
    } else if (!u->opaque && u->path.len > 1 && u->path.data[0] == '/' && u->path.data[1] == '/') buf_str(out, "/.");
    buf_put(out, u->path.data, u->path.len);
    if (u->has_query) buf_u8(out, '?'), buf_put(out, u->query.data, u->query.len);
    if (fragment && u->has_frag) buf_u8(out, '#'), buf_put(out, u->frag.data, u->frag.len);
}
void url_get(const Url *u, enum UrlPart part, Buf *out) {
    switch (part) {
    case URL_PROTOCOL: buf_put(out, u->scheme.data, u->scheme.len); buf_u8(out, ':'); break;
    case URL_USERNAME: buf_put(out, u->user.data, u->user.len); break;
    case URL_PASSWORD: buf_put(out, u->pass.data, u->pass.len); break;
    case URL_HOST: put_host(u, out, true); break;
    case URL_HOSTNAME: put_host(u, out, false); break;
    case URL_PORT: if (u->port >= 0) buf_printf(out, "%d", u->port); break;
    case URL_PATHNAME: buf_put(out, u->path.data, u->path.len); break;
    case URL_SEARCH: if (u->query.len) buf_u8(out, '?'), buf_put(out, u->query.data, u->query.len); break;
    case URL_HASH: if (u->frag.len) buf_u8(out, '#'), buf_put(out, u->frag.data, u->frag.len); break;
    }
}
static bool set_host(Url *u, const char *p, size_t n, bool with_port) {
    if (u->opaque) return false;
    size_t end = 0;
    for (bool bracket = false; end < n && (bracket || p[end] != ':') && !strchr(url_is_special(u) ? "/\\?#" : "/?#", p[end]); end++) bracket = p[end] == '[' ? true : p[end] == ']' ? false : bracket;
    Buf host = {0};
    if ((!end && url_is_special(u)) || (end < n && p[end] == ':' && !with_port) || !parse_host(p, end, url_is_special(u), &host)) {
        buf_free(&host);
        return false;
    }
    buf_free(&u->host);
    u->host = host;
    u->has_host = true;
    if (with_port && end < n && p[end] == ':') {
        size_t stop = end + 1;
        while (stop < n && p[stop] >= '0' && p[stop] <= '9') stop++;
        if (stop > end + 1) parse_port(u, p + end + 1, stop - end - 1);
    }
    return true;
}
bool url_set(Url *u, enum UrlPart part, const char *p, size_t n) {
    bool can_have_user = u->host.len && !scheme_is(u, "file");
    switch (part) {
    case URL_PROTOCOL: {
        Url v = {0};
        Buf text = {0};
        for (size_t i = 0; i < n && p[i] != ':'; i++) buf_u8(&text, (u8)p[i]);
        size_t len = text.len;
        buf_str(&text, "://x/");
        bool ok = len && url_parse(&v, (char *)text.data, text.len, NULL) && v.scheme.len == len && url_is_special(&v) == url_is_special(u);
        if (ok) copy(&u->scheme, &v.scheme);
        if (ok && u->port == own_port(u)) u->port = -1;
        url_free(&v);
        buf_free(&text);
        return ok;
    }
    case URL_USERNAME: case URL_PASSWORD: {
        if (!can_have_user) return false;
        Buf *b = part == URL_USERNAME ? &u->user : &u->pass;
        b->len = 0;
        url_encode(b, p, n, SET_USERINFO);
        return true;
    }
    case URL_HOST: return set_host(u, p, n, true);
    case URL_HOSTNAME: return set_host(u, p, n, false);
    case URL_PORT: {
        if (!can_have_user) return false;
        size_t digits = 0;
        while (digits < n && p[digits] >= '0' && p[digits] <= '9') digits++;
        if (!n) return u->port = -1, true;
        return digits && parse_port(u, p, digits);
    }
    case URL_PATHNAME:
        if (u->opaque) return false;
        u->path.len = 0;
        if (n && (p[0] == '/' || (p[0] == '\\' && url_is_special(u)))) p++, n--;
        {
            Buf clean = {0};
            for (size_t i = 0; i < n; i++) {
                if (p[i] == '?' || p[i] == '#') buf_printf(&clean, "%%%02X", (u8)p[i]);
                else if (!strchr("\t\n\r", p[i])) buf_u8(&clean, (u8)p[i]);
            }
            path_append(u, clean.data ? (char *)clean.data : "", clean.len);
            buf_free(&clean);
        }
        return true;
    case URL_SEARCH:
        u->query.len = 0;
        u->has_query = n > 0;
        if (n) take_query(u, p + (p[0] == '?'), n - (p[0] == '?'));
        return true;
    case URL_HASH:
        u->frag.len = 0;
        u->has_frag = n > 0;
        if (n) url_encode(&u->frag, p + (p[0] == '#'), n - (p[0] == '#'), SET_FRAGMENT);
        return true;
    }
    return false;
}
