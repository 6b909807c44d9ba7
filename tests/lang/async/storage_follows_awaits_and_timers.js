// SPDX-License-Identifier: MIT
const { AsyncLocalStorage, AsyncResource } = require('node:async_hooks');
const als = new AsyncLocalStorage();
async function work() {
    await null;
    const before = als.getStore();
    await new Promise((r) => setTimeout(r, 5));
    return [before, als.getStore()];
}
const one = als.run('one', work), two = als.run('two', work);
const bound = als.run('bound', () => AsyncLocalStorage.bind(() => als.getStore()));
const resource = als.run('resource', () => new AsyncResource('X'));
als.run(1, () => setTimeout(() => console.log('timer', als.getStore()), 1));
console.log(als.getStore(), bound(), resource.runInAsyncScope(() => als.getStore())); // => undefined bound resource
Promise.all([one, two]).then((r) => console.log(r, als.getStore())); // => timer 1
// => [ [ 'one', 'one' ], [ 'two', 'two' ] ] undefined
