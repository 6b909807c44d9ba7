// SPDX-License-Identifier: MIT
// The cold side of `dx test`: configuration, discovery, compilation, linking; and the settings a layout carries so that a warm run needs
// none of them.
#ifndef DX_CLI_BUILD_H
#define DX_CLI_BUILD_H

#include "cli/dx_args.h"
#include "compiler/link/link.h"
#include "runtime/cache/store.h"
#include "runtime/dxtest.h"

typedef struct Settings { // of the run, from the project's configuration
    u32 test_count;       // the layout's first files are the test files,
    u32 setup_count;      // then come the setup modules, then the settings themselves
    u32 dialect, timeout_ms, retry, max_concurrency, bail, mocks_before_test;
    bool silent, pass_with_no_tests;
    char root[4096];
} Settings;

#define SETTINGS_PATH "dx:settings"
// Reads what the build left in the layout's last file.
typedef enum SettingsState { SETTINGS_NONE /* this layout is none of dx's */, SETTINGS_STALE /* another environment */, SETTINGS_GOOD } SettingsState;
SettingsState settings_read(DxtLayout *layout, Settings *out);

typedef struct Built {
    Buf bytes;            // the layout
    u32 compiled, loaded;
    u64 compile_ns, layout_ns;
} Built;

// 0, or an exit status after having said why.
int build_layout(const DxArgs *a, const char *cwd, const char *root_hint, Store *store, const char *version, Built *out);
// ---- modules that only a running test asks for (computed require and import)
typedef struct Later Later;
Later *later_new(const DxArgs *a, const char *cwd, const char *root, Store *store, const char *version); // NULL: the configuration is bad
Resolution later_resolve(Later *t, const char *from, const char *specifier, bool import);
// The file and what it imports, without what is `known`; stays alive with t. Its first module is the file.
Link *later_link(Later *t, const char *path, bool (*known)(void *ctx, const char *path), void *ctx);

// Nearest directory that is a project's, from cwd up; in `out`.
void build_project_root(const char *cwd, char *out, size_t cap);

#endif
