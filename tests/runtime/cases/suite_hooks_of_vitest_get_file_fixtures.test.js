// expect: Tests:       2 passed, 2 total
import { test as base, describe, expect, beforeAll, afterAll } from 'vitest';
const log = [];
const test = base.extend({
  db: [async ({}, use) => { log.push('db up'); await use({ rows: [] }); log.push('db down'); }, { scope: 'file' }],
  item: async ({ db }, use) => { await use(db.rows.length); },
});
beforeAll(({}, suite) => { log.push(suite.type + ' ' + (suite.filepath ? 'file' : suite.name)); });
describe('inner', () => {
  beforeAll(({}, { name }) => { log.push('in ' + name); return () => { log.push('cleanup'); }; });
  test.beforeAll(async ({ db }) => { db.rows.push(1); });
  test.afterAll(({ db }) => { log.push('rows ' + db.rows.length); });
  test('uses both', ({ db, item }) => { db.rows.push(2); expect(item).toBe(1); });
});
base('order', () => { expect(log).toEqual(['suite file', 'in inner', 'db up', 'rows 2', 'cleanup']); });
