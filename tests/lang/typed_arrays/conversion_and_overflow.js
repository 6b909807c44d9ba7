// SPDX-License-Identifier: MIT
console.log(Uint8Array.of(256, -1, 1.9, NaN, '7').join(), Int16Array.of(40000).join(), Uint8ClampedArray.of(300, -5, 1.5, 2.5).join(), Float32Array.of(0.1)[0], BigInt64Array.of(2n ** 63n)[0] === -(2n ** 63n)); // => 0,255,1,0,7 -25536 255,0,2,2 0.10000000149011612 true
