namespace N { export let a: any = { b: 1 }; export const t = typeof a; delete a.b; export const s = JSON.stringify(a); export const v = void a; }
console.log(JSON.stringify(N));
