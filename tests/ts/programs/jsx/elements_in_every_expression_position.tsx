// @jsx: react-jsx
const f = (x?: any) => x; console.log(String(f(<a/>)), String(f<any>(<a/>)), String(true ? <a/> : <b/>), String([<a key={1}/>, <b key={2}/>]), String((() => <a/>)()), 1 < 2, 3 > 1);
