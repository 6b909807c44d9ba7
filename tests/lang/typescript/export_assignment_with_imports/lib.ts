// SPDX-License-Identifier: MIT
import { base, type Kind } from './base';
import * as all from './base';
import type { Unused } from './nowhere';

function lib(x: number): number {
    return base + x + all.offset;
}
namespace lib {
    export const twice = base * 2;
}
export = lib;
