// SPDX-License-Identifier: MIT
const enum Level {
    Low = 1,
    High = Low + 9,
}
console.log(Level.Low, Level.High, [Level.High].join());

// => 1 10 10
