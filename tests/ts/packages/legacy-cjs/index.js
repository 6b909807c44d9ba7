// SPDX-License-Identifier: MIT
function legacy(x) { return "legacy " + x; }
legacy.version = 3;
legacy.Box = class Box { constructor(v) { this.v = v; } };
module.exports = legacy;
