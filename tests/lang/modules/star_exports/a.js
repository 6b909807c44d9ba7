// SPDX-License-Identifier: MIT
export const a = 'a';
export const clash = 'from a';
export default 'not exported by star';
