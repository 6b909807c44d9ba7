// SPDX-License-Identifier: MIT
import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
const out = [];
class Upper extends Transform { _transform(c, e, done) { done(null, String(c).toUpperCase()); } }
await pipeline(Readable.from(['a', 'b']), new Upper(), new Writable({ write(c, e, done) { out.push(String(c)); done(); } }));
console.log(out.join()); // => A,B
