// @jsx: react-jsxdev
const x = 1;
const f = () => <div a="1">{x}</div>;
console.log(String(<div key="k" id="q"><b /> and <i>{x}</i></div>));
console.log(String(f()));
console.log(String(<>
    <p {...{ z: 1 }}
       key="after">t</p>
</>));
class K { render() { return <a />; } }
console.log(String(new K().render()), String(<></>));
