// SPDX-License-Identifier: MIT
import { value } from './a.js';
let result;
try {
    result = value;
} catch (e) {
    result = e.name + ': ' + e.message;
}
export const seen = result;
