// SPDX-License-Identifier: MIT
//
// Measures tree-sitter as a front end: parses the files named on standard input (one path a line) and
// prints the speed of parsing alone and how many trees hold an ERROR or MISSING node. It is linked with
// the C core and the generated parsers of the npm packages (see README.md); nothing of DX depends on it.

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tree_sitter/api.h"

const TSLanguage *tree_sitter_javascript(void);
const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

typedef struct {
    char *path;
    char *text;
    size_t len;
    const TSLanguage *lang;
    bool faulty; // the tree holds an ERROR or MISSING node
} Source;

typedef struct {
    Source *at;
    size_t count, room;
} Sources;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static bool ends(const char *s, const char *with)
{
    size_t n = strlen(s), m = strlen(with);
    return n >= m && !memcmp(s + n - m, with, m);
}

static const TSLanguage *language_of(const char *path)
{
    if (ends(path, ".tsx"))
        return tree_sitter_tsx();
    if (ends(path, ".ts") || ends(path, ".mts") || ends(path, ".cts"))
        return tree_sitter_typescript();
    return tree_sitter_javascript();
}

static bool source_load(Sources *all, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return false;
    }
    fseek(f, 0, SEEK_END);
    long len = ftell(f);
    rewind(f);
    char *text = malloc(len + 1);
    if (fread(text, 1, len, f) != (size_t)len)
        len = 0;
    fclose(f);
    if (all->count == all->room) {
        all->room = all->room ? all->room * 2 : 256;
        all->at = realloc(all->at, all->room * sizeof *all->at);
    }
    all->at[all->count++] = (Source){strdup(path), text, len, language_of(path), false};
    return true;
}

int main(int argc, char **argv)
{
    bool list_faulty = argc > 1 && !strcmp(argv[1], "--list-faulty");
    bool list_clean = argc > 1 && !strcmp(argv[1], "--list-clean");
    int rounds = list_faulty || list_clean ? 1 : 3;
    Sources all = {0};
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (*line)
            source_load(&all, line);
    }
    TSParser *parser = ts_parser_new();
    double best = 1e9;
    size_t bytes = 0, faulty = 0;
    for (int round = 0; round < rounds; round++) {
        bytes = faulty = 0;
        double start = now();
        for (size_t i = 0; i < all.count; i++) {
            Source *s = &all.at[i];
            ts_parser_set_language(parser, s->lang);
            TSTree *tree = ts_parser_parse_string(parser, NULL, s->text, s->len);
            s->faulty = !tree || ts_node_has_error(ts_tree_root_node(tree));
            faulty += s->faulty;
            bytes += s->len;
            ts_tree_delete(tree);
        }
        double took = now() - start;
        best = took < best ? took : best;
    }
    for (size_t i = 0; i < all.count; i++)
        if ((list_faulty && all.at[i].faulty) || (list_clean && !all.at[i].faulty))
            puts(all.at[i].path);
    fprintf(stderr, "%zu files, %.2f MB, best of %d: %.3f s, %.2f MB/s, %zu with ERROR or MISSING (%.2f %%)\n",
            all.count, bytes / 1e6, rounds, best, bytes / 1e6 / best, faulty,
            all.count ? 100.0 * faulty / all.count : 0.0);
    ts_parser_delete(parser);
    return 0;
}
