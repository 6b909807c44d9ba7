// SPDX-License-Identifier: MIT
// Which files a tsconfig.json is about: `files`, `include`, `exclude` and their patterns. Asked only where project references make a choice.
#include "compiler/link/resolve.h"

// One segment of a path against one of a pattern: `*` is any run of characters, `?` one.
static bool segment_matches(const char *pattern, size_t pn, const char *text, size_t tn) {
    size_t p = 0, t = 0, star = (size_t)-1, mark = 0;
    while (t < tn) {
        if (p < pn && pattern[p] == '*') star = p++, mark = t;
        else if (p < pn && (pattern[p] == '?' || pattern[p] == text[t])) p++, t++;
        else if (star != (size_t)-1) p = star + 1, t = ++mark;
        else return false;
    }
    while (p < pn && pattern[p] == '*') p++;
    return p == pn;
}

// `**` stands for any number of directories. below: everything below what the pattern names belongs to it.
static bool path_matches(const char *pattern, const char *path, bool below) {
    while (*pattern == '/') pattern++;
    while (*path == '/') path++;
    if (!*pattern) return !*path || below;
    if (!*path) return false;
    size_t pn = strcspn(pattern, "/"), tn = strcspn(path, "/");
    if (pn == 2 && !memcmp(pattern, "**", 2)) {
        if (!pattern[2] && !below) return true;
        if (path_matches(pattern + 2, path, below)) return true;
        return path[tn] && path_matches(pattern, path + tn, below);
    }
    return segment_matches(pattern, pn, path, tn) && path_matches(pattern + pn, path + tn, below);
}

// A pattern whose last part has neither wildcard nor extension names a directory.
static bool names_directory(const char *pattern) {
    const char *last = path_basename(pattern);
    return !strpbrk(last, "*?.") || !*last;
}

static bool list_matches(Resolver *r, const TsConfig *c, const TsFileList *list, const char *file, bool exclude) {
    for (const Json *j = list->json->first; j; j = j->next) {
        if (j->kind != JSON_STRING) continue;
        const char *text = tsconfig_path(r, c, list->directory, j->text);
        if (path_matches(text, file, exclude || names_directory(text))) return true;
    }
    return false;
}

static bool is_list(const TsFileList *list) { return list->json && list->json->kind == JSON_ARRAY; }

bool tsconfig_contains(Resolver *r, const TsConfig *c, const char *file) {
    if (is_list(&c->files) && list_matches(r, c, &c->files, file, false)) return true;
    if (is_list(&c->exclude) && list_matches(r, c, &c->exclude, file, true)) return false;
    if (is_list(&c->include)) return list_matches(r, c, &c->include, file, false);
    size_t n = strlen(c->directory);
    return !is_list(&c->files) && !strncmp(file, c->directory, n) && (file[n] == '/' || !strcmp(c->directory, "/"));
}
