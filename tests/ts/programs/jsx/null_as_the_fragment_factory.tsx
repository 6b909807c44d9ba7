// @jsx: react
// @jsxFactory: lib.h
// @jsxFragmentFactory: null
const lib = { h: (...a: any[]) => JSON.stringify(a) }; console.log(<a><b/></a> as any, <>x</> as any);
