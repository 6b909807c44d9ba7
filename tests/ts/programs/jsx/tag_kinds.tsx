// @jsx: react
import React from "react";
const Upper = () => null, lower = () => null, _under = () => null, $dollar = () => null, o: any = { lower: function lower2() {}, this: 1 };
class K { C = function inC() {}; m() { return <this.C x={1} />; } static div = 5; }
console.log(String(<Upper />), String(<lower />), String(<_under />), String(<$dollar />), String(<o.lower />), String(new K().m()), String(<Upper<string> a="1" />), String(<Éa />));
function Éa() { return null; }
