// @jsx: react
import React from "react";
const kids = ["a", "b"];
console.log(String(<div>{...kids}</div>), String(<div>x{...kids}y</div>), String(<div {...{ a: 1 }} {...{ a: 2, b: 3 }} a={4} />), String(<div {...null} {...undefined} />), String(<div a={1} {...{ a: 9 }} />));
