import lib = require("./lib"); import { other } from "./lib"; import K = require("./klass");
console.log(lib(1), lib.other, other, new K().v, new K.Inner().w);
