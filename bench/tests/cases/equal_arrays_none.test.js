// SPDX-License-Identifier: MIT
const make = scale => Array.from({ length: 1000000 }, (_, i) => i * scale);

test('makes the arrays alone', () => {
    const [ints, sameInts, floats, sameFloats] = [make(1), make(1), make(0.5), make(0.5)];
    expect(ints.length + sameInts.length + floats.length + sameFloats.length).toBe(4000000);
});
