// SPDX-License-Identifier: MIT
const bad = Promise.reject(new Error('bad'));
const main = async () => {
    console.log((await Promise.all([1, Promise.resolve(2), { then: r => r(3) }])).join()); // => 1,2,3
    await Promise.all([1, bad]).catch(e => console.log(e.message)); // => bad
    console.log(JSON.stringify(await Promise.allSettled([1, bad.catch(() => { throw 'why'; })]))); // => [{"status":"fulfilled","value":1},{"status":"rejected","reason":"why"}]
    console.log(await Promise.race([new Promise(() => {}), 'quick'])); // => quick
    console.log(await Promise.any([bad, 'ok'])); // => ok
    await Promise.any([bad]).catch(e => console.log(e.name, e.errors.length, e.message)); // => AggregateError 1 All promises were rejected
    console.log((await Promise.all([])).length); // => 0
};
main();
