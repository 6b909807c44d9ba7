console.log(/(?i:a)b/.test('Ab'), /(?i:a)b/.test('AB'), /(?-i:a)b/i.test('AB')); // expect: true false false
console.log(/(?s:.)$/.test('\n'), /(?m:^b)/.test('a\nb')); // expect: true true
