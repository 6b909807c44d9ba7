namespace T { export interface I { a: number } export type U = string; namespace Deep { export type V = 1 } }
namespace T2 { declare const q: number; export declare function g(): void; }
console.log(typeof (globalThis as any).T, (() => { try { return typeof T2; } catch (e) { return (e as Error).name; } })());
