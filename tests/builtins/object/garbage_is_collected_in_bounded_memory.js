// SPDX-License-Identifier: MIT
let kept = [], text = '';
for (let i = 0; i < 300000; i++) {
    const o = { i, list: new Array(50).fill(i), f: () => i, s: 'text ' + i };
    if (i % 30000 === 0) kept.push(o);
    text += i % 10;
}
console.log(kept.map(o => o.f() + o.list[49] - o.i).join(), kept[9].s, text.length, text.slice(-5)); // expect: 0,30000,60000,90000,120000,150000,180000,210000,240000,270000 text 270000 300000 56789
