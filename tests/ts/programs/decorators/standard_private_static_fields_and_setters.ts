const log: string[] = [];
const init = (_: any, c: any) => function (v: any) { log.push(c.name + v); return c.kind === "setter" ? log.push("set " + v) : v * 2; };
class C { @init static #f = 1; static #x = 0; @init static set #st(v: number) { C.#x = v; } static run() { C.#st = 7; return [C.#f, C.#x, log.join()].join(" "); } }
try { console.log(C.run()); } catch (e) { console.log((e as Error).message); }
