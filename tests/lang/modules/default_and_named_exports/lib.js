// SPDX-License-Identifier: MIT
const value = 'default value';
export { value as default, hidden as renamed };
export const named = 'named';
const hidden = 'renamed value';
