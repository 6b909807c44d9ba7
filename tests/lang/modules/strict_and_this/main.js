// SPDX-License-Identifier: MIT
export {};
console.log(this, (function () { return this; })(), typeof require === 'undefined' || 'has require'); // => undefined undefined true
