// SPDX-License-Identifier: MIT
namespace public {}
namespace protected.foo { export interface I {} }
namespace kept { export const x = 1; }
console.log(kept.x); // => 1
