// expect: Tests:       2 passed, 2 total
const log = [];
beforeAll(() => log.push('all'));
beforeEach(() => log.push('each'));
afterEach(() => log.push('after1'));
afterEach(() => log.push('after2'));
afterAll(() => { expect(log.join()).toBe('all,each,a,after1,after2,inner all,each,inner each,b,inner after,after1,after2,inner end'); });
test('a', () => { log.push('a'); });
describe('inner', () => {
  beforeAll(() => log.push('inner all'));
  beforeEach(() => log.push('inner each'));
  afterEach(() => log.push('inner after'));
  afterAll(() => log.push('inner end'));
  test('b', () => { log.push('b'); });
});
