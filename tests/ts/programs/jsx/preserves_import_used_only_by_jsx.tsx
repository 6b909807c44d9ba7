// @jsx: react
import * as React from "react";
import Widget, { Other, type Unused } from "./main.js";
export default function W() { return null; } export function Other2() { return null; } export { Other2 as Other }; export type Unused = 1;
console.log(String(<Widget><Other /></Widget>));
