// @jsx: react
// @jsxFactory: h
import { h, Fragment } from "preact";
console.log(<a href="x">y</a> as any);
