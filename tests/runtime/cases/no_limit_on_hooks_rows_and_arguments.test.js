// expect: Tests:       5 passed, 5 total
const seen = [];
describe('many hooks', () => {
  for (let i = 0; i < 300; i++) { afterEach(() => { seen.push(i); }); }
  test('one', () => {});
});
afterAll(() => { expect(1).toBe(1); });
for (let i = 0; i < 300; i++) afterAll(() => { if (i === 299) console.log('last afterAll'); });
test('all ran', () => { expect(seen.length).toBe(300); expect(seen[299]).toBe(299); });
const row = Array.from({ length: 100 }, (_, i) => i);
test.each([row])('row %i', (...args) => { expect(args.length).toBe(100); expect(args[99]).toBe(99); });
test.each([row])('row with done %i', function (a, b, c, d, ...rest) { expect(rest.length).toBe(96); });
expect.extend({ toHaveArgs(received, ...args) { return { pass: args.length === received, message: () => `${args.length} arguments` }; } });
test('custom matcher', async () => { expect(50).toHaveArgs(...Array(50).fill(1)); await expect(Promise.resolve(40)).resolves.toHaveArgs(...Array(40).fill(0)); });
