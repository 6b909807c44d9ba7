const log: string[] = []; const res = (n: string) => ({ [Symbol.dispose]() { log.push("dispose " + n); } });
{ using a = res("a"), b = res("b"); log.push("body"); using c = res("c"); }
function f() { using x = res("x"); return log.push("return"); }
f();
console.log(log.join("; "));
