// SPDX-License-Identifier: MIT
for (const f of [() => 1n + 1, () => +1n, () => 1n / 0n, () => BigInt(1.5), () => BigInt('x'), () => Math.max(1n), () => 1n >>> 0n]) {
    try {
        console.log(String(f()));
    } catch (e) {
        console.log(e.name, e.message); // => TypeError Cannot mix BigInt and other types, use explicit conversions
        // => TypeError Cannot convert a BigInt value to a number
        // => RangeError Division by zero
        // => RangeError The number 1.5 cannot be converted to a BigInt because it is not an integer
        // => SyntaxError Cannot convert x to a BigInt
        // => TypeError Cannot convert a BigInt value to a number
        // => TypeError BigInts have no unsigned right shift, use >> instead
    }
}
