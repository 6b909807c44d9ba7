// SPDX-License-Identifier: MIT
import EventEmitter from 'node:events';
try { new EventEmitter().emit('error', new Error('boom')); } catch (e) { console.log(e.message); } // => boom
