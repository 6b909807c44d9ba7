// @jsx: react-jsx
import { Fragment } from "react";
console.log(String(<><><b /></><i /></>), String(<Fragment key="k">x</Fragment>), String([1, 2].map((k) => <Fragment key={k}><b /></Fragment>)));
