// SPDX-License-Identifier: MIT
import { count, bump, list as items } from './counter.js';
import * as all from './counter.js';
console.log(count); // => 0
bump();
console.log(count, all.count, items === all.list); // => 1 1 true
try {
    count = 5;
} catch (e) {
    console.log(e.name, e.message); // => TypeError Assignment to constant variable.
}
