// @jsx: react
/** @jsxRuntime automatic */
console.log(String(<div a="b">c</div>), String(<><p /></>));
export {};
