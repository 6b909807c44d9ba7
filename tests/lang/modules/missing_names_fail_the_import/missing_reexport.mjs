// SPDX-License-Identifier: MIT
export { nothing as something } from './one.mjs';
