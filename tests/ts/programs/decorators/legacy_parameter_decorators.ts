// @experimentalDecorators: true
const log: string[] = [];
const p = (n: string) => (t: any, k: any, i: number) => { log.push(`${n} ${typeof t} ${String(k)} ${i}`); };
class C { constructor(@p("a") public a: number, @p("b") @p("b2") b?: string) {} m(@p("x") x: any, y: any, @p("z") ...z: any[]) {} static s(@p("q") { q }: any = {}) {} set v(@p("v") v: any) {} }
console.log(log.join("\n"), new C(5).a);
