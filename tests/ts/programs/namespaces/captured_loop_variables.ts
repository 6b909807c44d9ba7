namespace N { export const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) fs.push(() => i); for (const k in { a: 1, b: 2 }) fs.push(() => k.charCodeAt(0)); }
console.log(N.fs.map((f) => f()).join());
