// @jsx: react-jsx
// @jsxImportSource: preact
console.log(<div a="1">x</div> as any, <p>{1}{2}</p> as any);
