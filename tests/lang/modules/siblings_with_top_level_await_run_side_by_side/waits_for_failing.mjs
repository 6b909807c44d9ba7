// SPDX-License-Identifier: MIT
import './failing.mjs';
console.log('never');
