// SPDX-License-Identifier: MIT
for (const text of ['', '{', '[1,]', "{'a':1}", '{"a" 1}', '01', 'nul', '"\n"', '1 2', '{"a":1,}', undefined]) {
    try {
        JSON.parse(text);
    } catch (e) {
        console.log(e.name); // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
        // => SyntaxError
    }
}
const cyclic = {};
cyclic.self = cyclic;
for (const v of [cyclic, { n: 1n }]) {
    try {
        JSON.stringify(v);
    } catch (e) {
        console.log(e.message.split('\n')[0]); // => Converting circular structure to JSON
        // => Do not know how to serialize a BigInt
    }
}
