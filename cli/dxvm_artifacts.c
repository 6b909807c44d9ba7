// SPDX-License-Identifier: MIT
// dxvm dump, verify, info, asm. Owns how artifacts are named, read and reported on the command line; what is
// in them comes from format/. Never runs anything.
#include "cli/dxvm_artifacts.h"

#include <stdio.h>
#include <stdlib.h>

int dxvm_report_fault(const char *path, const DxtFault *fault) {
    fprintf(stderr, "%s: error: ", path);
    const char *sentence = dxt_rule_text(fault->rule);
    if (sentence)
        fprintf(stderr, "rule %u: %.*s: %s", fault->rule, (int)strlen(sentence) - 1, sentence, fault->detail);
    else
        fprintf(stderr, "%s: %s", dxt_status_text(fault->status), fault->detail);
    if (fault->func != DXT_NONE)
        fprintf(stderr, " (function %u, offset %llu)", fault->func, (unsigned long long)fault->offset);
    else if (fault->rule)
        fprintf(stderr, " (offset %llu)", (unsigned long long)fault->offset);
    fputc('\n', stderr);
    return fault->status == DXT_E_IO ? EXIT_USAGE : EXIT_REJECTED;
}

void artifact_close(Artifact *a) {
    if (a->is_layout)
        dxtl_close(&a->layout);
    else
        dxt_close(&a->module);
    buf_free(&a->bytes);
}

int artifact_open(const char *path, Artifact *a) {
    DxtFault fault = {0};
    memset(a, 0, sizeof *a);
    int err = file_read(path, &a->bytes);
    if (err) {
        fprintf(stderr, "%s: error: %s\n", path, strerror(err));
        buf_free(&a->bytes);
        return EXIT_USAGE;
    }
    a->is_layout = a->bytes.len >= 4 && !memcmp(a->bytes.data, "DXTL", 4);
    DxtStatus s = a->is_layout ? dxtl_open_bytes(a->bytes.data, a->bytes.len, true, &a->layout, &fault)
                               : dxt_open(a->bytes.data, a->bytes.len, true, &a->module, &fault);
    if (!s)
        return EXIT_OK;
    artifact_close(a);
    return dxvm_report_fault(path, &fault);
}

static DxtStatus cold_open(Artifact *a, DxtFault *fault) { // positions and source, which running does not need
    DxtStatus s = DXT_OK;
    for (u32 i = 0; a->is_layout && !s && i < a->layout.module_count; i++)
        s = dxt_cold(dxtl_module(&a->layout, i), fault);
    return a->is_layout ? s : dxt_cold(&a->module, fault);
}

static int usage(const char *text) {
    fprintf(stderr, "usage: dxvm %s\n", text);
    return EXIT_USAGE;
}

// Applies `each` to every file; the worst exit code wins.
static int each_file(int argc, char **argv, int first, int (*each)(const char *path, Artifact *a)) {
    int worst = EXIT_OK;
    for (int i = first; i < argc; i++) {
        Artifact a;
        int code = artifact_open(argv[i], &a);
        if (!code) {
            DxtFault fault = {0};
            code = cold_open(&a, &fault) ? dxvm_report_fault(argv[i], &fault) : each(argv[i], &a);
            artifact_close(&a);
        }
        worst = code > worst ? code : worst;
    }
    return worst;
}

// ---- verify, info

static int verify_one(const char *path, Artifact *a) {
    printf("%s: ok\n", path);
    return EXIT_OK;
}

int dxvm_verify(int argc, char **argv) {
    if (argc < 2 || argv[1][0] == '-')
        return usage("verify FILE...");
    return each_file(argc, argv, 1, verify_one);
}

static void print_hash(const u8 hash[16]) {
    for (u32 i = 0; i < 16; i++)
        printf("%02x", hash[i]);
}

static void info_module(const DxtModule *m) {
    static const char *const kinds[] = {"", "ESM", "script", "CommonJS", "JSON", "text"};
    static const char *const dialects[] = {"none", "jest", "vitest", "bun", "node:test"};
    printf("  path      %s\n  kind      %s, dialect %s, flags 0x%x\n  hash      ", m->path, kinds[m->kind],
           dialects[m->dialect], m->flags);
    print_hash(m->hash);
    printf("\n  code      %u bytes in %u functions, %u handlers\n", m->code_len, m->func_count,
           m->handler_count);
    printf("  tables    %u strings, %u constants, %u bytes of data, %u scopes\n", m->string_count,
           m->const_count, m->data_len, m->scope_count);
    printf("  linkage   %u requests, %u imports, %u exports, %u module slots\n", m->request_count,
           m->import_count, m->export_count, m->env_slots);
    printf("  tests     %u rows, %u assertion sites\n", m->test_count, m->site_count);
    printf("  cold      %u bytes for %u positions and %u bytes of source\n", m->cold_len, m->pos_count,
           m->source_len);
}

static int info_one(const char *path, Artifact *a) {
    if (!a->is_layout) {
        printf("%s: module, %zu bytes\n", path, a->bytes.len);
        info_module(&a->module);
        return EXIT_OK;
    }
    const DxtLayout *l = &a->layout;
    printf("%s: layout, %zu bytes\n  hash      ", path, a->bytes.len);
    print_hash(l->hash);
    printf("\n  sources   ");
    print_hash(l->source_hash);
    printf("\n  modules   %u, %u edges\n  entries   %u files, %u suites, %u tests\n  strings   %u unique, "
           "%llu bytes\n  inputs    %u\n",
           l->module_count, l->graph_first[l->module_count], l->file_count, l->suite_count, l->test_count,
           l->unique_count, (unsigned long long)l->strings_len, l->input_count);
    for (u32 i = 0; i < l->file_count; i++) {
        const DxtlFile *f = &l->files[i];
        printf("  file      %s: module %u, %u suites, %u tests%s\n", l->modules[f->module].path, f->module,
               f->suite_count, f->test_count, f->flags & MODF_DYNAMIC_TESTS ? ", dynamic" : "");
    }
    return EXIT_OK;
}

int dxvm_info(int argc, char **argv) {
    if (argc < 2 || argv[1][0] == '-')
        return usage("info FILE...");
    return each_file(argc, argv, 1, info_one);
}

// ---- dump, asm

static int write_out(Buf *out) {
    size_t n = fwrite(out->data, 1, out->len, stdout);
    int code = n == out->len && !fflush(stdout) ? EXIT_OK : EXIT_USAGE;
    buf_free(out);
    return code;
}

static int dump_text(const char *path, Artifact *a) {
    Buf out = {0};
    if (!a->is_layout) {
        dxt_disassemble(&a->module, &out);
        return write_out(&out);
    }
    for (u32 i = 0; i < a->layout.module_count; i++) {
        buf_printf(&out, "; module %u of the layout\n", i);
        dxt_disassemble(dxtl_module(&a->layout, i), &out);
        buf_str(&out, "\n");
    }
    return write_out(&out);
}

static int dump_json(const char *path, Artifact *a) {
    Buf out = {0};
    if (a->is_layout)
        dxvm_json_layout(&a->layout, &out);
    else
        dxvm_json_module(&a->module, &out);
    buf_str(&out, "\n");
    return write_out(&out);
}

int dxvm_dump(int argc, char **argv) {
    bool json = argc > 1 && !strcmp(argv[1], "--json");
    int first = json ? 2 : 1;
    if (argc <= first || argv[first][0] == '-')
        return usage("dump [--json] FILE...");
    return each_file(argc, argv, first, json ? dump_json : dump_text);
}

int dxvm_asm(int argc, char **argv) {
    const char *out_path = NULL, *in = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-o") && i + 1 < argc)
            out_path = argv[++i];
        else if (argv[i][0] != '-' && !in)
            in = argv[i];
        else
            return usage("asm -o OUT FILE");
    }
    if (!in || !out_path)
        return usage("asm -o OUT FILE");
    Buf text = {0}, out = {0};
    DxtFault fault = {0};
    int err = file_read(in, &text), code = EXIT_OK;
    if (err) {
        fprintf(stderr, "%s: error: %s\n", in, strerror(err));
        code = EXIT_USAGE;
    } else if (dxt_assemble((const char *)text.data, text.len, &out, &fault)) {
        fprintf(stderr, "%s:%llu: error: %s\n", in, (unsigned long long)fault.offset, fault.detail);
        code = EXIT_REJECTED;
    } else if ((err = file_write_atomic(out_path, out.data, out.len))) {
        fprintf(stderr, "%s: error: %s\n", out_path, strerror(err));
        code = EXIT_USAGE;
    }
    buf_free(&text);
    buf_free(&out);
    return code;
}
