// SPDX-License-Identifier: MIT
console.log(JSON.stringify({ n: JSON.rawJSON('1e1000') })); // expect: {"n":1e1000}
console.log(JSON.isRawJSON(JSON.rawJSON('1')), JSON.isRawJSON({})); // expect: true false
let name = '';
try { JSON.rawJSON('{}'); } catch (e) { name = e.name + ': ' + e.message; }
console.log(name); // expect: SyntaxError: Invalid value for JSON.rawJSON
