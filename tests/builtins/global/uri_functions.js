// SPDX-License-Identifier: MIT
console.log(encodeURIComponent('a b&ü€😀/?'), encodeURI('a b&ü/?#')); // expect: a%20b%26%C3%BC%E2%82%AC%F0%9F%98%80%2F%3F a%20b&%C3%BC/?#
console.log(decodeURIComponent('%F0%9F%98%80%2F'), decodeURI('%2F%C3%BC%23'), escape('ü€ a'), unescape('%FC%u20AC%20%zz')); // expect: 😀/ %2Fü%23 %FC%u20AC%20a ü€ %zz
for (const f of [() => encodeURIComponent('\ud800'), () => decodeURIComponent('%C0%80'), () => decodeURI('%E2%82')]) {
    try { f(); } catch (e) { console.log(e.name, e.message); }
}
// expect: URIError URI malformed
// expect: URIError URI malformed
// expect: URIError URI malformed
