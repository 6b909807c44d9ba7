type A = string; interface B { a: A } declare const g: number; declare function h(): void; declare class K {} declare namespace N { const z: number } declare module "m" { export const q: number; } declare global { interface Window { z: number } } declare let u: string, v: number; declare enum E { A } declare abstract class Q { }
function f() { type Inner = A; interface Inner2 extends B {} let r: Inner = "r"; return r; }
label: for (const x of [1]) { type L = number; interface M {} const y: L = x; if (y) continue label; }

export {};
console.log(f(), typeof g, typeof (globalThis as any).K);
