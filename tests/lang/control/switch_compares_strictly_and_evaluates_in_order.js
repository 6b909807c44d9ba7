// SPDX-License-Identifier: MIT
const log = [];
const v = x => (log.push(x), x);
switch ('2') {
    case v(2):
    case v('2'):
        log.push('hit');
        break;
    case v('never'):
}
switch (NaN) {
    case NaN:
        log.push('nan');
}
console.log(log.join()); // => 2,2,hit
