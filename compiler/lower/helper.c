// SPDX-License-Identifier: MIT
// Functions that the compiler adds to a module: written in JavaScript here, compiled in place where they are used. They have
// no source text of their own at run time and no positions.
#include "compiler/emit/emit.h"
#include "compiler/read/read.h"

static const char use_text[] =
    "(function (stack, value, isAsync) {"
    "  if (value === null || value === undefined) { if (isAsync) stack.push(undefined, undefined, true); return value; }"
    "  if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError(String(value) + ' is not an object');"
    "  let method, wait = isAsync;"
    "  if (isAsync) method = value[Symbol.asyncDispose];"
    "  if (method === null || method === undefined) { method = value[Symbol.dispose];"
    "    if (isAsync && typeof method === 'function') { const sync = method; method = function () { Reflect.apply(sync, this, []); }; } }"
    "  if (typeof method !== 'function')"
    "    throw new TypeError(isAsync ? 'Property [Symbol.asyncDispose] is not a function.' : 'Property [Symbol.dispose] is not a function.');"
    "  stack.push(value, method, wait);"
    "  return value;"
    "})";

static const char dispose_text[] =
    "(function (stack, failed, error) {"
    "  for (let i = stack.length - 3; i >= 0; i -= 3) {"
    "    try { if (stack[i + 1]) Reflect.apply(stack[i + 1], stack[i], []); }"
    "    catch (e) {"
    "      error = failed ? new SuppressedError(e, error, 'An error was suppressed during disposal.') : e;"
    "      failed = true;"
    "    }"
    "  }"
    "  if (failed) throw error;"
    "})";

static const char dispose_async_text[] =
    "(async function (stack, failed, error) {"
    "  for (let i = stack.length - 3; i >= 0; i -= 3) {"
    "    try { const r = stack[i + 1] ? Reflect.apply(stack[i + 1], stack[i], []) : undefined; if (stack[i + 2]) await r; }"
    "    catch (e) {"
    "      error = failed ? new SuppressedError(e, error, 'An error was suppressed during disposal.') : e;"
    "      failed = true;"
    "    }"
    "  }"
    "  if (failed) throw error;"
    "})";

// elements: [index, kind, isStatic, isPrivate, key, decorators, value, setter, access…] of every decorated member, in order.
static const char decorate_text[] =
    "(function (ctor, elements, decorators, className) {"
    "  const meta = Symbol.metadata, parent = Object.getPrototypeOf(ctor);"
    "  const metadata = meta ? Object.create(parent && parent[meta] !== undefined ? parent[meta] : null) : undefined;"
    "  const members = [], methods = [], statics = [], own = [];"
    "  const make = (context, extra) => {"
    "    let open = true;"
    "    context.metadata = metadata;"
    "    context.addInitializer = function (f) {"
    "      if (!open) throw new TypeError('Cannot add initializers after decoration has completed');"
    "      if (typeof f !== 'function') throw new TypeError('An initializer must be a function');"
    "      extra.push(f);"
    "    };"
    "    return () => { open = false; };"
    "  };"
    "  const check = (f, what) => { if (f !== undefined && typeof f !== 'function') throw new TypeError(what + ' must be a function'); return f; };"
    "  const apply = (e) => {"
    "    const kind = e.kind, target = e.isStatic ? ctor : ctor.prototype, key = e.key, list = e.decorators;"
    "    const member = members[e.index] = { inits: [], extra: [], value: e.value, setter: e.setter };"
    "    const field = kind === 'field' || kind === 'accessor';"
    "    const extra = field ? member.extra : e.isStatic ? statics : methods;"
    "    const desc = e.isPrivate || kind === 'field' ? undefined : Object.getOwnPropertyDescriptor(target, key);"
    "    let value = kind === 'method' ? (desc ? desc.value : e.value) : kind === 'getter' ? (desc ? desc.get : e.value) :"
    "      kind === 'setter' ? (desc ? desc.set : e.value) : undefined;"
    "    let get = kind === 'accessor' ? (desc ? desc.get : e.value) : undefined, set = kind === 'accessor' ? (desc ? desc.set : e.setter) : undefined;"
    "    for (let i = list.length - 2; i >= 0; i -= 2) {"
    "      const access = { has: e.has || ((o) => key in o) };"
    "      if (kind !== 'setter') access.get = e.get || ((o) => o[key]);"
    "      if (kind === 'field' || kind === 'accessor' || kind === 'setter') access.set = e.set || ((o, v) => { o[key] = v; });"
    "      const context = { kind, name: e.isPrivate ? e.name : key, static: e.isStatic, private: e.isPrivate, access };"
    "      const close = make(context, extra);"
    "      const r = Reflect.apply(list[i], list[i + 1], [kind === 'accessor' ? { get, set } : value, context]);"
    "      close();"
    "      if (kind === 'accessor') {"
    "        if (r === undefined) continue;"
    "        if (r === null || typeof r !== 'object') throw new TypeError('An accessor decorator must return an object or undefined');"
    "        get = check(r.get, 'get') || get; set = check(r.set, 'set') || set;"
    "        if (check(r.init, 'init')) member.inits.unshift(r.init);"
    "      } else if (kind === 'field') { if (check(r, 'A field initializer')) member.inits.unshift(r); }"
    "      else if (check(r, 'A decorated method') !== undefined) value = r;"
    "    }"
    "    if (kind === 'accessor') { member.value = get; member.setter = set; if (desc) { desc.get = get; desc.set = set; } }"
    "    else { member.value = value; if (desc) desc[kind === 'method' ? 'value' : kind === 'getter' ? 'get' : 'set'] = value; }"
    "    if (desc) Object.defineProperty(target, key, desc);"
    "  };"
    "  for (const pass of [[false, true], [false, false], [true, true], [true, false]])"
    "    for (const e of elements) if ((e.kind === 'field') === pass[0] && e.isStatic === pass[1]) apply(e);"
    "  let result = ctor;"
    "  for (let i = decorators.length - 2; i >= 0; i -= 2) {"
    "    const context = { kind: 'class', name: className === '' ? ctor.name : className };"
    "    const close = make(context, own);"
    "    const r = Reflect.apply(decorators[i], decorators[i + 1], [result, context]);"
    "    close();"
    "    if (check(r, 'A decorated class') !== undefined) result = r;"
    "  }"
    "  if (meta) Object.defineProperty(result, meta, { configurable: true, writable: true, enumerable: false, value: metadata });"
    "  const run = (list, self) => { for (const f of list) Reflect.apply(f, self, []); };"
    "  return {"
    "    ctor: result, members,"
    "    init(i, self, value) { for (const f of members[i].inits) value = Reflect.apply(f, self, [value]); return value; },"
    "    extra(i, self) { run(i === -1 ? methods : i === -2 ? statics : i === -3 ? own : members[i].extra, self); },"
    "  };"
    "})";

// Applied member by member, the class last (kind 'class', which gives the class to use). params: [index, decorator, this] triples; meta: pairs for Reflect.metadata.
static const char decorate_legacy_text[] =
    "(function (ctor, isStatic, key, kind, decorators, params, meta) {"
    "  const target = kind === 'class' || isStatic ? ctor : ctor.prototype;"
    "  let result = kind === 'class' ? ctor : kind === 'field' ? undefined : Object.getOwnPropertyDescriptor(target, key);"
    "  if (meta.length && typeof Reflect.metadata === 'function')"
    "    for (let i = meta.length - 2; i >= 0; i -= 2)"
    "      Reflect.apply(Reflect.metadata(meta[i], meta[i + 1]), undefined, kind === 'class' ? [ctor] : [target, key]);"
    "  for (let i = params.length - 3; i >= 0; i -= 3) Reflect.apply(params[i + 1], params[i + 2], [target, key, params[i]]);"
    "  for (let i = decorators.length - 2; i >= 0; i -= 2)"
    "    result = Reflect.apply(decorators[i], decorators[i + 1], kind === 'class' ? [result] : [target, key, result]) || result;"
    "  if (kind !== 'class' && result) Object.defineProperty(target, key, result);"
    "  return result;"
    "})";

static const char es_module_text[] =
    "(function (exports, names) {"
    "  Object.defineProperty(exports, '__esModule', { value: true });"
    "  for (let i = 0; i < names.length; i++) exports[names[i]] = undefined;"
    "})";

// A name of another module that this one exports; name undefined: the module itself.
static const char export_getter_text[] =
    "(function (exports, exported, module, name) {"
    "  const get = name === undefined ? () => module : () => name === 'default' && !module.__esModule ? module : module[name];"
    "  Object.defineProperty(exports, exported, { enumerable: true, get });"
    "})";

static const char export_star_text[] =
    "(function (exports, module) {"
    "  for (const key in module) {"
    "    if (key === 'default' || Object.prototype.hasOwnProperty.call(exports, key)) continue;"
    "    let desc = Object.getOwnPropertyDescriptor(module, key);"
    "    if (!desc || ('get' in desc ? !module.__esModule : desc.writable || desc.configurable)) desc = { enumerable: true, get: () => module[key] };"
    "    Object.defineProperty(exports, key, desc);"
    "  }"
    "})";

static const char import_star_text[] =
    "(function (module) {"
    "  if (module && module.__esModule) return module;"
    "  const all = {};"
    "  if (module !== null && module !== undefined)"
    "    for (const key of Object.getOwnPropertyNames(module))"
    "      if (key !== 'default') Object.defineProperty(all, key, { enumerable: true, get: () => module[key] });"
    "  Object.defineProperty(all, 'default', { enumerable: true, value: module });"
    "  return all;"
    "})";

static const char *const texts[] = {
    [HELPER_USE] = use_text, [HELPER_DISPOSE] = dispose_text, [HELPER_DISPOSE_ASYNC] = dispose_async_text, [HELPER_DECORATE] = decorate_text,
    [HELPER_DECORATE_LEGACY] = decorate_legacy_text, [HELPER_ES_MODULE] = es_module_text, [HELPER_EXPORT_GETTER] = export_getter_text,
    [HELPER_EXPORT_STAR] = export_star_text, [HELPER_IMPORT_STAR] = import_star_text,
};

void lower_helper(Emitter *m, Helper which) {
    const char *text = texts[which];
    DiagList *diags = ARENA_NEW(m->arena, DiagList);
    diag_init(diags, m->arena, "helper", text, strlen(text));
    ReadOptions read = {.lang = READ_JS, .goal = READ_SCRIPT, .strict = true, .strings = m->strings};
    Ast *ast = read_source(m->arena, &read, text, strlen(text), diags);
    ResolveOptions options = {.eval = true};
    if (!diags->errors) resolve_program(ast, &options, diags);
    if (diags->errors) { // only the C stack may be too short for it
        diag_add(m->diags, DIAG_TOO_DEEP, m->fs->scope->start, m->fs->scope->start);
        OP0(m, PushUndefined);
        return;
    }
    bool saved = m->no_positions;
    Scope *scope = m->fs->scope;
    m->no_positions = true;
    Node *fn = ast->body.items[0]->unary.arg;
    u32 index = emit_function(m, fn, NULL, NULL, FUNC_NATIVE_SOURCE | FUNC_STRICT);
    m->no_positions = saved;
    m->fs->scope = scope;
    new_function(m, index);
}
