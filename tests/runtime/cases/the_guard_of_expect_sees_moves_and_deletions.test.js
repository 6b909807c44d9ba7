// expect: Tests:       1 passed, 1 total
const original = expect;
test('properties around it come and go', () => {
  for (let i = 0; i < 300; i++) globalThis['junk' + i] = i;
  for (let i = 0; i < 300; i++) delete globalThis['junk' + i];
  for (let i = 0; i < 300; i++) globalThis['more' + i] = i;
  expect(1).toBe(1);
  delete globalThis.expect;
  let thrown = false;
  try { expect(1).toBe(1); } catch (e) { thrown = e instanceof ReferenceError; }
  globalThis.expect = original;
  expect(thrown).toBe(true);
  let seen = 0;
  globalThis.expect = () => ({ toBe() { seen++; } });
  expect(1).toBe(2);
  globalThis.expect = original;
  expect(seen).toBe(1);
  for (let i = 0; i < 300; i++) delete globalThis['more' + i];
});
