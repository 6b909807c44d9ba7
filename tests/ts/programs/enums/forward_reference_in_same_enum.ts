enum E { A = B as any, B = 2, C = (E as any).D, D = 4 }
console.log(JSON.stringify(E), E.A as any);
