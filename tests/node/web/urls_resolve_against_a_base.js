// SPDX-License-Identifier: MIT
const u = new URL('../c?x=1#h', 'http://User@EXAMPLE.com:80/a/b/');
console.log(u.href, u.host, u.search); // => http://User@example.com/a/c?x=1#h example.com ?x=1
u.searchParams.append('y', 'a b');
console.log(u.href); // => http://User@example.com/a/c?x=1&y=a+b#h
console.log(URL.canParse('nope'), new URL('http://[::1]:8080').host); // => false [::1]:8080
