// SPDX-License-Identifier: MIT
import { report } from './a.js';
console.log(report); // => ReferenceError: Cannot access 'value' before initialization
