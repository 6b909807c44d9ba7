console.log('abc'.replace(/(b)/, '[$1]'), 'abc'.replace(/(b)/, '[$&$`$\'$$]'), 'abc'.replace(/(b)/, '$0$2$10$01$')); // expect: a[b]c a[bac$]c a$0$2b0b$c
console.log('john smith'.replace(/(?<f>\w+)\s(?<l>\w+)/, '$<l>, $<f>$<x>.')); // expect: smith, john.
console.log('abc'.replace(/b/, '$<x>'), 'abc'.replace(/(?<x>b)/, '$<x')); // expect: a$<x>c a$<xc
console.log('aXbX'.replace('X', '$&$&'), 'aXbX'.replaceAll('X', '[$`]'), 'abc'.replaceAll('', '-')); // expect: aXXbX a[a]b[aXb] -a-b-c-
console.log('aaa'.replace(/a/g, '$&b'), 'abc'.replace(/(?:)/g, '-'), '\u{1f600}'.replace(/(?:)/gu, '-')); // expect: ababab -a-b-c- -😀-
console.log('abc'.replace(/(a)|(z)/, '[$1$2]')); // expect: [a]bc
console.log('x'.replace('x', '$1'), 'abcdefghijkl'.replace(/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)/, '$11-$10-$12')); // expect: $1 k-j-a2l
