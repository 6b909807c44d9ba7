const names: string[] = [];
const n = (_: any, c: any) => { names.push(String(c.name)); };
const A = @n class {}; const B = @n class Inner {}; const o = { K: @n class {} }; export default @n class {}
console.log(names.join(), A.name, B.name, o.K.name);
