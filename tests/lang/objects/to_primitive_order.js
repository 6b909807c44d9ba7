// SPDX-License-Identifier: MIT
const log = [];
const o = { valueOf: () => (log.push('valueOf'), {}), toString: () => (log.push('toString'), '5') };
console.log(o * 2, `${o}`, o + 1, log.join()); // => 10 5 51 valueOf,toString,toString,valueOf,toString
const p = { [Symbol.toPrimitive]: hint => hint };
console.log(`${p}`, p + '', +p, [p] + ''); // => string default NaN string
const d = { valueOf: () => ({}), toString: () => ({}) };
try {
    d + 1;
} catch (e) {
    console.log(e.message); // => Cannot convert object to primitive value
}
