export function* g() { const x = yield 1; yield* x; }
export async function* h(s) { for await (const x of s) yield x; }
