// SPDX-License-Identifier: MIT
// Arrays of a million numbers compared ten times; equal_arrays_none.test.js only makes them.
const make = scale => Array.from({ length: 1000000 }, (_, i) => i * scale);

test('toEqual of a million numbers, ten times', () => {
    const [ints, sameInts, floats, sameFloats] = [make(1), make(1), make(0.5), make(0.5)];
    for (let i = 0; i < 5; i++) {
        expect(ints).toEqual(sameInts);
        expect(floats).toEqual(sameFloats);
    }
    expect(ints.length + sameInts.length + floats.length + sameFloats.length).toBe(4000000);
});
