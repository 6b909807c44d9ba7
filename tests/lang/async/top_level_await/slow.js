// SPDX-License-Identifier: MIT
console.log('slow starts');
await null;
export const value = await new Promise(r => queueMicrotask(() => r('slow value')));
console.log('slow ends');
