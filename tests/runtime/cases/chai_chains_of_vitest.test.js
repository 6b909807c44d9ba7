// expect: Tests:       72 passed, 72 total
import { test, expect, describe } from 'vitest';
const message = (f) => { try { f(); } catch (e) { return e.message; } return 'nothing thrown'; };
class Point { constructor(x) { this.x = x; } move() {} static origin() {} }
test('they hold', () => {
  expect('a').to.be.a('string').and.to.equal('a');
  expect([1, 2]).to.be.an('array').that.includes(2).and.has.length(2);
  expect({ a: 1, b: { c: [1, { d: 2 }] } }).to.have.nested.property('b.c[1].d', 2);
  expect({ a: 1 }).to.deep.equal({ a: 1 });
  expect({ a: 1 }).to.not.equal({ a: 1 });
  expect(new Point(1)).to.eql({ x: 1 });
  expect({ a: undefined }).to.not.eql({});
  expect([NaN]).to.deep.equal([NaN]);
  expect(null).to.be.null; expect(undefined).to.be.undefined; expect(NaN).to.be.NaN; expect(0).to.exist; expect(null).to.not.exist;
  expect(1).to.be.ok; expect('').to.not.be.ok; expect(true).to.be.true; expect(false).to.be.false; expect([]).to.be.empty; expect('').to.be.empty; expect(new Map()).to.be.empty; expect({}).to.be.empty;
  expect(5).to.be.above(4).and.below(6); expect(5).to.be.at.least(5); expect(5).to.be.at.most(5); expect(5).to.be.within(1, 5); expect(5).to.not.be.within(6, 7);
  expect([1, 2, 3]).to.have.lengthOf(3); expect([1, 2, 3]).to.have.length.above(2); expect(new Set([1])).to.have.lengthOf(1); expect('abc').to.have.length.within(2, 4);
  expect(new Point(1)).to.be.an.instanceof(Point); expect(new Point(1)).instanceOf(Point); expect(new Date(5)).to.be.above(new Date(4));
  expect({ a: 1 }).to.have.property('a').that.is.a('number'); expect({ a: 1 }).to.have.own.property('a', 1); expect({}).to.not.have.own.property('toString');
  expect('foobar').to.match(/^foo/).and.include('bar').and.contain('oba'); expect('foobar').to.have.string('bar'); expect('abc').match(/b/);
  expect({ a: 1, b: 2 }).to.have.all.keys('a', 'b'); expect({ a: 1, b: 2 }).to.have.any.keys('a', 'z'); expect({ a: 1, b: 2 }).to.contain.keys('a'); expect(new Map([['k', 1]])).to.have.keys('k');
  expect({ a: 1, b: 2 }).to.include({ a: 1 }); expect({ a: { b: 1 } }).to.deep.include({ a: { b: 1 } }); expect([{ a: 1 }]).to.deep.include({ a: 1 }); expect([{ a: 1 }]).to.not.include({ a: 1 });
  expect(() => { throw new TypeError('bad thing'); }).to.throw(TypeError, /thing/); expect(() => {}).to.not.throw(); expect(() => { throw new Error('x'); }).to.throw('x').with.property('message', 'x');
  expect(Point).to.respondTo('move'); expect(Point).itself.to.respondTo('origin'); expect(3).to.satisfy((n) => n > 2);
  expect(1.5).to.be.closeTo(1, 0.5); expect([1, 2, 3]).to.have.members([3, 2, 1]); expect([1, 2, 3]).to.include.members([3]); expect([1, 2]).to.have.ordered.members([1, 2]); expect([{ a: 1 }]).to.have.deep.members([{ a: 1 }]);
  expect(2).to.be.oneOf([1, 2]); expect('abc').to.contain.oneOf(['b']); expect(Object.freeze({})).to.be.frozen.and.sealed; expect(1).to.be.finite; expect(() => {}).to.be.a('function');
  let n = 0; expect(() => { n++; }).to.increase(() => n); const o = { v: 1 }; expect(() => { o.v = 0; }).to.decrease(o, 'v'); expect(() => { o.v = 9; }).to.change(o, 'v');
  (function () { expect(arguments).to.be.arguments; })();
  expect(1).to.be.a('number').and.toBe(1);
  expect({ a: 1 }).to.toEqual({ a: 1 });
});
test('after a promise', async () => {
  await expect(Promise.resolve(5)).resolves.to.equal(5);
  await expect(Promise.reject(new Error('no'))).rejects.to.be.an('error');
  await expect(Promise.resolve({ a: 1 })).resolves.to.have.property('a', 1);
});
const cases = {
  equal: () => expect(1).to.equal(2),
  'not equal': () => expect('a').to.not.equal('a'),
  'deep equal': () => expect({ a: 1, b: [1, 'x'] }).to.deep.equal({ a: 2 }),
  a: () => expect(1).to.be.a('string'),
  an: () => expect('x').to.not.be.an('string'),
  ok: () => expect(0).to.be.ok,
  true: () => expect('yes').to.be.true,
  null: () => expect(undefined).to.be.null,
  exist: () => expect(null).to.exist,
  empty: () => expect([1]).to.be.empty,
  'empty number': () => expect(1).to.be.empty,
  above: () => expect(1).to.be.above(2),
  'not above': () => expect(3).to.not.be.above(2),
  least: () => expect(1).to.be.at.least(2),
  below: () => expect(3).to.be.below(2),
  most: () => expect(3).to.be.at.most(2),
  within: () => expect(3).to.be.within(5, 7),
  'above of a string': () => expect('x').to.be.above(2),
  'above with a string': () => expect(1).to.be.above('2'),
  lengthOf: () => expect([1]).to.have.lengthOf(2),
  'length above': () => expect('ab').to.have.length.above(5),
  'size': () => expect(new Set([1, 2])).to.have.lengthOf(3),
  'no length': () => expect({}).to.have.lengthOf(1),
  instanceof: () => expect({}).to.be.an.instanceof(Point),
  'instanceof nothing': () => expect({}).to.be.an.instanceof({}),
  property: () => expect({ a: 1 }).to.have.property('b'),
  'property value': () => expect({ a: 1 }).to.have.property('a', 2),
  'not property': () => expect({ a: 1 }).to.not.have.property('a'),
  'nested property': () => expect({ a: { b: 1 } }).to.have.nested.property('a.c'),
  'deep own property': () => expect({ a: { b: 1 } }).to.have.deep.own.property('a', { b: 2 }),
  'property of null': () => expect(null).to.have.property('a'),
  match: () => expect('abc').to.match(/x/g),
  string: () => expect('abc').to.have.string('x'),
  include: () => expect([1, 2]).to.include(3),
  'include string': () => expect('abc').to.not.include('b'),
  'include object': () => expect({ a: 1 }).to.include({ a: 2 }),
  'deep include': () => expect([{ a: 1 }]).to.deep.include({ a: 2 }),
  'include nonsense': () => expect(1).to.include(2),
  keys: () => expect({ a: 1 }).to.have.keys('a', 'b'),
  'any keys': () => expect({ a: 1 }).to.have.any.keys('x', 'y', 'z'),
  'one key': () => expect({ a: 1 }).to.not.have.key('a'),
  'contain keys': () => expect({ a: 1 }).to.contain.all.keys('a', 'b'),
  throw: () => expect(() => {}).to.throw(),
  'throw type': () => expect(() => { throw new Error('x'); }).to.throw(TypeError),
  'throw text': () => expect(() => { throw new Error('x'); }).to.throw('other'),
  'throw pattern': () => expect(() => { throw new Error('x'); }).to.throw(/other/),
  'not throw': () => expect(() => { throw new Error('boom'); }).to.not.throw(),
  'throw nothing of a type': () => expect(() => {}).to.throw(TypeError),
  'throw of no function': () => expect(5).to.throw(),
  respondTo: () => expect({}).to.respondTo('x'),
  satisfy: () => expect(1).to.satisfy(function big(n) { return n > 2; }),
  closeTo: () => expect(1).to.be.closeTo(3, 0.5),
  members: () => expect([1, 2]).to.have.members([1, 3]),
  'include members': () => expect([1, 2]).to.include.members([3]),
  'ordered members': () => expect([1, 2]).to.have.ordered.members([2, 1]),
  oneOf: () => expect(1).to.be.oneOf([2, 3]),
  'oneOf of no list': () => expect(1).to.be.oneOf('x'),
  frozen: () => expect({}).to.be.frozen,
  increase: () => { const o = { n: 1 }; expect(() => {}).to.increase(o, 'n'); },
  'with a message': () => expect(1, 'my text').to.equal(2),
  'a long object': () => expect({ alpha: 'a long string value', beta: 'another one', gamma: 3 }).to.equal(1),
  'a long array': () => expect(Array.from({ length: 100 }, (_, i) => i)).to.be.empty,
  'a long string': () => expect('x'.repeat(100)).to.equal('y'),
  'an instance': () => expect(new Point({ y: [1, 2, { z: 1 }] })).to.equal(0),
  'a map and a set': () => expect(new Map([['k', new Set([1, 2])]])).to.equal(-0),
  'functions': () => expect(function named() {}).to.equal(() => {}),
  'an error': () => expect(new RangeError('oops')).to.equal(null),
  'quotes': () => expect({ 'odd-key': "it's", s: Symbol('q'), d: new Date(0), r: /a/g }).to.equal(1n),
  'circles': () => { const o = {}; o.o = o; expect(o).to.equal(1); },
  'nothing but prototype': () => expect(Object.create(null)).to.equal(1),
};
const wanted = { // chai's own words
  "equal": "expected 1 to equal 2",
  "not equal": "expected 'a' to not equal 'a'",
  "deep equal": "expected { a: 1, b: [ 1, 'x' ] } to deeply equal { a: 2 }",
  "a": "expected 1 to be a string",
  "an": "expected 'x' not to be a string",
  "ok": "expected +0 to be truthy",
  "true": "expected 'yes' to be true",
  "null": "expected undefined to be null",
  "exist": "expected null to exist",
  "empty": "expected [ 1 ] to be empty",
  "empty number": ".empty was passed non-string primitive 1",
  "above": "expected 1 to be above 2",
  "not above": "expected 3 to be at most 2",
  "least": "expected 1 to be at least 2",
  "below": "expected 3 to be below 2",
  "most": "expected 3 to be at most 2",
  "within": "expected 3 to be within 5..7",
  "above of a string": "expected 'x' to be a number or a date",
  "above with a string": "the argument to above must be a number",
  "lengthOf": "expected [ 1 ] to have a length of 2 but got 1",
  "length above": "expected 'ab' to have a length above 5 but got 2",
  "size": "expected Set{ 1, 2 } to have a size of 3 but got 2",
  "no length": "expected {} to have property 'length'",
  "instanceof": "expected {} to be an instance of Point",
  "instanceof nothing": "The instanceof assertion needs a constructor but Object was given.",
  "property": "expected { a: 1 } to have property 'b'",
  "property value": "expected { a: 1 } to have property 'a' of 2, but got 1",
  "not property": "expected { a: 1 } to not have property 'a'",
  "nested property": "expected { a: { b: 1 } } to have nested property 'a.c'",
  "deep own property": "expected { a: { b: 1 } } to have deep own property 'a' of { b: 2 }, but got { b: 1 }",
  "property of null": "Target cannot be null or undefined.",
  "match": "expected 'abc' to match /x/g",
  "string": "expected 'abc' to contain 'x'",
  "include": "expected [ 1, 2 ] to include 3",
  "include string": "expected 'abc' to not include 'b'",
  "include object": "expected { a: 1 } to have property 'a' of 2, but got 1",
  "deep include": "expected [ { a: 1 } ] to deep include { a: 2 }",
  "include nonsense": "the given combination of arguments (number and number) is invalid for this assertion. You can use an array, a map, an object, a set, a string, or a weakset instead of a number",
  "keys": "expected { a: 1 } to have keys 'a', and 'b'",
  "any keys": "expected { a: 1 } to have keys 'x', 'y', or 'z'",
  "one key": "expected { a: 1 } to not have key 'a'",
  "contain keys": "expected { a: 1 } to contain keys 'a', and 'b'",
  "throw": "expected [Function] to throw an error",
  "throw type": "expected [Function] to throw 'TypeError' but 'Error: x' was thrown",
  "throw text": "expected [Function] to throw error including 'other' but got 'x'",
  "throw pattern": "expected [Function] to throw error matching /other/ but got 'x'",
  "not throw": "expected [Function] to not throw an error but 'Error: boom' was thrown",
  "throw nothing of a type": "expected [Function] to throw TypeError",
  "throw of no function": "expected 5 to be a function",
  "respondTo": "expected {} to respond to 'x'",
  "satisfy": "expected 1 to satisfy [Function big]",
  "closeTo": "expected 1 to be close to 3 +/- 0.5",
  "members": "expected [ 1, 2 ] to have the same members as [ 1, 3 ]",
  "include members": "expected [ 1, 2 ] to be a superset of [ 3 ]",
  "ordered members": "expected [ 1, 2 ] to have the same ordered members as [ 2, 1 ]",
  "oneOf": "expected 1 to be one of [ 2, 3 ]",
  "oneOf of no list": "expected 'x' to be an array",
  "frozen": "expected {} to be frozen",
  "increase": "expected .n to increase",
  "with a message": "my text: expected 1 to equal 2",
  "a long object": "expected { alpha: 'a long string value', …(2) } to equal 1",
  "a long array": "expected [ Array(100) ] to be empty",
  "a long string": "expected 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' to equal 'y'",
  "an instance": "expected Point{ x: { y: [ 1, 2, { z: 1 } ] } } to equal +0",
  "a map and a set": "expected Map{ 'k' => Set{ 1, 2 } } to equal -0",
  "functions": "expected [Function named] to equal [Function]",
  "an error": "expected RangeError: oops to equal null",
  "quotes": "expected { 'odd-key': 'it\\'s', …(3) } to equal 1n",
  "circles": "expected { o: [Circular] } to equal 1",
  "nothing but prototype": "expected {} to equal 1",
};
for (const [name, f] of Object.entries(cases)) test(name, () => { expect(message(f)).toBe(wanted[name]); });
