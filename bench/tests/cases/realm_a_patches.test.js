// SPDX-License-Identifier: MIT
// Each file has its own realm: what this one does to the globals must be unseen in realm_b_pristine.test.js.
test('patches what it can', () => {
    Array.prototype.map = () => 'patched';
    Object.prototype.leaked = true;
    globalThis.leakedGlobal = 1;
    JSON.parse = () => 'patched';
    delete String.prototype.trim;
    expect([1].map(x => x)).toBe('patched');
    expect({}.leaked).toBe(true);
});
