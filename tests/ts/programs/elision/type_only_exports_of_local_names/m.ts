class A {} interface B {} type C = 1; const d = 1; enum E { X }
export type { A, B, C }; export { type A as A2, d }; export type D = typeof d; export { E }; export interface F {} export declare const g: number; export declare function h(): void; export declare class K {} export declare enum L { A } export declare namespace N { const z: 1 } export { type C as C2 };
