enum E { A = "x", B = "y" }
type K = keyof typeof E;
const k: K = "B";
console.log(E[k], (Object.values(E) as string[]).includes("x"), Object.entries(E).join(";"));
