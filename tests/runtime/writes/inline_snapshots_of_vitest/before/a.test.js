import { test, expect, describe } from 'vitest';
describe('d', () => {
  test('one line', () => {
    expect(1).toMatchInlineSnapshot();
    expect('a `tick` ${x} \\ back').toMatchInlineSnapshot();
  });
  test('lines', async () => {
    expect({ a: 1, b: [1, 'x'], c: { d: null } }).toMatchInlineSnapshot();
    expect('line 1\nline 2\n\n  line 4').toMatchInlineSnapshot( );
    await expect(Promise.resolve([1])).resolves.toMatchInlineSnapshot();
    expect(() => { throw new TypeError('boom'); }).toThrowErrorMatchingInlineSnapshot();
    await expect(Promise.reject(new Error('late'))).rejects.toThrowErrorMatchingInlineSnapshot();
  });
	test('tabs and properties', () => {
		expect({ id: Math.random(), n: 1 }).toMatchInlineSnapshot({ id: expect.any(Number) });
		expect([
			1,
		])
			.toMatchInlineSnapshot(
			);
  });
  test('existing', () => {
    expect({ a: 1 }).toMatchInlineSnapshot(`
      {
        "a": 1,
      }
    `);
    for (const x of [1, 1]) expect(x).toMatchInlineSnapshot();
  });
});
