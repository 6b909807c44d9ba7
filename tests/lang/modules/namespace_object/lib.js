// SPDX-License-Identifier: MIT
export const b = 1;
export const a = 2;
