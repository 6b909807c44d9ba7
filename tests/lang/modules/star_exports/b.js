// SPDX-License-Identifier: MIT
export const b = 'b';
export const clash = 'from b';
