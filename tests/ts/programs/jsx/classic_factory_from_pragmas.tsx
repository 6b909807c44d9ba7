// @jsx: react
/** @jsx createElement */
/** @jsxFrag Frag */
import { createElement, Fragment as Frag } from "react";
console.log(String(<div><>x</></div>));
