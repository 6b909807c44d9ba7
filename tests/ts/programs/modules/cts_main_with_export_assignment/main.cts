import lib = require("./lib.cjs"); import type T = require("./lib.cjs");
console.log(lib(2), lib.extra, typeof require("./lib.cjs"));
