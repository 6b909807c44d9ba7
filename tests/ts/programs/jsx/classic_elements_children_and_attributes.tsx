// @jsx: react
import React from "react";
const x = 5, props = { a: 1, key: "k" }, Comp = (p: any) => null, lib = { Deep: { Er: function Er() { return null; } } };
console.log(String(<div />), String(<div id="a" on={x} flag data-x="y" aria-label='q' />), String(<Comp>text</Comp>), String(<lib.Deep.Er {...props} b="2" />));
console.log(String(<div>{x}{"s"}{null}{true}{[1, 2]}</div>), String(<><i /></>), String(<div key="k" ref={null as any}>a {x} b</div>));
console.log(String(<div {...props}>{...[1, 2]}</div>), String(<div a={<b />} c=<d /> />));
