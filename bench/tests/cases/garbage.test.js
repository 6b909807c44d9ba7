// SPDX-License-Identifier: MIT
// Allocates more than 5 GB in one test, of which little lives at any moment.
test('5 GB of garbage', () => {
    let bytes = 0;
    let keep = null;
    for (let i = 0; bytes < 5e9; i++) {
        const list = new Array(1000).fill(i); // 8 bytes an element at least
        list.push({ i, text: 'n' + i }, [i], () => i);
        bytes += 8000 + 150;
        if (i % 1000 === 0) keep = list;
    }
    expect(keep.length).toBe(1003);
    expect(keep[1002]() % 1000).toBe(0);
});

test('2 GB of small objects and strings', () => {
    let last = null;
    let text = '';
    for (let i = 0; i < 20000000; i++) {
        last = { i, next: i % 100 ? last : null };
        if (i % 50 === 0) text = 'abc' + i + text.slice(0, 50);
    }
    expect(last.i).toBe(19999999);
    expect(text.length).toBeLessThan(70);
});
