// SPDX-License-Identifier: MIT
// A file that is asked for at run time is found in the layout by its path, or linked now into a program of its own whose requests for files
// that are already known stay open: the VM asks here again, and every file has one instance.
#include "cli/dx_load.h"

#include "runtime/runtime.h"
#include "vm/exec/module.h"
#include "vm/text.h"

#include <stdio.h>

typedef struct Place { DxProgram *program; u32 index; } Place;

static struct {
    LoadContext context;
    Later *later;
    PathMap places;      // path → Place
    Arena arena;
    bool failed;         // no configuration: nothing can be resolved
} loader;

void load_open(const LoadContext *context) { loader.context = *context; }

static void place_add(const char *path, DxProgram *program, u32 index) {
    void **slot = path_map_slot(&loader.places, path);
    if (*slot) return;
    Place *p = ARENA_NEW(&loader.arena, Place);
    *p = (Place){program, index};
    *slot = p;
}

static bool ready(void) {
    const LoadContext *c = &loader.context;
    if (loader.later || loader.failed || !dxtest) return loader.later != NULL;
    loader.later = later_new(c->args, c->cwd, c->root, c->store, c->version);
    loader.failed = !loader.later;
    for (u32 i = 0; i < c->layout->module_count; i++)
        if (c->layout->modules[i].path) place_add(c->layout->modules[i].path, dxtest->program, i);
    return loader.later != NULL;
}

static bool is_known(void *ctx, const char *path) { return *path_map_slot(&loader.places, path) != NULL; }

// The linker's modules as a program: requests inside it lead to its own rows.
static void add_program(VM *vm, Link *l) {
    DxtModule *modules = arena_alloc(&loader.arena, ((size_t)l->count + 1) * sizeof *modules);
    for (u32 i = 0; i < l->count; i++) {
        const LinkModule *m = l->modules[i];
        modules[i] = m->module;
        DxtRequest *requests = arena_alloc(&loader.arena, ((size_t)m->module.request_count + 1) * sizeof *requests);
        for (u32 r = 0; r < m->module.request_count; r++) {
            requests[r] = m->module.requests[r];
            requests[r].module = m->resolved[r];
        }
        modules[i].requests = requests;
    }
    DxProgram *p = program_new(vm, modules, l->count);
    for (u32 i = 0; i < l->count; i++) place_add(l->modules[i]->path, p, i);
}

static const char *text_of(VM *vm, Value v, Buf *tmp) { return v_is_string(v) ? str_to_cstr(vm, v_string(v), tmp) : ""; }

// type: of an import attribute, or "".
static Module *find(VM *vm, Module *from, const char *specifier, const char *type, bool import) {
    if (resolver_is_builtin(specifier) || !ready()) return NULL;
    Resolution x = later_resolve(loader.later, from->dxt->path, specifier, import);
    if (x.kind != RESOLVED_FILE) return NULL;
    const char *name = link_typed_path(&loader.arena, x.path, type);
    if (name != x.path && !is_known(NULL, name)) return NULL; // as text or bytes: only where an import names it
    x.path = name;
    vm_mark_impure(vm, IMPURE_FILES); // what it read is no input of the layout
    if (!is_known(NULL, x.path)) add_program(vm, later_link(loader.later, x.path, is_known, NULL));
    const Place *p = *path_map_slot(&loader.places, x.path);
    return p ? program_module(vm, p->program, p->index) : NULL;
}

bool load_find_module(VM *vm, Module *from, Value specifier, Value type, Module **out) {
    Buf tmp = {0}, kind = {0};
    const char *as = text_of(vm, type, &kind);
    *out = find(vm, from, text_of(vm, specifier, &tmp), as, true);
    bool data = !strcmp(as, "text") || !strcmp(as, "bytes"); // never to be run as code
    if (!*out && data) (void)vm_throw(vm, ERR_CUSTOM_ERROR, "import() of a file as text or bytes needs an import that names the file");
    buf_free(&tmp);
    buf_free(&kind);
    return *out || !data;
}

static const char *format_unsupported(const char *specifier) {
    static char text[200];
    snprintf(text, sizeof text, "The module '%s' is not supported by dx", specifier);
    return text;
}

static Value throw_missing(VM *vm, Module *from, const char *specifier) {
    if (resolver_is_builtin(specifier)) return vm_throw(vm, ERR_CUSTOM_ERROR, format_unsupported(specifier));
    const char *path = from->dxt->path, *root = loader.context.root;
    size_t n = strlen(root);
    bool vitest = runtime_dialect() == DIALECT_VITEST;
    if (!vitest && !strncmp(path, root, n) && path[n] == '/') path += n + 1;
    Buf b = {0};
    buf_printf(&b, vitest ? "Cannot find module '%s' imported from '%s'" : "Cannot find module '%s' from '%s'", specifier, path);
    Value r = vm_throw(vm, ERR_CUSTOM_ERROR, buf_cstr(&b));
    buf_free(&b);
    if (v_is_object(vm->exception))
        object_put(vm, v_object(vm->exception), key_c(vm, "code"), v_str(vm, vitest ? "ERR_MODULE_NOT_FOUND" : "MODULE_NOT_FOUND"), ATTR_WEC);
    return r;
}

Value load_module(VM *vm, Module *from, Value specifier, u32 flags) {
    Buf tmp = {0};
    const char *text = text_of(vm, specifier, &tmp);
    Module *m = find(vm, from, text, "", !(flags & REQ_REQUIRE));
    Value promise, r = m ? module_run_rjs(vm, m, &promise) : throw_missing(vm, from, text);
    buf_free(&tmp);
    return r;
}

Value load_resolve(VM *vm, Module *from, Value specifier) {
    Buf tmp = {0};
    const char *text = text_of(vm, specifier, &tmp);
    Value r;
    if (resolver_is_builtin(text)) r = specifier;
    else {
        Resolution x = {RESOLVED_MISSING, NULL};
        if (ready()) x = later_resolve(loader.later, from->dxt->path, text, false);
        r = x.kind == RESOLVED_FILE ? v_str(vm, x.path) : throw_missing(vm, from, text);
    }
    buf_free(&tmp);
    return r;
}
