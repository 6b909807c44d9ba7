// SPDX-License-Identifier: MIT
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dx-'));
const file = path.join(dir, 'a/b.txt');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, 'é');
console.log(fs.readFileSync(file, 'utf8'), fs.statSync(file).size, fs.readdirSync(dir)); // => é 2 [ 'a' ]
try { fs.readFileSync(file + 'x'); } catch (e) { console.log(e.code, e.syscall); } // => ENOENT open
fs.rmSync(dir, { recursive: true });
console.log(fs.existsSync(dir)); // => false
