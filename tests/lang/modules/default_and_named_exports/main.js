// SPDX-License-Identifier: MIT
import dflt, { named, renamed as again, default as same } from './lib.js';
import fn from './fn.js';
import Klass from './klass.js';
console.log(dflt, named, again, same === dflt, fn.name, fn(), Klass.name, new Klass().v); // => default value named renamed value true default called default 7
