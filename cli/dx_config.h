// SPDX-License-Identifier: MIT
// What a project says about its tests: jest.config.*, the "jest" key of package.json, vitest.config.*, vite.config.*. Which of their keys
// are understood is one table in dx_config.c; others are named in verbose mode.
#ifndef DX_CLI_CONFIG_H
#define DX_CLI_CONFIG_H

#include "cli/dx_match.h"
#include "compiler/link/resolve.h"
#include "runtime/dxtest.h"

typedef struct Matchers { Matcher *v; u32 count; } Matchers;
typedef struct FileGroup { Matchers include, exclude; } FileGroup; // a file is a test if some group includes and does not exclude it
typedef struct Alias { Matcher find; bool is_regex; const char *text, *replacement; } Alias;

typedef struct Config {
    const char *root;             // the project's directory
    enum DxDialect dialect;
    FileGroup *groups; u32 group_count;
    Matchers ignore;              // testPathIgnorePatterns, on the absolute path
    bool skip_dist;               // nobody said which files are tests: build output is left out
    const char **roots; u32 root_count; // directories to walk
    const char **setup; u32 setup_count; // modules run before each test file, in order
    Alias *aliases; u32 alias_count;
    const char **conditions; u32 condition_count;
    const char *jsx_import_source;
    u32 timeout_ms, retry, max_concurrency, bail;
    u32 mocks_before_test;        // DxtestOptions
    bool silent, pass_with_no_tests;
    Buf env;                      // environment variables that the configuration asked for, a line each
    Buf notices;                  // a line each: keys that are not understood
} Config;

// Finds and reads the configuration of the project that `directory` lies in. explicit_file: --config, or NULL.
// False: *why says what is wrong with it (in r->arena), "" when that stands in r->errors.
bool config_load(Config *c, Resolver *r, const char *directory, const char *explicit_file, const char **why);
void config_free(Config *c);
// For ResolverOptions.map.
const char *config_map(void *config, const char *specifier, Arena *arena);
bool config_is_test(const Config *c, const char *path); // absolute path of a file

#endif
