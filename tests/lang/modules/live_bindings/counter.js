// SPDX-License-Identifier: MIT
export let count = 0;
export const list = [];
export function bump() {
    count++;
}
