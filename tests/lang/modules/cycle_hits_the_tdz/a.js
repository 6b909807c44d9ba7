// SPDX-License-Identifier: MIT
import { seen } from './b.js';
export const value = 'a value';
export const report = seen;
