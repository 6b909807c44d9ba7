// SPDX-License-Identifier: MIT
// Configuration written in JavaScript or TypeScript, read without running it: literals, constants, and the few functions such files call.
#ifndef DX_CLI_CONFIG_EVAL_H
#define DX_CLI_CONFIG_EVAL_H

#include "compiler/link/resolve.h"

// The default export (or module.exports) of the file as JSON; what cannot be known without running is left out and counted in *unknown.
// A RegExp literal is {"__regexp": pattern, "flags": flags}. NULL: the file is unreadable or exports nothing that is known.
// env: the environment variables that were asked for, a line each: what they hold decided something.
Json *config_eval(Resolver *r, const char *path, u32 *unknown, Buf *env);

#endif
