const log: string[] = [];
using r = { v: 1, [Symbol.dispose]() { console.log("disposed", log.join()); } };
export const a = r.v + 1; export function f() { return a; } export class K {} export default class D { static x = 1; }
log.push(String(a), String(f()), K.name, String(D.x));
console.log("end of body");
