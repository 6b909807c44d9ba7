// SPDX-License-Identifier: MIT
import { Kind, Util } from './kinds';
const k: Kind = Kind.B;
console.log(k, Kind[k], Util.name(Kind.A));

// => 2 B a
