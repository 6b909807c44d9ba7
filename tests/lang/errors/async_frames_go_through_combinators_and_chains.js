// SPDX-License-Identifier: MIT
const frames = e => e.stack.split('\n').slice(1).filter(l => !/node:/.test(l)).map(l => l.trim().replace(/^at /, '').replace(/ ?\(.*[/:].*\)$/, '').replace(/\S*\.js:\d+:\d+/, 'file')).join(' | ');
async function thrower() { await 1; throw new Error('late'); }
async function all() { await Promise.all([0, thrower()]); }
async function any() { await Promise.any([thrower()]); }
async function settled() { const [r] = await Promise.allSettled([thrower()]).then(x => x); console.log(frames(r.reason)); }
async function race() { await Promise.race([thrower()]); }
async function chained() { await thrower().then(x => x); }
async function* generator() { yield 1; await thrower(); }
async function iterates() { for await (const x of generator()); }
(async () => {
    for (const f of [all, race, chained, iterates]) await f().catch(e => console.log(frames(e)));
    await any().catch(e => console.log(frames(e.errors[0])));
    await settled();
})();
const o = { arrow: () => { throw new Error(); } };
class Init { x = null.y; static make() { return new Init(); } }
for (const f of [() => o.arrow(), Init.make])
    try {
        f();
    } catch (e) {
        console.log(frames(e).split(' | ').slice(0, 2).join(' | '));
    }
// => Object.arrow | file
// => <instance_members_initializer> | new Init
// => thrower | async Promise.all (index 1) | async all | async file
// => thrower | async race | async file
// => thrower | async chained | async file
// => thrower | async generator | async iterates | async file
// => thrower | async Promise.any (index 0) | async any | async file
// => thrower | async Promise.allSettled (index 0) | async settled | async file
