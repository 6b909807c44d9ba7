// @jsx: react
// @jsxFactory: h
// @jsxFragmentFactory: Frag
import { h, Fragment as Frag } from "react";
console.log(String(<div a="1"><><b>x</b></></div>));
