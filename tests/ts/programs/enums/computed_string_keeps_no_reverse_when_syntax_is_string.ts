const s = "dyn";
const t = { v: "obj" };
enum E { A = `${t.v}`, B = `a${t.v}`, C = t.v as any, D = "k" + t.v, F = (s as string) as any }
console.log(JSON.stringify(E));
