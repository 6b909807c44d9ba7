namespace Counter { let n = 0; export const inc = () => ++n; export const fs = [1, 2, 3].map((i) => () => i + n); }
Counter.inc(); Counter.inc();
console.log(Counter.fs.map((f) => f()).join());
