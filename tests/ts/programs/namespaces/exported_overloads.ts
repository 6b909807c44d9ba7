namespace N { export function f(a: string): string; export function f(a: number): number; export function f(a: any) { return a; } export declare const nothing: number; }
console.log(N.f(1), N.f("a"), Object.keys(N).join());
