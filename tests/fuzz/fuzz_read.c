// SPDX-License-Identifier: MIT
// Property: any bytes, read in any language and goal, give diagnostics or a tree; the tree can be printed, each diagnostic lies in the
// text, and reading again says the same. Input: byte 0 the language and goal, then the text. -DREPLAY: a program over files.
#include <stdio.h>
#include <stdlib.h>

#include "compiler/read/read.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t n);

static void read_and_print(u8 mode, const char *text, size_t len, Buf *out) {
    Arena arena = {0};
    StrTable strings;
    DiagList diags;
    str_table_init(&strings, &arena);
    diag_init(&diags, &arena, "fuzz", text, len);
    ReadOptions o = {.lang = (ReadLang)(mode % 5), .goal = (ReadGoal)(mode / 5 % 4), .strings = &strings,
                     .experimental_decorators = mode & 0x80};
    Ast *ast = read_source(&arena, &o, text, len, &diags);
    for (u32 i = 0; i < diags.count; i++) DX_CHECK(diags.items[i].start <= diags.items[i].end && diags.items[i].end <= ast->text_len);
    diag_print(&diags, out);
    if (!diags.errors) ast_dump(ast, out, true);
    str_table_free(&strings);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t n) {
    if (!n) return 0;
    // An exactly sized copy, so that a read past the end is seen.
    char *text = malloc(n);
    memcpy(text, data + 1, n - 1);
    Buf once = {0}, again = {0};
    read_and_print(data[0], text, n - 1, &once);
    read_and_print(data[0], text, n - 1, &again);
    DX_CHECK(once.len == again.len && (!once.len || memcmp(once.data, again.data, once.len) == 0));
    buf_free(&once);
    buf_free(&again);
    free(text);
    return 0;
}

#ifdef REPLAY
int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        Buf b = {0};
        if (file_read(argv[i], &b) != 0) return 2;
        LLVMFuzzerTestOneInput(b.data, b.len);
        buf_free(&b);
    }
    printf("fuzz_read: %d inputs replayed\n", argc - 1);
    return 0;
}
#endif
