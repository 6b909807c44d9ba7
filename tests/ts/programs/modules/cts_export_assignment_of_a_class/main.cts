import fs = require("node:path"); export = class K { static s = fs.sep; };
