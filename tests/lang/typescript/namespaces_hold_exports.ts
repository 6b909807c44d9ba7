// SPDX-License-Identifier: MIT
namespace N {
    const hidden = 1;
    export const shown = hidden + 1;
    export function f() {
        return shown + hidden;
    }
    export namespace Inner {
        export let v = 'inner ' + shown;
    }
    export class C {}
    export enum E {
        X = 3,
    }
}
N.Inner.v += '!';
console.log(N.shown, N.f(), N.Inner.v, typeof N.C, N.E.X, 'hidden' in N);

// => 2 3 inner 2! function 3 false
