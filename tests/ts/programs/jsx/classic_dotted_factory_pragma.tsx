// @jsx: react
/* @jsx lib.make.h */
const lib = { make: { h: (...a: any[]) => JSON.stringify(a) } };
console.log(<div a={1}>x</div> as any);
