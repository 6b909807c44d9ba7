// SPDX-License-Identifier: MIT
const o = {};
Error.captureStackTrace(o);
console.log(typeof o.stack, Object.keys(o).length); // => string 0
function hide() {
    const e = {};
    Error.captureStackTrace(e, hide);
    return e.stack.includes('hide');
}
console.log(hide(), typeof Error.stackTraceLimit); // => false number
