describe('d', () => {
  test('one line', () => {
    expect(1).toMatchInlineSnapshot(`1`);
    expect('a `tick` ${x} \\ back').toMatchInlineSnapshot(`"a \`tick\` \${x} \\ back"`);
  });
  test('lines', async () => {
    expect({ a: 1, b: [1, 'x'], c: { d: null } }).toMatchInlineSnapshot(`
{
  "a": 1,
  "b": [
    1,
    "x",
  ],
  "c": {
    "d": null,
  },
}
`);
    expect('line 1\nline 2\n\n  line 4').toMatchInlineSnapshot( `
"line 1
line 2

  line 4"
`);
    await expect(Promise.resolve([1])).resolves.toMatchInlineSnapshot(`
[
  1,
]
`);
    expect(() => { throw new TypeError('boom'); }).toThrowErrorMatchingInlineSnapshot(`"boom"`);
    await expect(Promise.reject(new Error('late'))).rejects.toThrowErrorMatchingInlineSnapshot(`"late"`);
  });
	test('tabs and properties', () => {
		expect({ id: Math.random(), n: 1 }).toMatchInlineSnapshot({ id: expect.any(Number) }, `
{
  "id": Any<Number>,
  "n": 1,
}
`);
		expect([
			1,
		])
			.toMatchInlineSnapshot(
			`
[
  1,
]
`);
  });
  test('existing', () => {
    expect({ a: 1 }).toMatchInlineSnapshot(`
      {
        "a": 1,
      }
    `);
  });
});
