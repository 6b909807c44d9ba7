// @jsx: react
/** @jsxImportSource preact */
console.log(<div a="1">x</div> as any);
export {};
