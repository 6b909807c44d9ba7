// @jsx: react-jsx
const log: string[] = []; const e = (s: string, v: any = s) => (log.push(s), v);
String(<div a={e("a")} {...e("spread", { get z() { log.push("get z"); return 1; } })} key={e("key")} b={e("b")}>{e("c1")}{e("c2")}</div>);
console.log(log.join());
