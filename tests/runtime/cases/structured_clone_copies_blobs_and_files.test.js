// expect: Tests:       2 passed, 2 total
test('files keep their bytes, name, type and time', async () => {
  const file = new File(['héllo'], 'a.txt', { type: 'text/plain', lastModified: 7 });
  const { nested: [copy, again] } = structuredClone({ nested: [file, file] });
  expect(copy).not.toBe(file);
  expect(again).toBe(copy);
  expect(copy).toBeInstanceOf(File);
  expect([copy.name, copy.type, copy.lastModified, copy.size]).toEqual(['a.txt', 'text/plain', 7, 6]);
  expect(await copy.text()).toBe('héllo');
  expect(await structuredClone(new Blob(['b'])).text()).toBe('b');
});
test('what has no copy is refused', () => {
  expect(() => structuredClone(new FormData())).toThrow('could not be cloned');
});
