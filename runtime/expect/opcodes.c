// SPDX-License-Identifier: MIT
// What the assertion opcodes could not decide alone, and the opcodes of mocks, hooks and results: the runtime's side of host->test_op.
// The opcodes stand for the runner's own expect; when a program put another in its place, or another matcher, they do what the source says.
#include "runtime/expect/expect.h"
#include "runtime/expect/match.h"
#include "vm/assert/assert.h"
#include "vm/cells.h"

// ---- the slow path of the assertion opcodes

static const struct { u8 op; const char *name; } op_names[] = {
    {OP_AssertEq, "toBe"}, {OP_AssertStringEq, "toBe"}, {OP_AssertDeepEq, "toEqual"}, {OP_AssertArrayEq, "toEqual"}, {OP_AssertStrictDeepEq, "toStrictEqual"},
    {OP_AssertTruthy, "toBeTruthy"}, {OP_AssertFalsy, "toBeFalsy"}, {OP_AssertNull, "toBeNull"}, {OP_AssertDefined, "toBeDefined"}, {OP_AssertUndefined, "toBeUndefined"},
    {OP_AssertContains, "toContain"}, {OP_AssertLength, "toHaveLength"}, {OP_AssertMatch, "toMatch"}, {OP_AssertThrows, "toThrow"}, {OP_AssertSnapshot, "toMatchSnapshot"},
    {OP_AssertType, "toBe"}, {OP_AssertInstanceOf, "toBeInstanceOf"}, {OP_AssertCloseTo, "toBeCloseTo"}, {OP_MockVerify, "toHaveBeenCalled"}, {OP_SpyVerify, "toHaveBeenCalledTimes"},
    {OP_BatchAssertEqI32, "toBe"}, {OP_BatchAssertEqF64, "toBe"}, {OP_BatchAssertStringEq, "toBe"}, {OP_BatchAssertTruthy, "toBeTruthy"}, {OP_BatchAssertNull, "toBeNull"},
};
static Value assertion_op_rjs(VM *vm, u32 row, const Value *v, bool negate) {
    u32 op = op_names[row].op, index = matcher_find(op_names[row].name);
    int argc = matchers[index].length == 0 ? 0 : 1;
    Value args[2] = {argc ? v[1] : V_UNDEFINED, V_UNDEFINED}, received = v[0];
    if (op == OP_AssertCloseTo && v[2] != V_HOLE) args[1] = v[2], argc = 2;
    if (op == OP_AssertType) received = typeof_value(vm, v[0]);
    if (argc && args[0] == V_HOLE) argc = 0;
    return expect_run_matcher_rjs(vm, index, received, negate, argc, args);
}

// ---- another expect, or another matcher

u32 expect_global_slot(VM *vm) {
    Object *global = v_object(vm->realm->global);
    u8 attrs;
    int slot = shape_lookup(vm, global->shape, key_c(vm, "expect"), &attrs);
    return slot < 0 ? 0 : (u32)slot;
}

// Does the assertion mean the runner's own expect and matcher? Not when the program replaced the global it names, or extended expect by
// a matcher of that name.
static bool is_ours(VM *vm, u32 row, u32 site, Module *module) {
    if (expect_pristine(vm)) return true;
    bool global = site != DXT_NONE && module->dxt->sites[site].flags & SITE_GLOBAL;
    if (global && object_own_data(vm, v_object(vm->realm->global), key_c(vm, "expect")) != expect_function(vm)) return false;
    if (vm->expect_fn != V_HOLE) vm->expect_slot = expect_global_slot(vm); // the property may only have moved
    return expect_matcher_is_builtin(vm, matcher_find(op_names[row].name));
}

// The assertion as the source has it: expect(actual)[.not].matcher(...).
static Value object_path_rjs(VM *vm, u32 row, const Value *v, bool negate, u32 site, Module *module) {
    const DxtSite *s = site == DXT_NONE ? NULL : &module->dxt->sites[site];
    u32 op = op_names[row].op;
    bool replaced = s && s->flags & SITE_GLOBAL;
    Value args[2] = {V_UNDEFINED, V_UNDEFINED};
    int argc = matchers[matcher_find(op_names[row].name)].length == 0 ? 0 : v[1] == V_HOLE ? 0 : 1;
    if (argc) args[0] = v[1];
    if (op == OP_AssertCloseTo && v[2] != V_HOLE) args[argc++] = v[2];
    PropKey name = key_c(vm, "expect");
    int there = replaced ? object_has_rjs(vm, vm->realm->global, name) : 1;
    if (there <= 0) return there < 0 ? V_EXC : vm_throw(vm, ERR_NOT_DEFINED, name);
    Value f = replaced ? get_rjs(vm, vm->realm->global, name) : expect_function(vm);
    Value o = v_is_exc(f) ? V_EXC : CALL1(vm, f, V_UNDEFINED, op == OP_AssertType ? typeof_value(vm, v[0]) : v[0]);
    if (negate && !v_is_exc(o)) o = get_rjs(vm, o, key_c(vm, "not"));
    if (v_is_exc(o)) return V_EXC;
    PropKey k = s ? key_from_string(vm, v_string(module->strings[s->matcher])) : key_c(vm, op_names[row].name);
    Value m = get_rjs(vm, o, k);
    return v_is_exc(m) || v_is_exc(vm_call(vm, m, o, argc, args)) ? V_EXC : V_UNDEFINED;
}

// A call of the test API by name: what the lifecycle, mock and result opcodes stand for.
static Value api_call_rjs(VM *vm, const char *name, const char *method, int argc, const Value *argv) {
    while (argc && argv[argc - 1] == V_HOLE) argc--;
    Value self = vm->realm->TestApi, f = get_rjs(vm, self, key_c(vm, name));
    if (method && !v_is_exc(f)) {
        self = f;
        f = get_rjs(vm, self, key_c(vm, method));
    }
    return v_is_exc(f) ? V_EXC : vm_call(vm, f, self, argc, argv);
}

Value expect_test_op(VM *vm, u32 op, Value *v, u32 n, u32 site, Module *module) { // host->test_op
    bool negate = vm->assert_not;
    vm->assert_not = 0;
    for (u32 i = 0; i < DX_COUNTOF(op_names); i++)
        if (op_names[i].op == op) return is_ours(vm, i, site, module) ? assertion_op_rjs(vm, i, v, negate) : object_path_rjs(vm, i, v, negate, site, module);
    switch (op) {
    case OP_BeforeAll: return api_call_rjs(vm, "beforeAll", NULL, (int)n, v);
    case OP_AfterAll: return api_call_rjs(vm, "afterAll", NULL, (int)n, v);
    case OP_BeforeEach: return api_call_rjs(vm, "beforeEach", NULL, (int)n, v);
    case OP_AfterEach: return api_call_rjs(vm, "afterEach", NULL, (int)n, v);
    case OP_MockCreate: return api_call_rjs(vm, "jest", "fn", (int)n, v);
    case OP_MockCall: return vm_call(vm, v[0], v[1], (int)n - 2, v + 2);
    case OP_SpyCreate: return api_call_rjs(vm, "jest", "spyOn", (int)n, v);
    case OP_TestPass: vm->assertions++; return V_UNDEFINED;
    case OP_TestFail: return api_call_rjs(vm, "expect", "unreachable", (int)n, v);
    case OP_TestSkip: return api_call_rjs(vm, "test", "skip", (int)n, v);
    case OP_TestTodo: return api_call_rjs(vm, "test", "todo", (int)n, v);
    default: return vm_throw(vm, ERR_CUSTOM_ERROR, "the test runtime does not know this opcode");
    }
}
