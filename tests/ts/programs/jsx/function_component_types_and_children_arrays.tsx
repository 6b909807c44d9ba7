// @jsx: react-jsx
type P = { children?: any; n: number }; const F = ({ children, n }: P) => null; const G: (p: P) => any = F;
console.log(String(<F n={1}>{[<b key="1" />, <i key="2" />]}</F>), String(<G n={2}><b /><>{3}</></G>), String(<F n={-1} />), String(<F n={0} children="c" />));
