// @useDefineForClassFields: false
const log: string[] = [];
const k = (s: string) => (log.push(s), s);
class C { [k("gone")]: number; static [k("gone2")]: number; [k("there")] = 1; declare [k2]: number; }
declare const k2: unique symbol;
console.log(log.join(), Object.keys(new C()).join(), Object.keys(C).join());
