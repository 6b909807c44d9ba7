test('loop', () => { for (const x of [1, 2]) expect(x).toMatchInlineSnapshot(); });
