// SPDX-License-Identifier: MIT
const a = () => {};
const b = function () {};
let c = class {};
const o = { d() {}, e: () => {}, get f() { return 1; }, ['g' + 1]: () => {}, [Symbol('s')]: () => {}, [Symbol()]: () => {} };
const h = (0, () => {});
const syms = Object.getOwnPropertySymbols(o).map(s => o[s].name);
console.log([a, b, c, o.d, o.e, o.g1, h].map(f => f.name || '(none)').join()); // => a,b,c,d,e,g1,(none)
console.log(Object.getOwnPropertyDescriptor(o, 'f').get.name, syms.join('|'), (() => {}).name === '', a.bind().name); // => get f [s]| true bound a
