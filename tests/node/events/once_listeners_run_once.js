// SPDX-License-Identifier: MIT
import EventEmitter from 'node:events';
const e = new EventEmitter();
e.once('a', (x) => console.log('once', x)); // => once 1
e.on('a', (x) => console.log('on', x)); // => on 1
e.emit('a', 1);
console.log(e.emit('b'), e.listenerCount('a')); // => false 1
