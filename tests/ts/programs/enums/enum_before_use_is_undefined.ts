console.log(typeof E);
try { console.log((E as any).A); } catch (e) { console.log((e as Error).message); }
enum E { A }
console.log(E.A);
