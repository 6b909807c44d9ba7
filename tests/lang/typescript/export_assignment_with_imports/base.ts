// SPDX-License-Identifier: MIT
export const base = 2;
export const offset = 5;
export type Kind = number;
