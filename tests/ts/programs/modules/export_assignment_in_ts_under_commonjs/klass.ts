import dep = require("./lib"); class K { v = dep(4); } namespace K { export class Inner { w = "w"; } } export = K;
