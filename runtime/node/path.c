// SPDX-License-Identifier: MIT
// node:path, both flavours. One implementation over UTF-8 text; `win` says which separators and roots count.
#include <unistd.h>

#include "runtime/node/node.h"

typedef struct Span { const char *p; size_t n; } Span;
enum { WIN = 64 }; // in a row's magic: the win32 flavour

static bool is_sep(char c, bool win) { return c == '/' || (win && c == '\\'); }
static char sep_of(bool win) { return win ? '\\' : '/'; }
static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Length of the root: "/", "C:", "C:\", "\\server\share\".
static size_t root_length(Span s, bool win, bool *absolute) {
    *absolute = s.n && is_sep(s.p[0], win);
    if (!win) return *absolute;
    if (*absolute && s.n > 1 && is_sep(s.p[1], win)) { // UNC
        size_t i = 2, a = i;
        while (i < s.n && !is_sep(s.p[i], win)) i++;
        if (i < s.n && i > a) {
            size_t b = ++i;
            while (i < s.n && !is_sep(s.p[i], win)) i++;
            if (i > b) return i < s.n ? i + 1 : i;
        }
        return 1;
    }
    if (*absolute) return 1;
    if (s.n >= 2 && letter(s.p[0]) && s.p[1] == ':') {
        *absolute = s.n > 2 && is_sep(s.p[2], win);
        return *absolute ? 3 : 2;
    }
    return 0;
}
static bool text_rjs(VM *vm, Value v, const char *name, Buf *b) {
    if (!v_is_string(v)) return throw_arg_type(vm, name, "of type string", v), false;
    str_to_utf8(vm, v_string(v), b);
    buf_cstr(b);
    return true;
}
// Resolves . and .. in s (no root); above: leading .. survive.
static void normalize_tail(Span s, bool win, bool above, Buf *out) {
    size_t base = out->len;
    for (size_t i = 0; i < s.n;) {
        while (i < s.n && is_sep(s.p[i], win)) i++;
        size_t from = i;
        while (i < s.n && !is_sep(s.p[i], win)) i++;
        size_t n = i - from;
        if (!n || (n == 1 && s.p[from] == '.')) continue;
        if (n == 2 && s.p[from] == '.' && s.p[from + 1] == '.') {
            size_t last = out->len;
            while (last > base && out->data[last - 1] != (u8)sep_of(win)) last--;
            bool up = out->len - last == 2 && out->data[last] == '.' && out->data[last + 1] == '.';
            if (out->len > base && !up) {
                out->len = last > base ? last - 1 : base;
                continue;
            }
            if (!above) continue;
        }
        if (out->len > base) buf_u8(out, (u8)sep_of(win));
        buf_put(out, s.p + from, n);
    }
}
static void put_root(Span s, size_t n, bool win, Buf *out) {
    for (size_t i = 0; i < n; i++) buf_u8(out, is_sep(s.p[i], win) ? (u8)sep_of(win) : (u8)s.p[i]);
}
static void normalize(Span s, bool win, Buf *out) {
    bool absolute;
    size_t root = root_length(s, win, &absolute), at = out->len;
    if (!s.n) return buf_u8(out, '.');
    put_root(s, root, win, out);
    size_t base = out->len;
    normalize_tail((Span){s.p + root, s.n - root}, win, !absolute, out);
    if (out->len == base && !absolute) buf_u8(out, '.');
    if (s.n > root && is_sep(s.p[s.n - 1], win) && out->len > base) buf_u8(out, (u8)sep_of(win));
    (void)at;
}
static void join_all(VM *vm, int argc, Value *argv, bool win, Buf *all) {
    for (int i = 0; i < argc; i++) {
        Buf b = {0};
        str_to_utf8(vm, v_string(argv[i]), &b);
        if (b.len && all->len) buf_u8(all, (u8)sep_of(win));
        if (b.len) buf_put(all, b.data, b.len);
        buf_free(&b);
    }
}
#define FLAVOUR bool win = native_magic(vm) & WIN
static Value path_join(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    for (int i = 0; i < argc; i++)
        if (!v_is_string(argv[i])) return throw_arg_type(vm, "path", "of type string", argv[i]);
    Buf all = {0}, out = {0};
    join_all(vm, argc, argv, win, &all);
    normalize((Span){buf_cstr(&all), all.len}, win, &out);
    buf_free(&all);
    return buf_take_str(vm, &out);
}
static Value path_normalize(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf b = {0}, out = {0};
    if (!text_rjs(vm, ARG(0), "path", &b)) return V_EXC;
    normalize((Span){(char *)b.data, b.len}, win, &out);
    buf_free(&b);
    return buf_take_str(vm, &out);
}
static void current_dir(VM *vm, bool win, Buf *b) {
    char dir[4096];
    vm_mark_impure(vm, IMPURE_ENV);
    buf_str(b, win ? "C:\\" : getcwd(dir, sizeof dir) ? dir : "/");
}
static bool resolve_rjs(VM *vm, int argc, Value *argv, bool win, Buf *out) {
    Buf all = {0};
    bool absolute = false;
    int i = argc;
    for (; i-- > 0 && !absolute;) {
        Buf b = {0};
        if (!text_rjs(vm, argv[i], "path", &b)) return buf_free(&all), false;
        if (b.len) {
            root_length((Span){(char *)b.data, b.len}, win, &absolute);
            if (all.len) buf_u8(&b, (u8)sep_of(win)), buf_put(&b, all.data, all.len);
            buf_free(&all);
            all = b;
        } else buf_free(&b);
    }
    if (!absolute) {
        Buf b = {0};
        current_dir(vm, win, &b);
        if (all.len) buf_u8(&b, (u8)sep_of(win)), buf_put(&b, all.data, all.len);
        buf_free(&all);
        all = b;
    }
    size_t from = out->len;
    normalize((Span){buf_cstr(&all), all.len}, win, out);
    bool abs;
    size_t root = root_length((Span){(char *)out->data + from, out->len - from}, win, &abs);
    while (out->len - from > root && is_sep((char)out->data[out->len - 1], win)) out->len--;
    buf_free(&all);
    return true;
}
static Value path_resolve(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf out = {0};
    return resolve_rjs(vm, argc, argv, win, &out) ? buf_take_str(vm, &out) : V_EXC;
}
static Value path_is_absolute(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf b = {0};
    bool absolute;
    if (!text_rjs(vm, ARG(0), "path", &b)) return V_EXC;
    root_length((Span){(char *)b.data, b.len}, win, &absolute);
    buf_free(&b);
    return v_from_bool(absolute);
}
static Value path_dirname(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf b = {0};
    bool absolute;
    if (!text_rjs(vm, ARG(0), "path", &b)) return V_EXC;
    Span s = {(char *)b.data, b.len};
    size_t root = root_length(s, win, &absolute), n = s.n;
    while (n > root && is_sep(s.p[n - 1], win)) n--;
    while (n > root && !is_sep(s.p[n - 1], win)) n--;
    while (n > root && is_sep(s.p[n - 1], win)) n--;
    Value r = n ? v_from_string(str_new_utf8(vm, s.p, n)) : v_str(vm, ".");
    buf_free(&b);
    return r;
}
static Span base_of(Span s, bool win) {
    size_t from = 0;
    if (win && s.n >= 2 && letter(s.p[0]) && s.p[1] == ':') from = 2;
    while (s.n > from && is_sep(s.p[s.n - 1], win)) s.n--;
    size_t i = s.n;
    while (i > from && !is_sep(s.p[i - 1], win)) i--;
    return (Span){s.p + i, s.n - i};
}
static size_t ext_at(Span base) { // where the extension starts in a base name; base.n: none
    size_t i = base.n;
    while (i && base.p[i - 1] != '.') i--;
    if (i <= 1) return base.n;                                      // none, or a dot file
    if (i == 2 && base.n == 2 && base.p[0] == '.') return base.n;   // ".."
    return i - 1;
}
static Value path_basename(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf b = {0}, e = {0};
    if (!v_is_undefined(ARG(1)) && !text_rjs(vm, argv[1], "suffix", &e)) return V_EXC;
    if (!text_rjs(vm, ARG(0), "path", &b)) return buf_free(&e), V_EXC;
    Span s = base_of((Span){(char *)b.data, b.len}, win);
    if (e.len && s.n > e.len && !memcmp(s.p + s.n - e.len, e.data, e.len)) s.n -= e.len;
    Value r = v_from_string(str_new_utf8(vm, s.p, s.n));
    buf_free(&b);
    buf_free(&e);
    return r;
}
static Value path_extname(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf b = {0};
    if (!text_rjs(vm, ARG(0), "path", &b)) return V_EXC;
    Span s = base_of((Span){(char *)b.data, b.len}, win);
    size_t at = ext_at(s);
    Value r = v_from_string(str_new_utf8(vm, s.p + at, s.n - at));
    buf_free(&b);
    return r;
}
static Value path_parse(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf b = {0};
    bool absolute;
    if (!text_rjs(vm, ARG(0), "path", &b)) return V_EXC;
    Span s = {(char *)b.data, b.len};
    size_t root = root_length(s, win, &absolute);
    Span base = base_of((Span){s.p + root, s.n - root}, win);
    size_t dir = (size_t)(base.p - s.p), at = ext_at(base);
    while (dir > root && is_sep(s.p[dir - 1], win)) dir--;
    Value o = v_obj(object_new(vm));
    prop_put(vm, o, "root", v_from_string(str_new_utf8(vm, s.p, root)));
    prop_put(vm, o, "dir", v_from_string(str_new_utf8(vm, s.p, dir)));
    prop_put(vm, o, "base", v_from_string(str_new_utf8(vm, base.p, base.n)));
    prop_put(vm, o, "ext", v_from_string(str_new_utf8(vm, base.p + at, base.n - at)));
    prop_put(vm, o, "name", v_from_string(str_new_utf8(vm, base.p, at)));
    buf_free(&b);
    return o;
}
static Value path_format(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    static const char *const names[] = {"dir", "root", "base", "name", "ext"};
    Buf part[5] = {{0}}, out = {0};
    if (!v_is_object(ARG(0))) return throw_arg_type(vm, "pathObject", "of type object", ARG(0));
    for (u32 i = 0; i < 5; i++) {
        Value v = prop_rjs(vm, argv[0], names[i]);
        if (v_is_exc(v) || (!v_is_nullish(v) && !utf8_arg_rjs(vm, v, &part[i]))) return V_EXC;
    }
    Buf *dir = part[0].len ? &part[0] : &part[1];
    buf_put(&out, dir->data, dir->len);
    bool same = dir->len == part[1].len && (!dir->len || !memcmp(dir->data, part[1].data, dir->len));
    if (dir->len && !same) buf_u8(&out, (u8)sep_of(win));
    if (part[2].len) buf_put(&out, part[2].data, part[2].len);
    else {
        buf_put(&out, part[3].data, part[3].len);
        if (part[4].len && part[4].data[0] != '.') buf_u8(&out, '.');
        buf_put(&out, part[4].data, part[4].len);
    }
    for (u32 i = 0; i < 5; i++) buf_free(&part[i]);
    return buf_take_str(vm, &out);
}
static bool same_text(const char *a, const char *b, size_t n, bool win) {
    for (size_t i = 0; i < n; i++) {
        char x = a[i], y = b[i];
        if (win && letter(x) && letter(y)) x |= 32, y |= 32;
        if (x != y) return false;
    }
    return true;
}
static Value path_relative(VM *vm, Value self, int argc, Value *argv) {
    FLAVOUR;
    Buf a = {0}, b = {0}, out = {0};
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, "from", "of type string", ARG(0));
    if (!v_is_string(ARG(1))) return throw_arg_type(vm, "to", "of type string", ARG(1));
    if (!resolve_rjs(vm, 1, argv, win, &a) || !resolve_rjs(vm, 1, argv + 1, win, &b)) return V_EXC;
    if (a.len && is_sep((char)a.data[a.len - 1], win)) a.len--;
    if (b.len && is_sep((char)b.data[b.len - 1], win)) b.len--;
    size_t common = 0, n = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i <= n; i++) { // the longest common prefix that ends at a separator of both
        bool ea = i == a.len || is_sep((char)a.data[i], win), eb = i == b.len || is_sep((char)b.data[i], win);
        if (!same_text((char *)a.data, (char *)b.data, i, win)) break;
        if (ea && eb) common = i;
    }
    for (size_t i = common; i < a.len; i++)
        if (is_sep((char)a.data[i], win)) buf_str(&out, out.len ? (win ? "\\.." : "/..") : "..");
    if (common < b.len) {
        if (out.len) buf_u8(&out, (u8)sep_of(win));
        buf_put(&out, b.data + common + 1, b.len - common - 1);
    }
    buf_free(&a);
    buf_free(&b);
    return buf_take_str(vm, &out);
}
static Value path_namespaced(VM *vm, Value self, int argc, Value *argv) { return ARG(0); }

const NativeRow path_rows[] = {
    FN("resolve", 0, path_resolve), FN("normalize", 1, path_normalize), FN("isAbsolute", 1, path_is_absolute), FN("join", 0, path_join), FN("relative", 2, path_relative),
    FN("toNamespacedPath", 1, path_namespaced), FN("dirname", 1, path_dirname), FN("basename", 2, path_basename), FN("extname", 1, path_extname), FN("format", 1, path_format),
    FN("parse", 1, path_parse), ROWS_END,
};
static Value flavour(VM *vm, bool win) {
    Value o = v_obj(object_new(vm));
    exports_rows(vm, o, RT_path_rows);
    for (u32 i = 0; win && path_rows[i].kind != ROW_END; i++) ((NativeFunction *)v_ptr(object_own_data(vm, v_object(o), key_c(vm, path_rows[i].name))))->magic = WIN;
    prop_put(vm, o, "sep", v_str(vm, win ? "\\" : "/"));
    prop_put(vm, o, "delimiter", v_str(vm, win ? ";" : ":"));
    return o;
}
Value path_module(VM *vm) { // posix is path itself; "path" and "path/posix" share it
    Value *slot = &((ValueArray *)v_ptr(vm->realm->NodeModules))->v[2];
    if (!v_is_undefined(*slot)) return *slot;
    Value posix = flavour(vm, false), win = flavour(vm, true);
    prop_put(vm, posix, "posix", posix);
    prop_put(vm, posix, "win32", win);
    prop_put(vm, win, "posix", posix);
    prop_put(vm, win, "win32", win);
    heap_set(vm, slot, posix);
    return posix;
}
Value path_win32_module(VM *vm) { return object_own_data(vm, v_object(path_module(vm)), key_c(vm, "win32")); }
