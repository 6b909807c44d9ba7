const list = [];
for (let i = 0; i < 3; i++) { class K { static n = i; v = i * 2; } list.push(K); }
console.log(list.map((K) => `${K.n}:${new K().v}`).join());
class N extends (null as any) { static q = 1; }
console.log(N.q);
