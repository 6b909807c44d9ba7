// SPDX-License-Identifier: MIT
console.log(encodeURIComponent('a b&ü/😀'), decodeURIComponent('%E2%9C%93'), encodeURI('a b?x=1#ü'), decodeURI('%41%2f'), escape('ü a'), unescape('%u0041%42')); // => a%20b%26%C3%BC%2F%F0%9F%98%80 ✓ a%20b?x=1#%C3%BC A%2f %FC%20a AB
try {
    decodeURIComponent('%');
} catch (e) {
    console.log(e.name, e.message); // => URIError URI malformed
}
