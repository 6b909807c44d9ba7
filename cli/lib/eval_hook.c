// SPDX-License-Identifier: MIT
// The bridge from the VM's request for compilation to the compiler, and from its diagnostics to JS errors.
#include "cli/lib/eval_hook.h"

#include "compiler/dxc.h"

static bool throw_first(VM *vm, DiagList *diags) {
    diag_sort(diags);
    const Diag *d = NULL;
    for (u32 i = 0; i < diags->count && !d; i++)
        if (diags->items[i].type != DIAG_TYPE_WARNING) d = &diags->items[i];
    bool reference = d && d->type == DIAG_TYPE_REFERENCE;
    (void)vm_throw(vm, reference ? ERR_CUSTOM_REFERENCE : ERR_CUSTOM_SYNTAX, d ? d->message : "Invalid or unexpected token");
    return false;
}

bool eval_hook_compile(VM *vm, const char *source, size_t len, u32 kind, const void *scope, DxtModule **out) {
    Arena *arena = mem_zalloc(sizeof *arena);
    char *text = arena_strndup(arena, source, len);
    DxtModule *module = ARENA_NEW(arena, DxtModule);
    DiagList *diags = ARENA_NEW(arena, DiagList);
    const DxEvalScope *where = scope;
    diag_init(diags, arena, "eval", text, len);
    DxcResult result;
    if (kind == COMPILE_SCRIPT) {
        DxcOptions options = dxc_options_default();
        options.goal = DXC_GOAL_SCRIPT;
        result = dxc_compile(&options, "evalmachine.<anonymous>", text, len, arena, module, diags);
    } else {
        DxcEval eval = {.direct = kind == COMPILE_EVAL_DIRECT && where};
        if (eval.direct) {
            eval.module = where->module;
            eval.scope = where->scope;
        }
        result = dxc_compile_eval(&eval, text, len, arena, module, diags);
    }
    if (result == DXC_OK) {
        *out = module;
        return true;
    }
    throw_first(vm, diags);
    arena_free(arena);
    mem_free(arena);
    return false;
}
