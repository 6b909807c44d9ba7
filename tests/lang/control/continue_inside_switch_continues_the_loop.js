// SPDX-License-Identifier: MIT
const log = [];
for (let i = 0; i < 4; i++) {
    switch (i) {
        case 1:
            continue;
        case 2:
            break;
        default:
            log.push('d' + i);
    }
    log.push(i);
}
console.log(log.join()); // => d0,0,2,d3,3
