// SPDX-License-Identifier: MIT
// rx_tool PATTERN FLAGS SUBJECT [lastIndex]   one match, for people: captures or the error.
// rx_tool --dump PATTERN FLAGS                the program's listing.
// rx_tool --batch                             a case a line on standard input, a result a line; the differential tests speak this.
// rx_tool --check FILE                        lines "case TAB expected"; prints what differs; exit status 1 then.
// rx_tool --bench PATTERN FLAGS FILE [rounds] all matches in a Latin-1 file, counted and timed, in both widths.
//
// A case is pattern, flags, subject, lastIndex, separated by one space each; texts are hexadecimal code units, four digits each, "-" for
// none. A result is "E " and the message, "N" for no match, "L" for a limit, or "M" and the captures as start,end (x for undefined).
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "format/base/mem.h"
#include "format/regexp/regexp.h"
#include "vm/regexp/rx_exec.h"

typedef struct Text {
    u16 *u;
    size_t n;
} Text;

typedef struct Case {
    Text pattern, flags, subject;
    u32 last_index;
} Case;

static int polls;
static int poll_limit(void *ctx) {
    (void)ctx;
    return ++polls > 200;
}

static void put_result(Buf *out, int status, const i32 *captures, u32 n) {
    if (status != RX_MATCH) {
        buf_str(out, status == RX_NO_MATCH ? "N" : "L");
        return;
    }
    buf_str(out, "M");
    for (u32 i = 0; i < n; i++) {
        if (captures[2 * i] < 0)
            buf_str(out, " x");
        else
            buf_printf(out, " %d,%d", captures[2 * i], captures[2 * i + 1]);
    }
}

// Runs one case in every width it fits; widths must agree.
static void run_case(const Case *c, Buf *out, RxScratch *scratch) {
    Buf prog = {0};
    RxError err;
    int flags = rx_flags_parse(c->flags.u, c->flags.n);
    if (flags < 0) {
        buf_str(out, "E Invalid flags");
        return;
    }
    if (rx_compile(c->pattern.u, c->pattern.n, (u32)flags, &prog, &err)) {
        buf_printf(out, "E %s", err.message);
        return;
    }
    if (!rx_verify(prog.data, prog.len)) {
        buf_str(out, "E the verifier refuses the compiler's program");
        buf_free(&prog);
        return;
    }
    u32 n = rx_capture_count(prog.data);
    i32 *captures = mem_alloc(2 * n * sizeof(i32));
    polls = 0;
    scratch->poll = poll_limit;
    int status = rx_exec(prog.data, c->subject.u, (u32)c->subject.n, true, c->last_index, captures, scratch);
    put_result(out, status, captures, n);
    bool narrow = true;
    for (size_t i = 0; i < c->subject.n; i++)
        narrow &= c->subject.u[i] < 256;
    if (narrow) {
        u8 *bytes = mem_alloc(c->subject.n + 1);
        for (size_t i = 0; i < c->subject.n; i++)
            bytes[i] = (u8)c->subject.u[i];
        Buf other = {0};
        polls = 0;
        status = rx_exec(prog.data, bytes, (u32)c->subject.n, false, c->last_index, captures, scratch);
        put_result(&other, status, captures, n);
        if (other.len != out->len || memcmp(other.data, out->data, out->len))
            buf_printf(out, " but Latin-1 %s", buf_cstr(&other));
        buf_free(&other);
        mem_free(bytes);
    }
    mem_free(captures);
    buf_free(&prog);
}

// ---- cases as text

static bool read_hex(const char **p, Text *t) {
    size_t n = strcspn(*p, " \t\n");
    t->u = mem_alloc((n / 4 + 1) * sizeof(u16));
    t->n = 0;
    if (**p == '-') {
        *p += 1;
        return true;
    }
    for (; n >= 4; n -= 4, *p += 4) {
        char digits[5] = {(*p)[0], (*p)[1], (*p)[2], (*p)[3], 0};
        t->u[t->n++] = (u16)strtoul(digits, NULL, 16);
    }
    return n == 0;
}

static bool read_case(const char **p, Case *c) {
    bool ok = read_hex(p, &c->pattern) && *(*p)++ == ' ' && read_hex(p, &c->flags) && *(*p)++ == ' ' && read_hex(p, &c->subject) &&
              *(*p)++ == ' ';
    if (ok)
        c->last_index = (u32)strtoul(*p, (char **)p, 10);
    return ok;
}

static void free_case(Case *c) {
    mem_free(c->pattern.u);
    mem_free(c->flags.u);
    mem_free(c->subject.u);
}

static int run_lines(FILE *in, bool check) {
    char *line = NULL;
    size_t cap = 0;
    RxScratch scratch = {0};
    int differing = 0, count = 0;
    Buf out = {0};
    while (getline(&line, &cap, in) > 0) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        const char *p = line;
        Case c = {0};
        if (!read_case(&p, &c)) {
            fprintf(stderr, "rx_tool: malformed case: %s", line);
            return 2;
        }
        out.len = 0;
        run_case(&c, &out, &scratch);
        count++;
        if (!check) {
            puts(buf_cstr(&out));
            fflush(stdout);
        } else {
            char *expected = line + (p - line) + 1;
            expected[strcspn(expected, "\n")] = 0;
            if (strcmp(expected, buf_cstr(&out))) {
                printf("case %d: expected \"%s\", got \"%s\": %.*s\n", count, expected, buf_cstr(&out), (int)(p - line), line);
                differing++;
            }
        }
        free_case(&c);
    }
    free(line);
    buf_free(&out);
    rx_scratch_free(&scratch);
    if (check)
        printf("regexp: %d cases, %d differ\n", count, differing);
    return differing ? 1 : 0;
}

// ---- one case from the command line

static Text from_utf8(const char *s) {
    Text t = {mem_alloc((strlen(s) + 1) * sizeof(u16)), 0};
    const u8 *p = (const u8 *)s;
    while (*p) {
        u32 c = *p++, more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
        c &= more ? 0x3fu >> more : 0x7f;
        for (; more && *p; more--)
            c = c << 6 | (*p++ & 63);
        if (c > 0xffff) {
            t.u[t.n++] = (u16)(0xd7c0 + (c >> 10));
            c = 0xdc00 | (c & 0x3ff);
        }
        t.u[t.n++] = (u16)c;
    }
    return t;
}

static int run_one(int argc, char **argv) {
    Case c = {from_utf8(argv[1]), from_utf8(argv[2]), from_utf8(argv[3]), argc > 4 ? (u32)atoi(argv[4]) : 0};
    RxScratch scratch = {0};
    Buf out = {0}, text = {0};
    if (c.last_index > c.subject.n)
        c.last_index = (u32)c.subject.n;
    run_case(&c, &out, &scratch);
    puts(buf_cstr(&out));
    rx_scratch_free(&scratch);
    buf_free(&out);
    buf_free(&text);
    free_case(&c);
    return 0;
}

static int dump(char **argv) {
    Text pattern = from_utf8(argv[2]), flags = from_utf8(argv[3]);
    Buf prog = {0}, text = {0};
    RxError err;
    int bits = rx_flags_parse(flags.u, flags.n);
    if (bits < 0 || rx_compile(pattern.u, pattern.n, (u32)bits, &prog, &err)) {
        if (bits >= 0)
            rx_error_text(&text, pattern.u, pattern.n, (u32)bits, &err);
        fprintf(stderr, "%s\n", bits < 0 ? "invalid flags" : buf_cstr(&text));
        return 1;
    }
    rx_dump(prog.data, &text);
    fputs(buf_cstr(&text), stdout);
    return 0;
}

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void bench_width(const u8 *prog, const void *subject, u32 len, bool wide, int rounds) {
    i32 *captures = mem_alloc(2 * rx_capture_count(prog) * sizeof(i32));
    RxScratch scratch = {0};
    double best = 1e9;
    u32 count = 0;
    for (int r = 0; r < rounds; r++) {
        double start = now_ms();
        count = 0;
        for (u32 at = 0; at <= len && rx_exec(prog, subject, len, wide, at, captures, &scratch) == RX_MATCH; count++)
            at = (u32)captures[1] + (captures[1] == captures[0]);
        double took = now_ms() - start;
        best = took < best ? took : best;
    }
    printf("%s %u matches %.2f ms\n", wide ? "utf16 " : "latin1", count, best);
    rx_scratch_free(&scratch);
    mem_free(captures);
}

static int bench(int argc, char **argv) {
    Text pattern = from_utf8(argv[2]), flags = from_utf8(argv[3]);
    Buf prog = {0}, file = {0};
    RxError err;
    int bits = rx_flags_parse(flags.u, flags.n);
    if (bits < 0 || rx_compile(pattern.u, pattern.n, (u32)bits, &prog, &err) || file_read(argv[4], &file))
        return 2;
    u16 *wide = mem_alloc(file.len * 2 + 2);
    for (size_t i = 0; i < file.len; i++)
        wide[i] = file.data[i];
    int rounds = argc > 5 ? atoi(argv[5]) : 5;
    bench_width(prog.data, file.data, (u32)file.len, false, rounds);
    bench_width(prog.data, wide, (u32)file.len, true, rounds);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 2 && !strcmp(argv[1], "--batch"))
        return run_lines(stdin, false);
    if (argc == 4 && !strcmp(argv[1], "--dump"))
        return dump(argv);
    if (argc >= 5 && !strcmp(argv[1], "--bench"))
        return bench(argc, argv);
    if (argc == 3 && !strcmp(argv[1], "--check")) {
        FILE *in = fopen(argv[2], "r");
        if (!in) {
            perror(argv[2]);
            return 2;
        }
        int status = run_lines(in, true);
        fclose(in);
        return status;
    }
    if (argc < 4) {
        fprintf(stderr, "usage: rx_tool PATTERN FLAGS SUBJECT [lastIndex] | --dump PATTERN FLAGS | --batch | --check FILE\n");
        return 2;
    }
    return run_one(argc, argv);
}
