// SPDX-License-Identifier: MIT
namespace N {
    export let x = 1;
    export const bump = () => {
        x++;
        return x;
    };
    export const { p, q: [r] } = { p: 'p', q: ['r'] };
}
N.bump();
N.x += 10;
console.log(N.x, N.bump(), N.p, N.r);

// => 12 13 p r
