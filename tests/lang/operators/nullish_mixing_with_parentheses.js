// SPDX-License-Identifier: MIT
console.log((null || undefined) ?? 'd', null ?? (false || 'x'), 0 ?? 1, '' || 'e', (0 ?? 1) || 2); // => d x 0 e 2
