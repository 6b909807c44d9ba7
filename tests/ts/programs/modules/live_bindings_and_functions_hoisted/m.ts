export let n = 1; export function bump() { n += 10; } export class K {} export const deep = { x: 1 } as const; export var { y, z: [w] } = { y: 1, z: [2] };
