// SPDX-License-Identifier: MIT
import * as ns from './barrel.js';
import { own, a, inner } from './barrel.js';
console.log(Object.keys(ns).join(), own, a, inner.b, 'default' in ns, ns.clash === undefined); // => a,b,inner,own own a b false true
