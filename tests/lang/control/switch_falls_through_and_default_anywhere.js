// SPDX-License-Identifier: MIT
function f(x) {
    const log = [];
    switch (x) {
        case 1:
            log.push('one');
        default:
            log.push('default');
        case 2:
            log.push('two');
            break;
        case 3:
            log.push('three');
    }
    return log.join();
}
console.log(f(1), f(2), f(3), f(9)); // => one,default,two two three default,two
