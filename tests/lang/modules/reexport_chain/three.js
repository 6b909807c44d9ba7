// SPDX-License-Identifier: MIT
export let origin = 'origin';
export const setOrigin = v => (origin = v);
