// SPDX-License-Identifier: MIT
import path from 'node:path';
console.log(path.join('/a', '..', 'b', './c'), path.relative('/a/b/c', '/a/d')); // => /b/c ../../d
console.log(path.basename('/q/w.txt', '.txt'), path.extname('.bashrc') === ''); // => w true
console.log(path.win32.join('C:\\a', '..', 'b')); // => C:\b
