console.log(typeof require, typeof module, this === module.exports); const os = require("node:path"); module.exports = { a: os.sep };
declare const require: any, module: any;
