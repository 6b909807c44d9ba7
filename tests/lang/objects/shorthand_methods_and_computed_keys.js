// SPDX-License-Identifier: MIT
const x = 1;
const key = 'dyn';
const o = { x, m() { return this.x; }, [key + x]: 'v', 'a b': 2, 3: 'three', [`t${x}`]() { return 't'; } };
console.log(o.m(), o.dyn1, o['a b'], o[3], o.t1(), Object.keys(o).join()); // => 1 v 2 three t 3,x,m,dyn1,a b,t1
