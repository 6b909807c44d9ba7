class R { #open = true; constructor(readonly n: string) {} [Symbol.dispose]() { if (this.#open) console.log("close", this.n); this.#open = false; } }
function* g() { using r = new R("gen"); yield 1; yield 2; }
for (const x of g()) { console.log(x); break; }
async function* ag() { await using r = new R("async gen"); yield 3; }
for await (const x of ag()) console.log(x);
switch (1 as number) { case 1: { using s = new R("switch"); console.log("case"); } }
class S { static { using q = new R("static block"); } }
const arrow = () => { using t = new R("arrow"); return t.n; };
console.log(arrow());
try { using u = new R("try"); throw 1; } catch { console.log("caught"); } finally { console.log("finally"); }
