import { a } from "./a.js"; import { T } from "./t.js"; let x: T | undefined;
console.log("main", x);
