import { p } from "p"; const one = () => "one", two = () => "two"; class K { x: any; } console.log(p, <a /> as any, "x" in new K());
