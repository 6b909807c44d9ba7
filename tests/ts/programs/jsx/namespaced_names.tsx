// @jsx: react
import React from "react";
console.log(String(<svg:rect xlink:href="#a" a-b:c-d="e" />), String(<a-b c-d="1" />), String(<svg:g><svg:p /></svg:g>));
