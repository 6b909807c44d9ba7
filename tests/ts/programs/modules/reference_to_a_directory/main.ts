import { a } from "@a"; class K { x: any; } console.log(a, "x" in new K());
