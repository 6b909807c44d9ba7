test('kept', () => { expect(1).toMatchSnapshot(); });
test.skip('skipped', () => { expect(2).toMatchSnapshot(); });
test('new', () => { expect({ a: [1] }).toMatchSnapshot('hint'); });
