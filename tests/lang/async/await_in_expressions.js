// SPDX-License-Identifier: MIT
const later = v => Promise.resolve(v);
(async () => {
    const o = { [await later('k')]: (await later(2)) ** 2 };
    const list = [await later(1), ...(await later([2, 3]))];
    const text = `${await later('t')}-${list.length}`;
    console.log(o.k, list.join(), text, (await later(0)) || (await later('or')), Math.max(await later(3), await later(7))); // => 4 1,2,3 t-3 or 7
})();
