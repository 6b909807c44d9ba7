// SPDX-License-Identifier: MIT
const o = { list: [] };
[o.x, o['y'], o.list[2]] = [1, 2, 3];
({ p: o.p, q: o.list[0] = 'q' } = { p: 'p' });
console.log(JSON.stringify(o)); // => {"list":["q",null,3],"x":1,"y":2,"p":"p"}
