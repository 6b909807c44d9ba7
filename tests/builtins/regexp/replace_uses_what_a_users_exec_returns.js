const re = { exec() { return this.done ? null : (this.done = true, { 0: 'zz', index: 1, length: 2, 1: 7, groups: { n: 'N' } }); }, flags: 'g' };
console.log(RegExp.prototype[Symbol.replace].call(re, 'abcdef', '[$&|$1|$<n>|$`|$\']')); // expect: a[zz|7|N|a|def]def
class Loud extends RegExp {
  exec(s) { const m = super.exec(s); if (m) m[0] = m[0].toUpperCase(); return m; }
}
console.log('abc'.replace(new Loud('b', 'g'), (m) => m + '!'.repeat(1)), 'abc'.replace(new Loud('b'), '<$&>')); // expect: aB!c a<B>c
