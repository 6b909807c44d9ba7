enum E { A, B }
const copy: typeof E = E;
(copy as any).C = 9;
console.log((E as any).C, JSON.stringify(copy), typeof E, Object.getPrototypeOf(E) === Object.prototype);
