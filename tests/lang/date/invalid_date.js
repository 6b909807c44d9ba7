// SPDX-License-Identifier: MIT
const d = new Date(NaN);
console.log(String(d), d.getTime(), JSON.stringify(d), d.toJSON()); // => Invalid Date NaN null null
try {
    d.toISOString();
} catch (e) {
    console.log(e.name, e.message); // => RangeError Invalid time value
}
