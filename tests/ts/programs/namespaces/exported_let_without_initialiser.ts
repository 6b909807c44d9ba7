namespace N { export let a: number; export var b: string; export const set = () => { a = 1; b = "x"; }; }
console.log(Object.keys(N).join(), N.a); N.set(); console.log(Object.keys(N).join(), N.a, N.b);
