// SPDX-License-Identifier: MIT
const log = [];
const r = (name) => ({ [Symbol.dispose]() { log.push(name); } });
{
    using a = r('a'), b = r('b'), none = null;
    log.push('body');
}
(function () {
    using x = r('return');
    return log.push('last');
})();
for (using y of [r('1'), r('2'), r('3')]) if (log.includes('1')) break;
console.log(log.join()); // => body,b,a,last,return,1,2
