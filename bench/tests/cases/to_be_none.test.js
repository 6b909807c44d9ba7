// SPDX-License-Identifier: MIT
let kept = 0;
test('no toBe', () => {
    let y = 0;
    for (let x = 0; x < 1000000; x++) {
        kept = x === y ? kept + 1 : kept;
        y = y + 1;
    }
});
