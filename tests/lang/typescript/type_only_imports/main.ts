// SPDX-License-Identifier: MIT
import type { Shape } from './shapes';
import { type Size, area, default as dflt, type default as DfltType } from './shapes';
import * as shapes from './shapes';
export type { Shape };
const s: Shape = { w: 2, h: 3 };
const z: Size = 4;
console.log(area(s), dflt, z, Object.keys(shapes).join());

// => 6 shapes 4 area,default
