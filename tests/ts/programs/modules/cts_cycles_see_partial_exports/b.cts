import { a, late } from "./a.cjs"; console.log(typeof a, late); export function b() { return "b" + late + typeof a; }
