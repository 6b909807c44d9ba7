// @jsx: react
import * as React from "react"; const El = "span" as any; const m = { "a-b": 1 }; class A extends Object { static B = { C: () => null }; } console.log(String(<El />), String(<A.B.C />), String(<div>{...[<b key="1" />]}</div>), String(<div {...m} a-b="2" />), String(<this-is />));
