// SPDX-License-Identifier: MIT
// The bridge from the VM's request for compilation to the compiler, and from its diagnostics to JS errors.
#include "cli/lib/eval_hook.h"

#include "compiler/dxc.h"

bool eval_hook_throw(VM *vm, DiagList *diags) {
    diag_sort(diags);
    const Diag *d = NULL;
    for (u32 i = 0; i < diags->count && !d; i++)
        if (diags->items[i].type != DIAG_TYPE_WARNING) d = &diags->items[i];
    bool reference = d && d->type == DIAG_TYPE_REFERENCE;
    (void)vm_throw(vm, reference ? ERR_CUSTOM_REFERENCE : ERR_CUSTOM_SYNTAX, d ? d->message : "Invalid or unexpected token");
    return false;
}

typedef struct Kept { Arena arena; struct Kept *next; } Kept;
static Kept *kept;

void eval_hook_release(void) {
    while (kept) {
        Kept *k = kept;
        kept = k->next;
        arena_free(&k->arena);
        mem_free(k);
    }
}

bool eval_hook_compile(VM *vm, const char *source, size_t len, u32 kind, const void *scope, DxtModule **out) {
    Kept *k = mem_zalloc(sizeof *k);
    Arena *arena = &k->arena;
    char *text = arena_strndup(arena, source, len);
    DxtModule *module = ARENA_NEW(arena, DxtModule);
    DiagList *diags = ARENA_NEW(arena, DiagList);
    diag_init(diags, arena, "eval", text, len);
    DxcResult result;
    if (kind == COMPILE_SCRIPT) {
        DxcOptions options = dxc_options_default();
        options.goal = DXC_GOAL_SCRIPT;
        result = dxc_compile(&options, "evalmachine.<anonymous>", text, len, arena, module, diags);
    } else if (kind == COMPILE_FUNCTION) {
        result = dxc_compile_function(text, len, *(const u32 *)scope, arena, module, diags);
    } else {
        const DxEvalScope *where = scope;
        DxcEval eval = {.direct = kind == COMPILE_EVAL_DIRECT && where};
        if (eval.direct) {
            eval.module = where->module;
            eval.scope = where->scope;
        }
        result = dxc_compile_eval(&eval, text, len, arena, module, diags);
    }
    if (result == DXC_OK) {
        *out = module;
        k->next = kept;
        kept = k;
        return true;
    }
    eval_hook_throw(vm, diags);
    arena_free(arena);
    mem_free(k);
    return false;
}
