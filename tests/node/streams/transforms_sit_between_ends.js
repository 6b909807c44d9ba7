// SPDX-License-Identifier: MIT
const source = new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); } });
const upper = new TransformStream({ transform(x, c) { c.enqueue(x.toUpperCase()); } });
const out = [];
for await (const x of source.pipeThrough(upper)) out.push(x);
console.log(out.join()); // => A,B
