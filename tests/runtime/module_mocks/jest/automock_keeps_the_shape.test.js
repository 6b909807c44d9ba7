// expect: Tests:       4 passed, 4 total
jest.mock('./calc');
const calc = require('./calc');
const { twice, counted } = require('./uses');
test('functions give undefined and record', () => {
  expect(calc.add(1, 2)).toBe(undefined);
  expect(calc.add).toHaveBeenCalledWith(1, 2);
  expect(calc.default(1)).toBe(undefined);
  expect(twice(2)).toBe(undefined);
  expect(jest.isMockFunction(calc.sub)).toBe(true);
  calc.sub.mockReturnValue(9);
  expect(calc.sub()).toBe(9);
});
test('classes', () => {
  const c = new calc.Counter(3);
  expect(c instanceof calc.Counter).toBe(true);
  expect(c.up()).toBe(undefined);
  expect(c.n).toBe(undefined);
  expect(c.twice).toBe(undefined);
  expect(calc.Counter).toHaveBeenCalledTimes(1);
  expect(calc.Counter.mock.instances[0]).toBe(c);
  expect(calc.Counter.make()).toBe(undefined);
  expect(counted()).toBe(undefined);
});
test('data', () => {
  expect(calc.config.deep.f()).toBe(undefined);
  expect(calc.config.deep.list).toEqual([]);
  expect(calc.config.deep.text).toBe('kept');
  expect(calc.config.n).toBe(5);
  expect(calc.flag).toBe(true);
  expect('when' in calc.config).toBe(false);
  expect(calc.__esModule).toBe(true);
});
test('createMockFromModule', () => {
  const m = jest.createMockFromModule('./state');
  expect(m.next()).toBe(undefined);
  expect(require('./state').next()).toBe(1);
});
