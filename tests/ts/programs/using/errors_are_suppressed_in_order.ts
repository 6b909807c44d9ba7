const bad = (n: string) => ({ [Symbol.dispose]() { throw new Error(n); } });
try { using a = bad("a"), b = bad("b"); throw new Error("body"); } catch (e: any) { console.log(e.name, e.error.message, e.suppressed.name, e.suppressed.error.message, e.suppressed.suppressed.message); }
try { using a = bad("only"); } catch (e: any) { console.log(e.name, e.message); }
