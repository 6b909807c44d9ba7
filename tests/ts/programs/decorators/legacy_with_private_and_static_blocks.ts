// @experimentalDecorators: true
const d = (t: any, k: string, desc?: any) => { console.log(k, typeof desc); };
class C { #p = 1; static { console.log("block"); } @d m() { return this.#p; } @d f = this.#p; @d static sf = 1; }
console.log(new C().m());
