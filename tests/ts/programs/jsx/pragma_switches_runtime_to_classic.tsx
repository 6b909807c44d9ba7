// @jsx: react-jsx
/** @jsxRuntime classic */
import * as React from "react";
console.log(String(<div a="b">c</div>), String(<><p /></>));
