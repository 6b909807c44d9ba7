// SPDX-License-Identifier: MIT
// What the linker asks of the file system, remembered: a question costs one stat per link, and the list of questions asked is what a
// layout's validity rests on. Also path arithmetic. Paths are absolute and normal (no "." or ".." part, no double slash).
#ifndef DX_LINK_PROBE_H
#define DX_LINK_PROBE_H

#include "format/base/mem.h"

typedef enum ProbeKind { PROBE_ABSENT, PROBE_FILE, PROBE_DIRECTORY } ProbeKind;

typedef struct ProbeFact {
    const char *path;
    ProbeKind kind;
    bool used;        // its content went into the result (probe_read): an input whose hash matters
    bool listed;      // a directory whose set of names went into the result
    FileStamp stamp;
    u8 hash[16];      // of the content, once read
} ProbeFact;

typedef struct Probe {
    Arena arena;
    ProbeFact **facts; // in the order first asked
    u32 count, cap;
    u32 *table, mask;
} Probe; // zero-initialise

// Copies the path if it is new.
ProbeFact *probe_path(Probe *p, const char *path);
bool probe_is_file(Probe *p, const char *path);
bool probe_is_directory(Probe *p, const char *path);
// Content of a file with its facts as they were when it was opened. 0 or an errno.
int probe_read(Probe *p, const char *path, Buf *out);
// The same for a caller that must not hold a lock while it reads: the facts go in with probe_note.
int probe_read_fact(const char *path, Buf *out, ProbeFact *fact);
void probe_note(Probe *p, const char *path, const ProbeFact *fact);
void probe_free(Probe *p);

char *path_join(Arena *a, const char *base, const char *relative); // `relative` may be absolute; the result is normal
char *path_dirname(Arena *a, const char *path);                    // "/" is its own
const char *path_basename(const char *path);
bool path_inside(const char *path, const char *directory);         // equal or below
bool path_in_node_modules(const char *path);
bool text_ends_with(const char *text, const char *suffix);
bool text_starts_with(const char *text, const char *prefix);

#endif
