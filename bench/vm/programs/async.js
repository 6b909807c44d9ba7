// SPDX-License-Identifier: MIT
// Async functions: awaits of values and promises, then chains, all and race, async generators, error paths.
const print = globalThis.console ? console.log : globalThis.print;

const later = async x => x;
async function sum(n) {
    let total = 0;
    for (let i = 0; i < n; i++) total = (total + (await i)) | 0;
    return total;
}
async function nested(depth) {
    return depth === 0 ? 1 : (await nested(depth - 1)) + (await later(1));
}
async function* ticks(n) {
    for (let i = 0; i < n; i++) {
        if (i % 3 === 0) await null;
        yield i;
    }
}
async function failing(i) {
    if (i % 2) throw new Error('odd ' + i);
    return i;
}

async function main() {
    let check = await sum(400000);
    for (let i = 0; i < 1800; i++) check += await nested(20);
    for await (const t of ticks(150000)) check = (check + t) | 0;
    let caught = 0;
    for (let i = 0; i < 50000; i++) {
        try {
            check = (check + (await failing(i))) | 0;
        } catch (e) {
            caught += e.message.length;
        } finally {
            caught++;
        }
    }
    for (let i = 0; i < 4000; i++) {
        const parts = await Promise.all([1, later(2), Promise.resolve(3).then(x => x + i), later(4)]);
        check += parts.reduce((a, b) => a + b) + (await Promise.race([later(i), later(-1)]));
    }
    let chain = Promise.resolve(0);
    for (let i = 0; i < 200000; i++) chain = chain.then(x => x + 1);
    return `${check} ${caught} ${await chain}`;
}
main().then(text => print('async', text));
