test('new', () => { expect({ a: 1 }).toMatchInlineSnapshot(); });
