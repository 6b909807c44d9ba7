// @jsx: react-jsx
const o = { async f() { return <a>{await 1}</a>; }, *g() { yield <b/>; }, get h() { return <c/>; }, i: () => (<d/>), [String(<e/>)]: 1 }; o.f().then((x) => console.log(String(x))); console.log(String([...o.g()][0]), String(o.h), String(o.i()), Object.keys(o).join());
