// SPDX-License-Identifier: MIT
async function* g() {
    try {
        yield 1;
        yield 2;
    } catch (e) {
        yield 'caught ' + e;
    } finally {
        await null;
        yield 'finally';
    }
}
(async () => {
    const it = g();
    await it.next();
    console.log((await it.throw('t')).value); // => caught t
    console.log((await it.return('r')).value); // => finally
    const end = await it.next();
    console.log(end.value, end.done); // => r true
})();
