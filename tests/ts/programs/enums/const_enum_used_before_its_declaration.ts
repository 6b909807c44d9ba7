function use() { return Later.B; }
const enum Later { A = 3, B }
console.log(use(), Later.A);
