// expect: ● wrong way
// expect: expect(received).rejects.toThrow()
// expect: Received promise resolved instead of rejected
// expect: Resolved to value: 1
// expect: Tests:       1 failed, 1 passed, 2 total
test('right', async () => {
  await expect(Promise.resolve({ a: 1 })).resolves.toEqual({ a: 1 });
  await expect(Promise.reject(new TypeError('no'))).rejects.toThrow(TypeError);
  await expect(Promise.reject(new Error('no'))).rejects.toThrow('no');
  await expect(Promise.resolve(1)).resolves.not.toBe(2);
});
test('wrong way', async () => { await expect(Promise.resolve(1)).rejects.toThrow(); });
