// @jsx: react-jsx
/* @jsxImportSource preact */
console.log(String(<a>1</a>));
