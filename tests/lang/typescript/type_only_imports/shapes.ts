// SPDX-License-Identifier: MIT
export interface Shape {
    w: number;
    h: number;
}
export type Size = number;
export const area = (s: Shape): Size => s.w * s.h;
export default 'shapes';
