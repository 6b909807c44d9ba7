// @jsx: react-jsx
async function f() { return <div a={await Promise.resolve(1)}>{await "x"}</div>; }
function* g(): any { const r = <b c={yield 1}>{yield 2}</b>; return r; }
const it = g(); it.next(); it.next("A"); console.log(String(it.next("B").value));
f().then((e) => console.log(String(e)));
