// SPDX-License-Identifier: MIT
const r = new Response(JSON.stringify({ a: 1 }), { status: 201 });
const copy = r.clone();
console.log(await r.json(), r.bodyUsed, await copy.text()); // => { a: 1 } true {"a":1}
try { await r.text(); } catch (e) { console.log(e.name, e.message); } // => TypeError Body is unusable: Body has already been read
