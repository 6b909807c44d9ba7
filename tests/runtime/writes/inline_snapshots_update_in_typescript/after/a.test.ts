import { expect, test } from 'vitest';

interface Row<T> { id: number; value: T }
const rows = <T,>(value: T): Row<T>[] => [{ id: 1, value }];

test('update', () => {
    expect(rows('x')).toMatchInlineSnapshot<Row<string>[]>(`
      [
        {
          "id": 1,
          "value": "x",
        },
      ]
    `);
    expect(/[)`]/.source + `a${[1].map((n) => `${n})`).join()}`).toMatchInlineSnapshot(/* a ( comment */ `"[)\`]a1)"`);
    expect({ a: 1 }).toMatchInlineSnapshot({ a: expect.any(Number) }, // why (
        `
      {
        "a": Any<Number>,
      }
    `);
    expect({ b: ')' }).toMatchInlineSnapshot({ b: expect.stringMatching(/[)]/) }, `
      {
        "b": StringMatching /\\[\\)\\]/,
      }
    `);
    expect(1 as number).toMatchInlineSnapshot(
        `1`,
    );
    expect("right").toMatchInlineSnapshot(`"right"`);
    expect('ümläut 𝒳').toMatchInlineSnapshot(`"ümläut 𝒳"`); // ü
    expect('after').toMatchInlineSnapshot(`"after"`);
});
