// SPDX-License-Identifier: MIT
// Patterns over paths and names: regular expressions of configuration files, and globs, which become regular expressions.
#ifndef DX_CLI_MATCH_H
#define DX_CLI_MATCH_H

#include "format/base/mem.h"

typedef struct Matcher {
    u8 *program;      // of format/regexp, in the arena given
    u32 captures;
} Matcher;

// ECMAScript pattern and flags ("i"). False: a syntax error, *why says which.
bool match_regex(Matcher *m, Arena *arena, const char *pattern, const char *flags, const char **why);
// **, *, ?, [..], {a,b}, ?(..) *(..) +(..) @(..) !(..), as micromatch reads them; the whole text must match.
bool match_glob(Matcher *m, Arena *arena, const char *glob);
bool match_test(const Matcher *m, const char *text); // somewhere in the text
// Replaces the first match; $1, $& and $$ in `replacement`. NULL: no match.
const char *match_replace(const Matcher *m, Arena *arena, const char *text, const char *replacement);
// What stands for the whole text when it matches: only the replacement, filled in.
const char *match_expand(const Matcher *m, Arena *arena, const char *text, const char *replacement);

#endif
