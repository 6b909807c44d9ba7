console.log(/\u{1f600}/u.test('\u{1f600}'), /^.$/u.test('\u{1f600}'), /^.$/.test('\u{1f600}'), /\ud83d/u.test('\u{1f600}')); // expect: true true false false
console.log(/\u017f/i.test('s'), /\u017f/iu.test('s'), /[^x]/iu.test('X'), /\u03c3/i.test('\u03c2'), /\w/iu.test('\u212a')); // expect: false true false true true
console.log('\u0130'.match(/i/i), /\p{Lu}/iu.test('a'), /^\p{RGI_Emoji}$/v.test('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'), /[\p{L}--[a-z]]/v.test('a')); // expect: null true true false
