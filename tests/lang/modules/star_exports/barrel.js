// SPDX-License-Identifier: MIT
export * from './a.js';
export * from './b.js';
export * as inner from './b.js';
export const own = 'own';
