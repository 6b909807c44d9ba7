// SPDX-License-Identifier: MIT
// RegExp objects and matching for the library: what String.prototype, assertions (toMatch) and the suite's filters need. The engine is
// vm/regexp/ and format/regexp/; the methods of RegExp.prototype are vm/builtins/regexp*.c.
#ifndef DX_VM_REGEXP_H
#define DX_VM_REGEXP_H

#include "format/regexp/regexp.h"
#include "vm/function.h"
#include "vm/text.h"

typedef struct RegExpObject { // traced: source, owner, initial
    Object o;            // slot 0 is the own property lastIndex as long as the shape is `initial`
    Value source;        // [[OriginalSource]] as written; undefined before RegExpInitialize
    ByteCell *owner;     // holds a program compiled at run time; NULL: the program is a literal's, in a mapping
    const u8 *program;   // NULL before RegExpInitialize
    Shape *initial;      // the shape at creation: lastIndex is a writable data property, nothing else is own
    u32 flags;           // RX_GLOBAL ...
    u32 captures;        // including 0
} RegExpObject;

// The captures of one match: start and end of each, -1 -1 for undefined.
typedef struct RegExpMatch {
    i32 *v;
    u32 n;               // captures
    i32 small[40];
} RegExpMatch;
// Room for the captures of `re`; release on every path. Matches survive user code: they own their memory.
void regexp_match_init(RegExpMatch *m, const RegExpObject *re);
void regexp_match_free(RegExpMatch *m);

// Runs the matcher: 1 match, 0 none, -1 thrown. Reads and writes no property; records the match for RegExp.$1 and its like.
int regexp_run(VM *vm, RegExpObject *re, String *s, u32 last_index, bool sticky, RegExpMatch *m) DX_MUST_USE;
// As expect(s).toMatch(re) and RegExp.prototype.test need it on a pristine expression: 1, 0, -1 thrown. Honours and updates lastIndex under g and y.
int regexp_test_rjs(VM *vm, Value re, String *s) DX_MUST_USE; // RegExpExec(re, s) is not null
Value regexp_exec_rjs(VM *vm, Value re, String *s) DX_MUST_USE; // RegExpExec (22.2.7.1): match array or null

Value regexp_create_rjs(VM *vm, Value pattern, Value flags) DX_MUST_USE; // RegExpCreate (22.2.3.1)
Value regexp_literal(VM *vm, Module *m, u32 konst) DX_MUST_USE;          // a literal's new object
int is_regexp_rjs(VM *vm, Value v) DX_MUST_USE;                          // IsRegExp (7.2.6): 1, 0, -1 thrown
String *regexp_source_text(VM *vm, RegExpObject *re);                    // EscapeRegExpPattern: what `source` gives
Value regexp_flags_text(VM *vm, u32 flags);
// True when `re` is a RegExp without own properties besides lastIndex and RegExp.prototype is as it was made: the methods may then skip
// every observable step of the specification that only such a change could show.
bool regexp_is_pristine(VM *vm, Value re);
DX_INLINE RegExpObject *regexp_of(Value v) { return (RegExpObject *)v_ptr(v); }

// Fast bodies of RegExp.prototype's methods, for callers that checked regexp_is_pristine.
Value regexp_match_fast_rjs(VM *vm, RegExpObject *re, String *s) DX_MUST_USE;
Value regexp_search_fast_rjs(VM *vm, RegExpObject *re, String *s) DX_MUST_USE;
Value regexp_replace_fast_rjs(VM *vm, RegExpObject *re, String *s, Value replace) DX_MUST_USE;
Value regexp_split_fast_rjs(VM *vm, RegExpObject *re, String *s, u32 limit) DX_MUST_USE;

// GetSubstitution (22.1.3.19.1) appended to out. captures[0..n-1] are captures 1..n as strings or undefined; groups undefined or an object.
bool get_substitution_rjs(VM *vm, StrBuf *out, String *matched, String *s, u32 position, const Value *captures, u32 n, Value groups,
                          String *replacement) DX_MUST_USE;

#endif
