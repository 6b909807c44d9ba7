// SPDX-License-Identifier: MIT
import { final, setFinal } from './one.js';
setFinal('changed');
console.log(final); // => changed
