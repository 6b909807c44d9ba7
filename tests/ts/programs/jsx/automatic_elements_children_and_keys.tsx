// @jsx: react-jsx
const x = 5, props = { a: 1 }, Comp = (p: any) => null;
console.log(String(<div />), String(<div id="a" flag />), String(<Comp>text</Comp>), String(<div>{x}{"s"}</div>), String(<div><i /><b /></div>));
console.log(String(<div key="k" a="1" />), String(<div key={x}>c</div>), String(<div {...props} />), String(<div a="0" {...props} b="2">c</div>));
console.log(String(<div {...props} key="k">c</div>), String(<div key="k" {...props}>c</div>), String(<></>), String(<>a{x}</>), String(<div>{...[1, 2]}</div>));
