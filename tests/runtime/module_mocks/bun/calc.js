export const add = (a, b) => a + b;
export function sub(a, b) { return a - b; }
export default function mul(a, b) { return a * b; }
export class Counter { constructor(n = 0) { this.n = n; } up() { return ++this.n; } static make() { return new Counter(5); } get twice() { return this.n * 2; } }
export const config = { deep: { f: () => 'real', list: [1, 2], text: 'kept' }, n: 5, re: /a/, when: new Date(0) };
export const flag = true;
export let loads = (globalThis.calcLoads = (globalThis.calcLoads || 0) + 1);
