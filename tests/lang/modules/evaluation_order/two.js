// SPDX-License-Identifier: MIT
import './shared.js';
console.log('two');
