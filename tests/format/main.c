// SPDX-License-Identifier: MIT
// Unit tests of format/: text modules good and bad (each bad file names the rule that must refuse it),
// damaged containers, layouts, and random damage that must never crash. Arguments: the tests/format
// directory, and where to leave the layout it builds (for the second reader). Exit code 1 if something
// failed.
#include "tests/format/test.h"

#include <dirent.h>
#include <stdlib.h>

static int name_order(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

void test_each_file(const char *dir, const char *suffix, void (*each)(const char *path, const Buf *bytes)) {
    DIR *d = opendir(dir);
    char *names[1024], path[1024];
    u32 n = 0;
    T_CHECK(d, "%s", dir);
    for (struct dirent *e; d && (e = readdir(d)) && n < 1024;) {
        size_t len = strlen(e->d_name), tail = strlen(suffix);
        if (len > tail && !strcmp(e->d_name + len - tail, suffix))
            names[n++] = strdup(e->d_name);
    }
    if (d)
        closedir(d);
    qsort(names, n, sizeof *names, name_order);
    for (u32 i = 0; i < n; i++) {
        Buf bytes = {0};
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        T_CHECK(!file_read(path, &bytes), "%s", path);
        each(path, &bytes);
        buf_free(&bytes);
        free(names[i]);
    }
    T_CHECK(n, "no %s files in %s", suffix, dir);
}

int main(int argc, char **argv) {
    const char *dir = argc > 1 ? argv[1] : "tests/format";
    test_text(dir);
    test_container(dir);
    test_layout(dir, argc > 2 ? argv[2] : NULL);
    test_damage(dir);
    return test_report("format");
}
