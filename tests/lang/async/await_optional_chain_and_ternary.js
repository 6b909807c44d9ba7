// SPDX-License-Identifier: MIT
const o = { p: async () => ({ q: 5 }) };
(async () => {
    console.log((await o.p?.())?.q, await o.none?.(), (await null) ?? 'fallback', (await true) ? 'yes' : 'no'); // => 5 undefined fallback yes
})();
