function f() { return E.A; enum E { A = 1 } } try { console.log(f()); } catch (e) { console.log((e as Error).message); }
