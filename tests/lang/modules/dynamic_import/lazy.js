// SPDX-License-Identifier: MIT
console.log('evaluated');
export const value = 1;
export default 'd';
