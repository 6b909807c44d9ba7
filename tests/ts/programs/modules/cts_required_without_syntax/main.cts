const a = require("./b.cjs"); console.log(a.__esModule, a.x, Object.keys(a).join()); declare const require: any;
