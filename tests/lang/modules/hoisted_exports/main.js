// SPDX-License-Identifier: MIT
import { early, f } from './lib.js';
console.log(f(), early); // => hoisted hoisted!
