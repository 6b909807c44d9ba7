// SPDX-License-Identifier: MIT
namespace N { export let a = 1;
export const b = () => a++;
export function c() { return a + b() } let priv = 3;
export class K { v = priv;
static s = a } export enum E { P = 4 } export namespace I { export const z = a + E.P } } console.log(N.c(), N.a, N.b(), N.a, new N.K().v, N.K.s, N.I.z, Object.keys(N).join());

// => 2 2 2 3 3 1 5 a,b,c,K,E,I
