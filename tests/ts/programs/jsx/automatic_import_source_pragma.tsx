// @jsx: react-jsx
/** @jsxImportSource preact */
console.log(<div a="1">x</div> as any, (<div {...{ z: 1 }} key="k" />) as any, <></> as any);
