// SPDX-License-Identifier: MIT
// pretty-format: values as text, as Jest prints them in snapshots, diffs and titles.
#ifndef DX_PRETTY_H
#define DX_PRETTY_H

#include "vm/builtins/builtins.h"

typedef struct PrettyOptions {
    u32 indent;              // spaces a level; default 2
    u32 max_depth, max_width; // 0: unlimited
    bool min;                // one line
    bool escape_string;      // escape quotes and backslashes (default true in snapshots: false)
    bool escape_regex;
    bool print_basic_prototype; // "Object {" / "Array [" instead of "{" / "["
    bool print_function_name;
    bool call_to_json;
    bool quote_props;        // reserved: quotes around keys are always printed
    Value plugins;           // array of user serializers (expect.addSnapshotSerializer), or undefined
} PrettyOptions;

// Appends the text of v. False: exception pending. May run user code (getters, toJSON, plugins).
bool pretty_format_rjs(VM *vm, Value v, const PrettyOptions *o, StrBuf *out) DX_MUST_USE;
String *pretty_inline_rjs(VM *vm, Value v, u32 max_depth) DX_MUST_USE; // {min: true, maxDepth}; NULL on throw
extern const PrettyOptions pretty_snapshot_options, pretty_diff_options; // defaults of snapshots and of failure diffs

#endif
