// SPDX-License-Identifier: MIT
const routes = { home: '/', user: '/u' } as const satisfies Record<string, string>;
const pick = <K extends keyof typeof routes>(k: K) => routes[k];
const tuple = [1, 'x'] as [number, string];
const f = (x => x) as (n: number) => number;
console.log(pick('user'), tuple.length, f(2), ({} as any).none === undefined, (<const>['a']).length);

// => /u 2 2 true 1
