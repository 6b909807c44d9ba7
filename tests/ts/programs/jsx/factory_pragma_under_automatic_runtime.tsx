// @jsx: react-jsx
/** @jsx h */
import { h } from "react";
console.log(String(<div a="b">c</div>), typeof h);
