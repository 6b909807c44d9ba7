// SPDX-License-Identifier: MIT
const seen = [];
JSON.parse('[1.0, {"a": -0}, "x"]', (key, value, { source }) => { seen.push(key + '=' + source); return value; });
console.log(seen.join(' ')); // expect: 0=1.0 a=-0 1=undefined 2="x" =undefined
console.log(String(JSON.parse('12345678901234567890', (k, v, c) => BigInt(c.source)))); // expect: 12345678901234567890
