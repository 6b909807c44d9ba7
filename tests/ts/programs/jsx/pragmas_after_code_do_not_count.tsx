// @jsx: react-jsx
// @jsxImportSource react
console.log(String(<a>1</a>)); /** @jsxImportSource preact */
