// SPDX-License-Identifier: MIT
console.log(JSON.stringify({ u: undefined, f() {}, s: Symbol(), n: null, d: NaN, i: -Infinity, nested: [undefined, () => {}], b: new Boolean(false), x: 'q"\ud800\n' }), JSON.stringify('\u2028').length); // => {"n":null,"d":null,"i":null,"nested":[null,null],"b":false,"x":"q\"\ud800\n"} 3
console.log(JSON.stringify(undefined), JSON.stringify({ toJSON: k => 'key:' + k }), JSON.stringify({ a: { toJSON: k => 'key:' + k } }), JSON.stringify('\u007f\b\x01')); // => undefined "key:" {"a":"key:a"} "\b\u0001"
