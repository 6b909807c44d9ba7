function f(a: string): string; function f(a: number): number;
function f(a: any) { return typeof a; }
export function g(): void; export function g(x: number): void; export function g(...a: any[]) { return a.length as any; }
export default function d(): 1; export default function d(x: number): 2; export default function d(x?: any): any { return x ?? "none"; }
async function* h(): any; async function* h() { yield 1; }
declare function never(): void;
console.log(f("x"), f(1), (g as any)(1, 2), d(), d(5), h.name);
