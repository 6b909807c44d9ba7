// SPDX-License-Identifier: MIT
/** @jsx h */ /** @jsxFrag Frag */ const Frag = "F"; function h(t: any, p: any, ...c: any[]) { return { t: typeof t === "function" ? t.name : t, p, c } } function Comp() {} const o = { x: 1 }; const NS = { C: Comp }; console.log(JSON.stringify(<div a="1" b={2} {...o} c d-e="&lt;&nbsp;x"> text {1} <Comp key="k">  multi
   line  </Comp><NS.C/><><a:b/></>{/* c */}{...[1,2]}</div>));

// => {"t":"div","p":{"a":"1","b":2,"x":1,"c":true,"d-e":"< x"},"c":[" text ",1," ",{"t":"Comp","p":{"key":"k"},"c":["  multi line  "]},{"t":"Comp","p":null,"c":[]},{"t":"F","p":null,"c":[{"t":"a:b","p":null,"c":[]}]},1,2]}
