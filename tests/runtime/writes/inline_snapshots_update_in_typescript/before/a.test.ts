import { expect, test } from 'vitest';

interface Row<T> { id: number; value: T }
const rows = <T,>(value: T): Row<T>[] => [{ id: 1, value }];

test('update', () => {
    expect(rows('x')).toMatchInlineSnapshot<Row<string>[]>(`old`);
    expect(/[)`]/.source + `a${[1].map((n) => `${n})`).join()}`).toMatchInlineSnapshot(/* a ( comment */ `"old"`);
    expect({ a: 1 }).toMatchInlineSnapshot({ a: expect.any(Number) }, // why (
        `
      {
        "a": 2,
      }
    `);
    expect({ b: ')' }).toMatchInlineSnapshot({ b: expect.stringMatching(/[)]/) },);
    expect(1 as number).toMatchInlineSnapshot(
        'old string',
    );
    expect("right").toMatchInlineSnapshot(`"right"`);
    expect('ümläut 𝒳').toMatchInlineSnapshot(); // ü
    expect('after').toMatchInlineSnapshot();
});
