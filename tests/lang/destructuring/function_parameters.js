// SPDX-License-Identifier: MIT
function f({ a, b: [c = 'c'] = [] } = {}, [d, ...e] = 'xyz', ...[g, h]) {
    return [a, c, d, e.join(''), g, h].join();
}
console.log(f()); // => ,c,x,yz,,
console.log(f({ a: 1, b: [2] }, [3], 4, 5)); // => 1,2,3,,4,5
console.log(f.length); // => 0
