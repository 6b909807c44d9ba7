// @jsx: react
// @reactNamespace: Lib
const Lib = { createElement: (...a: any[]) => "Lib" + JSON.stringify(a) };
console.log(<div a={1}>x</div> as any);
