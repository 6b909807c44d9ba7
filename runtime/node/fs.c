// SPDX-License-Identifier: MIT
// node:fs and node:fs/promises: whole-file operations and directories. Each operation is written once, synchronous; the promise and callback forms
// run it and hand its outcome over. Every call marks the run as having seen files.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/node/node.h"
#include "vm/builtins/date.h"
#include "vm/exec/jobs.h"

enum FsOp {
    OP_READ, OP_WRITE, OP_APPEND, OP_EXISTS, OP_MKDIR, OP_READDIR, OP_STAT, OP_LSTAT, OP_RM, OP_RMDIR, OP_UNLINK, OP_MKDTEMP, OP_COPY, OP_RENAME, OP_ACCESS, OP_REALPATH, OP_CHMOD,
    OP_SYMLINK, OP_READLINK, OP_COUNT
};
static const struct { const char *name, *syscall; } ops[OP_COUNT] = {
    {"readFile", "open"}, {"writeFile", "open"}, {"appendFile", "open"}, {"exists", "access"}, {"mkdir", "mkdir"}, {"readdir", "scandir"}, {"stat", "stat"}, {"lstat", "lstat"}, {"rm", "rm"},
    {"rmdir", "rmdir"}, {"unlink", "unlink"}, {"mkdtemp", "mkdtemp"}, {"copyFile", "copyfile"}, {"rename", "rename"}, {"access", "access"}, {"realpath", "realpath"}, {"chmod", "chmod"},
    {"symlink", "symlink"}, {"readlink", "readlink"}};
enum { SYNC, PROMISE = 64, CALLBACK = 128 };

static const char *errno_name(int e) {
    static const struct { int e; const char *name; } names[] = {{ENOENT, "ENOENT"}, {EEXIST, "EEXIST"}, {ENOTDIR, "ENOTDIR"}, {EISDIR, "EISDIR"}, {EACCES, "EACCES"}, {EPERM, "EPERM"},
        {ENOTEMPTY, "ENOTEMPTY"}, {EINVAL, "EINVAL"}, {ELOOP, "ELOOP"}, {EMFILE, "EMFILE"}, {EROFS, "EROFS"}, {ENOSPC, "ENOSPC"}, {EBADF, "EBADF"}, {EXDEV, "EXDEV"}};
    for (u32 i = 0; i < DX_COUNTOF(names); i++)
        if (names[i].e == e) return names[i].name;
    return "EIO";
}
static Value fs_error(VM *vm, int e, enum FsOp op, const char *path, const char *dest) {
    char reason[128];
    snprintf(reason, sizeof reason, "%s", strerror(e));
    if (reason[0] >= 'A' && reason[0] <= 'Z') reason[0] += 32;
    String *text = dest ? str_format(vm, "%s: %s, %s '%s' -> '%s'", errno_name(e), reason, ops[op].syscall, path, dest)
                        : str_format(vm, "%s: %s, %s '%s'", errno_name(e), reason, ops[op].syscall, path);
    Value err = error_new(vm, REALM_ErrorPrototype, v_from_string(text));
    prop_put(vm, err, "errno", v_from_int(-e));
    prop_put(vm, err, "code", v_str(vm, errno_name(e)));
    prop_put(vm, err, "syscall", v_str(vm, ops[op].syscall));
    prop_put(vm, err, "path", v_str(vm, path));
    if (dest) prop_put(vm, err, "dest", v_str(vm, dest));
    return vm_throw_value(vm, err);
}
static bool path_rjs(VM *vm, Value v, const char *name, Buf *out) {
    u8 *p;
    size_t n;
    if (v_is_string(v)) usv_utf8(vm, v_string(v), out);
    else if (web_of(v, WEB_URL)) {
        Value path = call_method_rjs(vm, node_exports(vm, "url"), "fileURLToPath", 1, &v);
        if (v_is_exc(path)) return false;
        usv_utf8(vm, v_string(path), out);
    } else if (bytes_of(v, &p, &n)) buf_put(out, p, n);
    else return throw_arg_type(vm, name, "of type string or an instance of Buffer or URL", v), false;
    buf_cstr(out);
    return true;
}
static Value option_rjs(VM *vm, Value options, const char *name) { return v_is_object(options) ? prop_rjs(vm, options, name) : V_UNDEFINED; }

// ---- Stats, Dirent

static Value stats_is(VM *vm, Value self, int argc, Value *argv) { // magic: file type bits >> 12
    u32 want = native_magic(vm);
    Value mode = prop_rjs(vm, self, "mode");
    return v_is_number(mode) ? v_from_bool(((u32)v_num(mode) & S_IFMT) >> 12 == want) : V_FALSE;
}
const NativeRow fs_stats_rows[] = {
    FN_MAGIC("isFile", 0, stats_is, S_IFREG >> 12), FN_MAGIC("isDirectory", 0, stats_is, S_IFDIR >> 12), FN_MAGIC("isSymbolicLink", 0, stats_is, S_IFLNK >> 12),
    FN_MAGIC("isFIFO", 0, stats_is, S_IFIFO >> 12), FN_MAGIC("isSocket", 0, stats_is, S_IFSOCK >> 12), FN_MAGIC("isCharacterDevice", 0, stats_is, S_IFCHR >> 12),
    FN_MAGIC("isBlockDevice", 0, stats_is, S_IFBLK >> 12), ROWS_END,
};
static Value stats_proto(VM *vm) {
    Value *slot = &((ValueArray *)v_ptr(vm->realm->NodeModules))->v[3];
    if (v_is_undefined(*slot)) {
        Value p = v_obj(object_new(vm));
        builtin_install(vm, p, RT_fs_stats_rows);
        heap_set(vm, slot, p);
    }
    return *slot;
}
static Value stats_new(VM *vm, const struct stat *s) {
    Value o = v_obj(object_new_proto(vm, stats_proto(vm)));
    const struct { const char *name; f64 v; } fields[] = {{"dev", (f64)s->st_dev}, {"mode", s->st_mode}, {"nlink", (f64)s->st_nlink}, {"uid", s->st_uid}, {"gid", s->st_gid},
        {"ino", (f64)s->st_ino}, {"size", (f64)s->st_size}, {"blocks", (f64)s->st_blocks}, {"blksize", (f64)s->st_blksize}};
    for (u32 i = 0; i < DX_COUNTOF(fields); i++) prop_put(vm, o, fields[i].name, v_from_num(fields[i].v));
    const struct { const char *ms, *date; struct timespec t; } times[] = {{"atimeMs", "atime", s->st_atim}, {"mtimeMs", "mtime", s->st_mtim}, {"ctimeMs", "ctime", s->st_ctim}, {"birthtimeMs", "birthtime", s->st_ctim}};
    for (u32 i = 0; i < DX_COUNTOF(times); i++) {
        f64 ms = (f64)times[i].t.tv_sec * 1000 + (f64)times[i].t.tv_nsec / 1e6;
        prop_put(vm, o, times[i].ms, v_from_num(ms));
        prop_put(vm, o, times[i].date, date_new(vm, (f64)(i64)ms));
    }
    return o;
}

// ---- operations

static Value read_rjs(VM *vm, const char *path, Value options) {
    Buf b = {0};
    Value encoding = v_is_string(options) ? options : option_rjs(vm, options, "encoding");
    if (v_is_exc(encoding)) return V_EXC;
    struct stat s;
    int e = stat(path, &s) ? errno : S_ISDIR(s.st_mode) ? EISDIR : file_read(path, &b);
    if (e) {
        buf_free(&b);
        if (e != EISDIR) return fs_error(vm, e, OP_READ, path, NULL);
        return throw_coded(vm, REALM_ErrorPrototype, "EISDIR", "EISDIR: illegal operation on a directory, read");
    }
    bool bad;
    Value r = v_is_nullish(encoding) ? buffer_from_bytes(vm, b.data, b.len) : V_HOLE;
    if (r == V_HOLE) r = is_c(vm, encoding, "utf8") || is_c(vm, encoding, "utf-8") ? text_from_utf8(vm, b.data, b.len, false, &bad)
                                                                                   : call_method_rjs(vm, buffer_from_bytes(vm, b.data, b.len), "toString", 1, &encoding);
    buf_free(&b);
    return r;
}
static Value write_rjs(VM *vm, const char *path, Value data, Value options, bool append) {
    Buf b = {0};
    Value encoding = v_is_string(options) ? options : option_rjs(vm, options, "encoding"), flag = option_rjs(vm, options, "flag");
    if (v_is_exc(encoding) || v_is_exc(flag) || !buffer_bytes_rjs(vm, data, v_is_string(encoding) ? encoding : V_UNDEFINED, &b)) return V_EXC;
    bool excl = is_c(vm, flag, "wx");
    if (is_c(vm, flag, "a")) append = true;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC) | (excl ? O_EXCL : 0), 0666), e = fd < 0 ? errno : 0;
    for (size_t at = 0; !e && at < b.len;) {
        ssize_t n = write(fd, b.data + at, b.len - at);
        if (n < 0) e = errno;
        else at += (size_t)n;
    }
    if (fd >= 0) close(fd);
    buf_free(&b);
    return e ? fs_error(vm, e, OP_WRITE, path, NULL) : V_UNDEFINED;
}
static int make_dirs(char *path, char *first, size_t cap) { // every missing folder; first: the topmost one made
    for (char *p = path + 1;; p++) {
        if (*p && *p != '/') continue;
        char c = *p;
        *p = 0;
        int r = mkdir(path, 0777), e = errno;
        if (r == 0 && !first[0]) snprintf(first, cap, "%.*s", (int)cap - 1, path);
        *p = c;
        struct stat s;
        if (r && e != EEXIST) return e;
        if (r && !c && stat(path, &s) == 0 && !S_ISDIR(s.st_mode)) return EEXIST;
        if (!c) return 0;
    }
}
static int remove_tree(const char *path) {
    struct stat s;
    if (lstat(path, &s)) return errno;
    if (!S_ISDIR(s.st_mode)) return unlink(path) ? errno : 0;
    DIR *d = opendir(path);
    if (!d) return errno;
    int e = 0;
    for (struct dirent *x; !e && (x = readdir(d));) {
        if (!strcmp(x->d_name, ".") || !strcmp(x->d_name, "..")) continue;
        Buf b = {0};
        buf_printf(&b, "%s/%s", path, x->d_name);
        e = remove_tree(buf_cstr(&b));
        buf_free(&b);
    }
    closedir(d);
    return e ? e : rmdir(path) ? errno : 0;
}
static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }
static int read_dir(VM *vm, const char *path, const char *prefix, bool types, bool recursive, Array *out) {
    DIR *d = opendir(path);
    if (!d) return errno;
    char **names = NULL;
    u32 n = 0, cap = 0;
    for (struct dirent *x; (x = readdir(d));) {
        if (!strcmp(x->d_name, ".") || !strcmp(x->d_name, "..")) continue;
        if (n == cap) names = mem_realloc(names, (cap = cap ? cap * 2 : 32) * sizeof *names);
        names[n++] = strcpy(mem_alloc(strlen(x->d_name) + 1), x->d_name);
    }
    closedir(d);
    if (n) qsort(names, n, sizeof *names, by_name);
    for (u32 i = 0; i < n; i++) {
        Buf full = {0}, rel = {0};
        struct stat s = {0};
        buf_printf(&full, "%s/%s", path, names[i]);
        buf_printf(&rel, "%s%s", prefix, names[i]);
        lstat(buf_cstr(&full), &s);
        if (types) {
            Value e = v_obj(object_new_proto(vm, stats_proto(vm)));
            prop_put(vm, e, "name", v_str(vm, names[i]));
            prop_put(vm, e, "parentPath", v_str(vm, path));
            prop_put(vm, e, "path", v_str(vm, path));
            object_put(vm, v_object(e), key_c(vm, "mode"), v_from_num(s.st_mode), ATTR_WC);
            array_push(vm, out, e);
        } else array_push(vm, out, v_str(vm, buf_cstr(&rel)));
        if (recursive && S_ISDIR(s.st_mode)) {
            buf_u8(&rel, '/');
            read_dir(vm, buf_cstr(&full), buf_cstr(&rel), types, true, out);
        }
        buf_free(&full);
        buf_free(&rel);
        mem_free(names[i]);
    }
    mem_free(names);
    return 0;
}
static int copy_file(const char *from, const char *to) {
    Buf b = {0};
    int e = file_read(from, &b);
    FILE *f = e ? NULL : fopen(to, "wb");
    if (!e && (!f || fwrite(b.data, 1, b.len, f) != b.len)) e = errno;
    if (f && fclose(f)) e = errno;
    buf_free(&b);
    return e;
}
static Value run_rjs(VM *vm, enum FsOp op, int argc, Value *argv, const char *path, const char *second) {
    char text[PATH_MAX + 8] = "";
    struct stat s;
    int e = 0;
    Value options = ARG(1), flag;
    switch (op) {
    case OP_READ: return read_rjs(vm, path, options);
    case OP_WRITE: case OP_APPEND: return write_rjs(vm, path, ARG(1), ARG(2), op == OP_APPEND);
    case OP_EXISTS: return v_from_bool(access(path, F_OK) == 0);
    case OP_MKDIR:
        if (v_is_exc(flag = option_rjs(vm, options, "recursive"))) return V_EXC;
        snprintf(text, sizeof text, "%s", path);
        if (to_boolean(flag)) {
            char first[PATH_MAX] = "";
            if (!(e = make_dirs(text, first, sizeof first))) return first[0] ? v_str(vm, first) : V_UNDEFINED;
        } else if (mkdir(path, 0777)) e = errno;
        break;
    case OP_READDIR: {
        Array *out = array_new(vm, 8);
        Value types = option_rjs(vm, options, "withFileTypes"), recursive = option_rjs(vm, options, "recursive");
        if (v_is_exc(types) || v_is_exc(recursive)) return V_EXC;
        if (!(e = read_dir(vm, path, "", to_boolean(types), to_boolean(recursive), out))) return v_from_array(out);
        break;
    }
    case OP_STAT: case OP_LSTAT:
        if ((op == OP_STAT ? stat(path, &s) : lstat(path, &s)) == 0) return stats_new(vm, &s);
        e = errno;
        if (v_is_exc(flag = option_rjs(vm, options, "throwIfNoEntry"))) return V_EXC;
        if (flag == V_FALSE && e == ENOENT) return V_UNDEFINED;
        break;
    case OP_RM: {
        Value recursive = option_rjs(vm, options, "recursive"), force = option_rjs(vm, options, "force");
        if (v_is_exc(recursive) || v_is_exc(force)) return V_EXC;
        if (lstat(path, &s)) e = to_boolean(force) && errno == ENOENT ? 0 : errno;
        else if (S_ISDIR(s.st_mode) && !to_boolean(recursive)) return throw_coded(vm, REALM_ErrorPrototype, "ERR_FS_EISDIR", "Path is a directory: rm returned EISDIR (is a directory) %s", path);
        else e = remove_tree(path);
        break;
    }
    case OP_RMDIR: e = rmdir(path) ? errno : 0; break;
    case OP_UNLINK: e = unlink(path) ? errno : 0; break;
    case OP_MKDTEMP:
        snprintf(text, sizeof text, "%sXXXXXX", path);
        if (mkdtemp(text)) return v_str(vm, text);
        e = errno;
        break;
    case OP_COPY: e = copy_file(path, second); break;
    case OP_RENAME: e = rename(path, second) ? errno : 0; break;
    case OP_ACCESS: e = access(path, v_is_number(options) ? (int)v_num(options) : F_OK) ? errno : 0; break;
    case OP_REALPATH:
        if (realpath(path, text)) return v_str(vm, text);
        e = errno;
        break;
    case OP_CHMOD: e = chmod(path, v_is_number(options) ? (mode_t)v_num(options) : 0644) ? errno : 0; break;
    case OP_SYMLINK: e = symlink(path, second) ? errno : 0; break;
    case OP_READLINK: {
        ssize_t n = readlink(path, text, sizeof text - 1);
        if (n >= 0) return v_from_string(str_new_utf8(vm, text, (size_t)n));
        e = errno;
        break;
    }
    default: break;
    }
    return e ? fs_error(vm, e, op, path, second) : V_UNDEFINED;
}
static Value op_rjs(VM *vm, enum FsOp op, int argc, Value *argv) {
    Buf path = {0}, second = {0};
    Value r = V_EXC;
    bool two = op == OP_COPY || op == OP_RENAME || op == OP_SYMLINK;
    vm_mark_impure(vm, IMPURE_FILES);
    if (op == OP_EXISTS && !v_is_string(ARG(0)) && !v_is_object(ARG(0))) return V_FALSE;
    if (path_rjs(vm, ARG(0), op == OP_MKDTEMP ? "prefix" : "path", &path) && (!two || path_rjs(vm, ARG(1), "dest", &second)))
        r = run_rjs(vm, op, argc, argv, (char *)path.data, two ? (char *)second.data : NULL);
    buf_free(&path);
    buf_free(&second);
    return r;
}
static Value deliver(VM *vm, Value self, int argc, Value *argv) { // slots: callback, error, value
    Value *s = native_slots(vm);
    return CALL2(vm, s[0], V_UNDEFINED, s[1], s[2]);
}
const NativeRow fs_internal_rows[] = {FN("", 0, deliver), ROWS_END};
static Value fs_call(VM *vm, Value self, int argc, Value *argv) {
    u32 magic = native_magic(vm);
    enum FsOp op = magic & 63;
    if (magic & PROMISE) {
        Value r = op_rjs(vm, op, argc, argv);
        return v_is_exc(r) ? rejected(vm) : resolved(vm, r);
    }
    if (!(magic & CALLBACK)) return op_rjs(vm, op, argc, argv);
    Value cb = argc ? argv[argc - 1] : V_UNDEFINED;
    if (!v_is_callable(cb)) return throw_arg_type(vm, "cb", "of type function", cb);
    Value r = op_rjs(vm, op, argc - 1, argv), error = V_NULL;
    if (v_is_exc(r)) error = vm_take_exception(vm), r = V_UNDEFINED;
    Value f = op == OP_EXISTS ? closure(vm, RUNTIME_ID(fs_internal_rows, 0), 3, cb, r, V_UNDEFINED) : closure(vm, RUNTIME_ID(fs_internal_rows, 0), 3, cb, error, r);
    return v_is_exc(CALL1(vm, native_make(vm, RUNTIME_ID(timer_global_rows, 2)), V_UNDEFINED, f)) ? V_EXC : V_UNDEFINED;
}
static Value fs_missing(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"createReadStream", "createWriteStream", "watch", "watchFile", "openSync", "open"};
    return throw_error(vm, "fs.%s is not supported by dx", names[native_magic(vm)]);
}
const NativeRow fs_rows[] = {
    FN("", 0, fs_call), FN_MAGIC("createReadStream", 1, fs_missing, 0), FN_MAGIC("createWriteStream", 1, fs_missing, 1), FN_MAGIC("watch", 1, fs_missing, 2),
    FN_MAGIC("watchFile", 1, fs_missing, 3), FN_MAGIC("openSync", 1, fs_missing, 4), FN_MAGIC("open", 1, fs_missing, 5), ROWS_END,
};
static void put_op(VM *vm, Value to, u32 op, u32 mode) {
    char name[32];
    snprintf(name, sizeof name, "%s%s", ops[op].name, mode == SYNC ? "Sync" : "");
    NativeFunction *f = native_new(vm, RUNTIME_ID(fs_rows, 0), 0);
    f->magic = (u16)(op | mode);
    f->name = v_str(vm, name);
    prop_put(vm, to, name, v_obj(f));
}
static Value constants(VM *vm) {
    Value o = v_obj(object_new(vm));
    prop_put(vm, o, "F_OK", v_from_int(F_OK));
    prop_put(vm, o, "R_OK", v_from_int(R_OK));
    prop_put(vm, o, "W_OK", v_from_int(W_OK));
    prop_put(vm, o, "X_OK", v_from_int(X_OK));
    return o;
}
Value fs_promises_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    for (u32 i = 0; i < OP_COUNT; i++)
        if (i != OP_EXISTS) put_op(vm, o, i, PROMISE);
    prop_put(vm, o, "constants", constants(vm));
    return o;
}
Value fs_module(VM *vm) {
    Value o = v_obj(object_new(vm));
    for (u32 i = 0; i < OP_COUNT; i++) {
        put_op(vm, o, i, SYNC);
        put_op(vm, o, i, CALLBACK);
    }
    for (u32 i = 1; fs_rows[i].kind != ROW_END; i++) prop_put(vm, o, fs_rows[i].name, native_make(vm, RUNTIME_ID(fs_rows, i)));
    prop_put(vm, object_own_data(vm, v_object(o), key_c(vm, "realpathSync")), "native", object_own_data(vm, v_object(o), key_c(vm, "realpathSync")));
    prop_put(vm, o, "constants", constants(vm));
    prop_put(vm, o, "promises", node_exports(vm, "fs/promises"));
    return o;
}
