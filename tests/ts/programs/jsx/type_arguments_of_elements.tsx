// @jsx: react-jsx
const T = <X extends {}>(p: { x: X }) => null; console.log(String(<T<number> x={1} />), String(<T<string> x="a"></T>), String((<T x={<T x={1} />} />)));
