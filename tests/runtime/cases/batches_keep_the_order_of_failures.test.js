// expect: Expected: 30
// expect: Received: 3
// expect: Tests:       1 failed, 1 passed, 2 total
test('pass', () => { const a = 1, b = 2, c = 3, d = 4, e = 5; expect(a).toBe(1); expect(b).toBe(2); expect(c).toBe(3); expect(d).toBe(4); expect(e).toBe(5); expect(a).toBeTruthy(); expect(b).toBeTruthy(); expect(c).toBeTruthy(); expect(d).toBeTruthy(); });
test('fail', () => { const a = 1, b = 2, c = 3, d = 4, e = 5; expect(a).toBe(1); expect(b).toBe(2); expect(c).toBe(30); expect(d).toBe(40); expect(e).toBe(5); });
