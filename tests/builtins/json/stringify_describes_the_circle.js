// SPDX-License-Identifier: MIT
class Node { constructor() { this.list = [{ back: this }]; } }
let text = '';
try { JSON.stringify({ top: new Node() }); } catch (e) { text = e.message; }
for (const line of text.split('\n')) console.log(line.trim());
// expect: Converting circular structure to JSON
// expect: --> starting at object with constructor 'Node'
// expect: |     property 'list' -> object with constructor 'Array'
// expect: |     index 0 -> object with constructor 'Object'
// expect: --- property 'back' closes the circle
