// SPDX-License-Identifier: MIT
console.log('shared');
