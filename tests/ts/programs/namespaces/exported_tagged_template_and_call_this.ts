namespace N { export function tag(this: any, s: TemplateStringsArray, ...v: any[]) { return (this === undefined ? "undefined" : this === N ? "N" : "other") + s.raw.join("|") + v; } export const a = tag`x${1}y`; export function who(this: any) { return this === undefined ? "undefined" : "N"; } export const b = who(); }
console.log(N.a, N.b, N.tag`q`);
