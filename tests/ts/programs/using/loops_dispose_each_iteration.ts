const log: string[] = []; const res = (n: any) => ({ n, [Symbol.dispose]() { log.push("d" + n); } });
for (using x of [res(1), res(2)]) log.push("it" + x.n);
for (let i = 0; i < 2; i++) { using y = res("y" + i); if (i === 0) continue; log.push("second"); }
for (using z = res("for"); log.length < 9;) { log.push("loop"); }
out: for (const i of [1, 2, 3]) { using w = res("w" + i); if (i === 2) break out; }
console.log(log.join());
