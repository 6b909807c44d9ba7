// args: --verbose
// expect: adds 1 + 2 = 3
// expect: {"a": 1} at 0
// expect: name is x, deep 5
// expect: 1 and two make 3
// expect: Tests:       4 passed, 4 total
test.each([[1, 2, 3]])('adds %i + %i = %i', (a, b, c) => { expect(a + b).toBe(c); });
test.each([[{ a: 1 }]])('%p at %#', (o) => { expect(o.a).toBe(1); });
test.each([{ name: 'x', in: { deep: 5 } }])('name is $name, deep $in.deep', (o) => { expect(o.in.deep).toBe(5); });
test.each`
  a    | b        | c
  ${1} | ${'two'} | ${3}
`('$a and $b make $c', ({ a, b, c }) => { expect([a, b, c]).toEqual([1, 'two', 3]); });
