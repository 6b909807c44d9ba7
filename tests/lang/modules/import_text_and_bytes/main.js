// SPDX-License-Identifier: MIT
import note from './note.txt' with { type: 'text' };
import untyped from './note.txt';
import source from './code.js' with { type: 'text' };
import code from './code.js';
import json from './data.json' with { type: 'json' };
import jsonText from './data.json' with { type: 'text' };
import bytes from './pic.bin' with { type: 'bytes' };
console.log(JSON.stringify(note), note === untyped); // => "plain text\n" true
console.log(source.trim(), '|', code); // => export default 'code'; | code
console.log(json.a, jsonText); // => 1 {"a":1}
console.log(bytes instanceof Uint8Array, bytes.join(), bytes.buffer.immutable); // => true 137,80,78,71,0,255 true
const again = await import('./pic.bin', { with: { type: 'bytes' } });
console.log(again.default === bytes); // => true
