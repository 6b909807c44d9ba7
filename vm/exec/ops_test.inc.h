// SPDX-License-Identifier: MIT
// Handlers of assertions, mocks, hooks and results: what passes is counted here, the rest goes to the test
// runtime. Included by interp.c, inside the dispatch loop.

// ---- assertions
#define ASSERT_OP(name, n, len, site) \
    CASE(name) { \
        if (OP_##name == OP_AssertEq && DX_LIKELY(sp[-1] == sp[-2] && !vm->assert_not && expect_pristine(vm))) { \
            vm->assertions++; \
            sp -= 2; \
            NEXT(len); \
        } \
        SAVE(); \
        if (DX_UNLIKELY(!expect_pristine(vm))) { \
            if (v_is_exc(test_op(vm, OP_##name, sp - (n), (n), (site)))) goto exception; \
        } else if (DX_LIKELY(!vm->assert_not && assert_passes(vm, OP_##name, sp - (n)))) vm->assertions++; \
        else if (assert_fast(vm, OP_##name, sp - (n)) == !vm->assert_not) vm->assertions++, vm->assert_not = 0; \
        else if (v_is_exc(test_op(vm, OP_##name, sp - (n), (n), (site)))) goto exception; \
        sp -= (n); \
        NEXT(len); \
    }
    ASSERT_OP(AssertEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertDeepEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertTruthy, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertFalsy, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertNull, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertDefined, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertUndefined, 1, 5, op_u32(pc + 1))
    ASSERT_OP(AssertContains, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertLength, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertMatch, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertThrows, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertSnapshot, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertType, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertInstanceOf, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertCloseTo, 3, 5, op_u32(pc + 1))
    ASSERT_OP(AssertArrayEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertStringEq, 2, 5, op_u32(pc + 1))
    ASSERT_OP(AssertStrictDeepEq, 2, 5, op_u32(pc + 1))
    CASE(Not) vm->assert_not ^= 1; NEXT(1);
#define BATCH_OP(name, single, width) \
    CASE(name) { \
        u32 n = op_u32(pc + 1); \
        SAVE(); \
        if (!batch_assert(vm, OP_##name, single, sp - (size_t)n * (width), n, width, op_u32(pc + 5))) goto exception; \
        sp -= (size_t)n * (width); \
        NEXT(9); \
    }
    BATCH_OP(BatchAssertEqI32, OP_AssertEq, 2)
    BATCH_OP(BatchAssertEqF64, OP_AssertEq, 2)
    BATCH_OP(BatchAssertTruthy, OP_AssertTruthy, 1)
    BATCH_OP(BatchAssertNull, OP_AssertNull, 1)
    BATCH_OP(BatchAssertStringEq, OP_AssertStringEq, 2)
#define TEST_OP(name, n, len, site, push) \
    CASE(name) { \
        SAVE(); \
        r = test_op(vm, OP_##name, sp - (n), (n), (site)); \
        if (v_is_exc(r)) goto exception; \
        sp -= (n); \
        if (push) PUSH(r); \
        NEXT(len); \
    }
    TEST_OP(MockCreate, 1, 1, DXT_NONE, true)
    TEST_OP(MockCall, op_u16(pc + 1) + 2, 3, DXT_NONE, true)
    TEST_OP(MockVerify, 1, 5, op_u32(pc + 1), false)
    TEST_OP(SpyCreate, 2, 1, DXT_NONE, true)
    TEST_OP(SpyVerify, 2, 5, op_u32(pc + 1), false)
    TEST_OP(BeforeAll, 2, 1, DXT_NONE, false)
    TEST_OP(AfterAll, 2, 1, DXT_NONE, false)
    TEST_OP(BeforeEach, 2, 1, DXT_NONE, false)
    TEST_OP(AfterEach, 2, 1, DXT_NONE, false)
    TEST_OP(TestPass, 0, 1, DXT_NONE, false)
    TEST_OP(TestFail, 1, 1, DXT_NONE, false)
    TEST_OP(TestSkip, 2, 1, DXT_NONE, false)
    TEST_OP(TestTodo, 1, 1, DXT_NONE, false)
