{ enum E { A = 1 } console.log(E.A); }
{ enum E { A = 2 } console.log(E.A); }
console.log(typeof (globalThis as any).E);
