// @jsx: react-jsx
const a = <div {...{ a: 1, ...{ b: 2 } }} c />; const b = <div key="1" {...{ x: 1 }} key2="b" />; const c = <div {...{ key: "z" }} />; const d = <div {...a as any} key="q" />; console.log([a, b, c, d].map(String).join("\n"));
