import { a } from "./m"; import { b } from "./m2"; let x: { [a]: 1 }; interface I { [b]: 1 } function f(this: typeof a) {} console.log("main");
