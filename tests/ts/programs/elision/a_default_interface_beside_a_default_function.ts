export default interface A { x: 1 } export default function A() { return 5; } console.log(A());
