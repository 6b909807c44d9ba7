// SPDX-License-Identifier: MIT
export enum Kind {
    A = 1,
    B,
}
export namespace Util {
    export const name = (k: Kind) => Kind[k].toLowerCase();
}
