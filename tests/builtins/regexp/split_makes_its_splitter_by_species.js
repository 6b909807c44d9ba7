class Mine extends RegExp {
  static get [Symbol.species]() { return function (re, flags) { Mine.seen = String(re) + ' ' + flags; return new RegExp(re, flags); }; }
}
console.log(JSON.stringify('a1b'.split(new Mine('\\d', 'i'))), Mine.seen); // expect: ["a","b"] /\d/i iy
