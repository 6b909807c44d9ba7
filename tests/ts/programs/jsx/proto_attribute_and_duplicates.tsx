// @jsx: react-jsx
console.log(String(<div a="1" a="2" />), Object.keys((<div constructor="c" /> as any)).join());
