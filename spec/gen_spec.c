// SPDX-License-Identifier: MIT
// Writes the generated part of spec/ from the tables of format/: opcodes.md, rules.md, regexp.md, smallest.md.
// `gen_spec DIR` writes the files, `gen_spec --check DIR` only says which are out of date (exit code 1).
#include "format/container.h"

#include <stdio.h>
#include <stdlib.h>

static const char *spec_dir = "spec"; // where the prose is read from and the files are written to

static void cell(Buf *o, const char *text) { // a table cell; bars are escaped
    for (; *text; text++) {
        if (*text == '|')
            buf_u8(o, '\\');
        buf_u8(o, (u8)*text);
    }
}

// ---- opcodes.md

static const struct { char letter; u8 bytes; const char *name, *meaning; } operand_kinds[] = {
    {'s', 2, "slot", "frame slot; where an environment is meant, FFFF is the one the function captured; in GetLocalProp and SetLocalPropPop it is this"},
    {'i', 4, "int", "int32 immediate"},
    {'f', 8, "float", "double immediate"},
    {'S', 4, "string", "string of the module"},
    {'K', 4, "const", "constant of the module"},
    {'F', 4, "func", "function of the module"},
    {'L', 4, "label", "signed distance from the first byte of this instruction"},
    {'c', 2, "cache", "inline cache of the function"},
    {'n', 2, "count", "count"},
    {'m', 4, "count", "count"},
    {'d', 2, "depth", "environments outwards; 0 is the function's own captured one"},
    {'e', 2, "entry", "slot of an environment"},
    {'M', 4, "import", "import binding"},
    {'A', 4, "site", "assertion site"},
    {'b', 1, "flags", "flags or kind, defined by the opcode"},
    {'P', 4, "scope", "scope record; FFFFFFFF none"},
};

static void put_flags(Buf *o, u8 flags) {
    static const struct { u8 bit; const char *name; } names[] = {
        {OPF_JUMP, "jump"}, {OPF_END, "end"}, {OPF_CALL, "call"}, {OPF_THROW, "throw"}, {OPF_VARG, "varg"},
        {OPF_VARG2, "varg2"}, {OPF_SUSP, "suspend"}, {OPF_PICK, "pick"},
    };
    bool first = true;
    for (u32 i = 0; i < DX_COUNTOF(names); i++) {
        if (!(flags & names[i].bit))
            continue;
        buf_printf(o, "%s%s", first ? "" : " ", names[i].name);
        first = false;
    }
}

static void put_intro(Buf *o, const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", spec_dir, name);
    if (file_read(path, o)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
}

static void opcodes_md(Buf *o) {
    put_intro(o, "opcodes.intro.md");
    buf_str(o, "## Operands\n\nAn instruction is one opcode byte and its operands, little-endian, without padding. Opcodes "
               "not listed are undefined.\n\n"
               "| letter | bytes | operand | meaning |\n|---|---|---|---|\n");
    for (u32 i = 0; i < DX_COUNTOF(operand_kinds); i++)
        buf_printf(o, "| `%c` | %u | %s | %s |\n", operand_kinds[i].letter, operand_kinds[i].bytes,
                   operand_kinds[i].name, operand_kinds[i].meaning);
    buf_str(o, "\nFlags: **jump** has a label; **end** control never goes on to the next instruction; "
               "**call** may run user code or throw; **throw** "
               "may throw but runs no user code; **varg** takes as many values more as its count operand "
               "says, **varg2** twice as many; "
               "**suspend** may suspend the frame; **pick** needs count + 1 values and takes none. Column "
               "*jump* is what is pushed when "
               "control goes to the label (- : no label).\n\n## Instructions\n\n"
               "| code | name | operands | pops | pushes | jump | flags | stack | meaning "
               "|\n|---|---|---|---|---|---|---|---|---|\n");
    u32 count = 0;
    for (u32 op = 0; op < 256; op++) {
        const OpInfo *info = &op_info[op];
        if (!info->name)
            continue;
        count++;
        buf_printf(o, "| %02X | %s | %s%s%s | %d | %d | ", op, info->name, *info->operands ? "`" : "",
                   info->operands, *info->operands ? "`" : "", info->pops, info->pushes);
        if (info->jump >= 0)
            buf_printf(o, "%d | ", info->jump);
        else
            buf_str(o, "- | ");
        put_flags(o, info->flags);
        buf_str(o, " | ");
        cell(o, info->picture);
        buf_str(o, " | ");
        cell(o, info->sentence);
        buf_str(o, " |\n");
    }
    buf_printf(o, "\n%u opcodes.\n\n## ThrowError\n\n| flags | error | text |\n|---|---|---|\n", count);
#define THROW_KIND(number, name, type, text) buf_printf(o, "| %u | %s | %s |\n", number, #type, text);
    THROW_KINDS(THROW_KIND)
#undef THROW_KIND
}

// ---- rules.md

static void rules_md(Buf *o) {
    buf_str(o, "# Rules\n\nGenerated from `format/rules.def` and `format/status.def` by `make spec`; do not "
               "edit.\n\n"
               "A reader that verifies refuses a file that breaks one of these, and names the number.\n\n"
               "| rule | status | sentence |\n|---|---|---|\n");
#define RULE(number, name, status, sentence) buf_printf(o, "| %u | %s | %s |\n", number, #status, sentence);
#include "format/rules.def"
#undef RULE
    buf_str(o, "\n## Statuses\n\n| number | name | text |\n|---|---|---|\n");
#define STATUS(num, name, text) buf_printf(o, "| %u | %s | %s |\n", num, #name, text);
#include "format/status.def"
#undef STATUS
}

// ---- regexp.md

static void regexp_md(Buf *o) {
    static const struct { const char *name; u32 words; const char *kinds, *text; } ops[] = {
#define RX_OP(name, words, kinds, text) {#name, words, kinds, text},
#include "format/regexp/rx_ops.def"
#undef RX_OP
    };
    put_intro(o, "regexp.intro.md");
    buf_str(o, "## Instructions\n\nWords counts all words of the instruction. One letter for each further word: `t` target (code word), `c` class (data "
               "word), `f` filter (data word, 0 none), `p` register, `n` number.\n\n"
               "Of varying length: STR 1 + (n+1)/2 + (n+3)/4 words with n = arg >> 1; SWITCH 66 + arg; TREE 2 + 2 arg; BACKREF 1 + (arg >> 8).\n\n"
               "| code | name | words | operands | meaning |\n|---|---|---|---|---|\n");
    for (u32 i = 0; i < DX_COUNTOF(ops); i++) {
        buf_printf(o, "| %u | %s | ", i, ops[i].name);
        if (ops[i].words) buf_printf(o, "%u | ", ops[i].words);
        else buf_str(o, "varies | ");
        buf_printf(o, "%s%s%s | ", *ops[i].kinds ? "`" : "", ops[i].kinds, *ops[i].kinds ? "`" : "");
        cell(o, ops[i].text);
        buf_str(o, " |\n");
    }
}

// ---- smallest.md

typedef struct Annotated {
    Buf *o;
    const u8 *p;
    u32 at;
} Annotated;

static void field(Annotated *a, u32 n, const char *what) {
    for (u32 i = 0; i < n; i += 16) {
        char hex[16 * 3 + 1] = "";
        for (u32 j = 0; j < dx_min_u32(16, n - i); j++)
            snprintf(hex + j * 3, 4, "%02x ", a->p[a->at + i + j]);
        buf_printf(a->o, "%04x  %-48s %s\n", a->at + i, hex, i ? "" : what);
    }
    a->at += n;
}

static const char *const header_fields[] = {
    "kind: 2, script",      "flags",         "main_func: function 0",
    "init_func: none",      "env_slots",     "dialect: unknown",
    "form: 0, module file", "section_count",
};

static void smallest_sections(Annotated *a, const u8 *image) {
    const DxtSection *s = (const DxtSection *)(image + sizeof(DxtHeader));
    field(a, s[SEC_PATH].size, "PATH: \"a.js\"");
    field(a, s[SEC_STRX].offset - a->at, "padding");
    field(a, 4, "STRX: string 0 is at 0 of STRS");
    field(a, s[SEC_STRS].offset - a->at, "padding");
    field(a, 8, "STRS: cell: 3 * 8 bytes, kind 1, mark 0, flags 8 (HASHED), aux 0");
    field(a, 4, "      length 0");
    field(a, 4, "      hash of the empty string");
    field(a, 8, "      no text; a cell has at least 24 bytes");
    field(a, 8, "FUNC: name: string 0; flags 0");
    field(a, 8, "      code_off 0, code_len 2");
    field(a, 6, "      handler_first 0, handler_count 0");
    field(a, 10, "      ic_count, nparams, length, nlocals 0; max_stack 1");
    field(a, 16, "      src_start, src_end, pos_first, pos_count 0");
    field(a, 4, "      parent: none");
    field(a, 12, "      reserved");
    field(a, 1, "CODE: ReturnUndefined");
    field(a, 1, "      End");
    field(a, s[SEC_COLD].offset - a->at, "padding");
    field(a, 8, "COLD: no positions, no source, no frame");
}

static void smallest_md(Buf *o) {
    static const char text[] =
        "module script\npath \"a.js\"\nfunc \"\" stack 1\n    ReturnUndefined\n    End\n";
    Buf image = {0};
    DxtModule m;
    DX_CHECK(!dxt_assemble(text, sizeof text - 1, &image, NULL));
    DX_CHECK(!dxt_open(image.data, image.len, true, &m, NULL));
    buf_printf(o,
               "# The smallest module, byte by byte\n\nGenerated by `make spec`; do not edit. This is what "
               "`dxvm asm` makes of\n\n```\n%s```\n\n"
               "%zu bytes; offsets and bytes are hexadecimal.\n\n```\n",
               text, image.len);
    Annotated a = {o, image.data, 0};
    field(&a, 4, "magic \"DXTM\"");
    field(&a, 4, "version 1");
    field(&a, 16, "hash: BLAKE3 of all bytes from 0018 on, first 16 bytes");
    field(&a, 8, "file_size");
    for (u32 i = 0; i < DX_COUNTOF(header_fields); i++)
        field(&a, 4, header_fields[i]);
    for (u32 i = 0; i < SEC_COUNT; i++) {
        char what[64];
        snprintf(what, sizeof what, "section %.4s: offset, size", section_tags[i]);
        field(&a, 12, what);
    }
    field(&a, DXT_TABLE_END - a.at, "padding");
    smallest_sections(&a, image.data);
    DX_CHECK(a.at == image.len);
    buf_str(o, "```\n");
    buf_free(&image);
}

// ----

int main(int argc, char **argv) {
    static const struct { const char *name; void (*make)(Buf *o); } files[] = {
        {"opcodes.md", opcodes_md}, {"rules.md", rules_md}, {"regexp.md", regexp_md}, {"smallest.md", smallest_md},
    };
    bool check = argc > 1 && !strcmp(argv[1], "--check");
    if (argc > 1 + check)
        spec_dir = argv[1 + check];
    int code = 0;
    for (u32 i = 0; i < DX_COUNTOF(files); i++) {
        Buf now = {0}, old = {0};
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", spec_dir, files[i].name);
        files[i].make(&now);
        file_read(path, &old);
        bool same = now.len == old.len && !memcmp(now.data, old.data, now.len);
        if (!same && check) {
            fprintf(stderr, "%s is out of date: run make spec\n", path);
            code = 1;
        } else if (!same && file_write_atomic(path, now.data, now.len)) {
            fprintf(stderr, "%s: cannot be written\n", path);
            code = 2;
        }
        buf_free(&now);
        buf_free(&old);
    }
    return code;
}
