// SPDX-License-Identifier: MIT
const a = new Uint8Array(2);
a[5] = 1;
a['-1'] = 2;
a.name = 'expando';
console.log(a[5], a[-1], a.length, 5 in a, a.name, Object.keys(a).join()); // => undefined undefined 2 false expando 0,1,name
for (const f of [() => new Uint8Array(-1), () => new Uint16Array(new ArrayBuffer(3)), () => new DataView(new ArrayBuffer(1)).getInt16(0)]) {
    try {
        f();
    } catch (e) {
        console.log(e.name, e.message); // => RangeError Invalid typed array length: -1
        // => RangeError byte length of Uint16Array should be a multiple of 2
        // => RangeError Offset is outside the bounds of the DataView
    }
}
