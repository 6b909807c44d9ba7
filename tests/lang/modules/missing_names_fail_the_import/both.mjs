// SPDX-License-Identifier: MIT
export * from './one.mjs';
export * from './two.mjs';
