const d = (_: any, c: any) => { console.log(c.kind, c.name); };
@d export class A {}
export @d class B {}
export default @d class Dflt {}
console.log(A.name, B.name, Dflt.name);
